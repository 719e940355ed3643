"""Turns findings into diagnostics: from a key path or an offset to file, line, columns and the line itself."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from scorewright.diagnostics.diagnostic import Diagnostic, Place, Related
from scorewright.source.offsets import Offsets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.source.document import Document

__all__ = ["place"]


def place(
    findings: Iterable[Finding], document: Document | None, extra_texts: Mapping[str, str] | None = None
) -> tuple[Diagnostic, ...]:
    """Give each finding its place, in the order of files (the main file first), lines, columns and codes.

    ``extra_texts`` are the texts of files that the document does not hold, by name, the main file's first.
    The keys of a file are looked up only when a finding needs one.  What is said twice is kept once.
    """
    texts = dict(extra_texts or {})
    if document is not None:
        files = (*document.files, *((document.agreements_file,) if document.agreements_file else ()))
        texts = {**{file.name: file.text for file in files}, **texts}
    placer = _Placer(document, texts)
    main = next(iter(texts), None)
    unique = dict.fromkeys(placer.diagnostic(finding) for finding in findings)
    return tuple(sorted(unique, key=lambda each: _order(each, main)))


def _order(each: Diagnostic, main: str | None) -> tuple[bool, str, int, int, str, str]:
    at = each.place or Place("")
    return (at.file != main, at.file, at.line, at.column, each.code, each.message)


class _Placer:
    """What is known of the files while findings are placed: line starts and keys, each counted once."""

    def __init__(self, document: Document | None, texts: Mapping[str, str]) -> None:
        self._document = document
        self._texts = texts
        self._offsets = Offsets()
        self._line_starts: dict[str, list[int]] = {}
        self._lines: dict[tuple[str, int], str] = {}

    def diagnostic(self, finding: Finding) -> Diagnostic:
        rule = finding.rule
        related = ((self._of_path(path, "key"), message) for path, message in finding.related)
        return Diagnostic(
            code=rule.code,
            name=rule.name,
            severity=rule.severity,
            message=finding.message,
            help=finding.help,
            place=self._of_finding(finding),
            related=tuple(Related(at, message) for at, message in related if at is not None),
            element=finding.element,
        )

    def _of_finding(self, finding: Finding) -> Place | None:
        if finding.file is None:
            return self._of_path(finding.path, finding.on)
        if finding.offset is None or finding.file not in self._texts:
            return Place(finding.file)
        return self._of_offset(finding.file, finding.offset)

    def _of_path(self, path: KeyPath, on: str) -> Place | None:
        if self._document is None:
            return None
        file = self._document.file_of(path)
        return self._of_span(file.name, *self._offsets.span(file, path, on))

    def _of_offset(self, file: str, offset: int) -> Place:
        from scorewright.source.lexical import token_end

        text = self._texts[file]
        if offset >= len(text):  # the end of the text: show the last line that has something
            offset = len(text.rstrip())
        return self._of_span(file, offset, token_end(text, offset))

    def _of_span(self, file: str, start: int, end: int) -> Place:
        text = self._texts[file]
        starts = self._starts(file)
        line = bisect_right(starts, start)
        line_start = starts[line - 1]
        line_end = starts[line] - 1 if line < len(starts) else len(text)
        column = start - line_start + 1
        end_column = max(min(end, line_end) - line_start + 1, column + 1)
        shown = self._lines.setdefault(
            (file, line), text[line_start:line_end]
        )  # one copy, however many findings
        return Place(file, line, column, end_column, shown)

    def _starts(self, file: str) -> list[int]:
        if file not in self._line_starts:
            starts, position = [0], self._texts[file].find("\n")
            while position >= 0:
                starts.append(position + 1)
                position = self._texts[file].find("\n", position + 1)
            self._line_starts[file] = starts
        return self._line_starts[file]
