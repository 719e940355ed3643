"""Reads a spec from its folder or main file: includes, list files and agreements, merged into one document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.source.document import Document
from scorewright.source.lists import list_files, read_list
from scorewright.source.merge import merge
from scorewright.source.offsets import Offsets
from scorewright.source.part import AGREEMENTS, Part, choose_main, included_names, not_included, read_part
from scorewright.source.paths import Refusal, inside
from scorewright.source.shape import LANGUAGE, check_files, check_language, is_other_language, own_tables
from scorewright.source.spec_rules import INCLUDE_TWICE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.source.document import SourceFile
    from scorewright.source.lists import ListFile

__all__ = ["Loaded", "load"]


class Loaded(NamedTuple):
    """What reading gave.  Without a document the findings say why; ``texts`` are those of all files read, by name."""

    document: Document | None
    findings: tuple[Finding, ...]
    texts: Mapping[str, str]


class _Included(NamedTuple):
    parts: tuple[Part, ...]
    findings: tuple[Finding, ...]
    complete: bool
    """Whether every file that ``include`` names is among the parts."""


def load(path: Path, *, cwd: Path | None = None) -> Loaded:
    """Read the spec at ``path``: a main file, or a folder that holds one.

    Files are named in messages as seen from ``cwd``, by default the working folder.  There is a document whenever all
    TOML files could be parsed and are in this version of the language, even if there are errors beside; a list file
    that could not be read is missing from its ``texts``.
    """
    cwd = Path.cwd() if cwd is None else cwd
    if not _is_folder(path):
        return _from_main(read_part(path, cwd), (), cwd)
    choice = choose_main(path, cwd)
    if choice.main is None:
        return Loaded(None, choice.findings, _texts(choice.others))
    return _from_main(choice.main, choice.others, cwd)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _texts(parts: Iterable[Part]) -> dict[str, str]:
    return {part.name: part.file.text for part in parts if part.file is not None}


def _from_main(main: Part, others: Sequence[Part], cwd: Path) -> Loaded:
    if main.file is None or main.data is None:
        return Loaded(None, main.findings, _texts((main,)))
    offsets = Offsets()
    included = _include(main, main.file, others, cwd, offsets)
    agreements = _read_agreements(main, cwd)
    spec = [(part.file, part.data) for part in (main, *included.parts) if part.file and part.data is not None]
    texts = _texts((main, *included.parts, *agreements))
    findings = [*included.findings, *not_included(others, included.parts)]
    findings.extend(_language(spec, agreements, offsets))
    complete = included.complete and all(part.data is not None for part in agreements)
    if not complete or any(is_other_language(data) for _, data in spec):
        return Loaded(None, tuple(findings), texts)
    findings.extend(check_files(spec, offsets))
    if not any("model" in data for _, data in spec):
        return Loaded(None, tuple(findings), texts)
    document, merge_findings = _document(main.path.parent, spec, agreements, offsets)
    lists = _Lists(document, cwd, offsets)
    return Loaded(
        replace(document, texts=lists.lines),
        (*findings, *merge_findings, *lists.findings),
        {**texts, **lists.texts},
    )


def _include(main: Part, file: SourceFile, others: Sequence[Part], cwd: Path, offsets: Offsets) -> _Included:
    """Read what the main file includes.  A refused or unreadable file is a finding at its name in ``include``."""
    known = {part.path: part for part in others}
    seen = {_identity(main.path): "the main file itself"}
    parts: list[Part] = []
    findings: list[Finding] = []
    complete = True
    for index, name in included_names(main):
        at = ("include", index)
        path = inside(main.path.parent, name)
        if isinstance(path, Refusal):
            findings.append(_refusal(path, file, at, offsets))
            complete = False
            continue
        identity = _identity(path)
        if identity in seen:
            message = f'include names "{name}", which is {seen[identity]}'
            findings.append(_refusal(Refusal(INCLUDE_TWICE, message, "delete it"), file, at, offsets))
            continue
        seen[identity] = "included already"
        part = known.get(path) or read_part(path, cwd)
        parts.append(part)
        findings.extend(_relocated(part.findings, file, at, offsets))
        complete = complete and part.data is not None
    return _Included(tuple(parts), tuple(findings), complete)


def _refusal(refusal: Refusal, file: SourceFile, path: KeyPath, offsets: Offsets) -> Finding:
    offset = offsets.start(file, path)
    return refusal.rule.in_file(file.name, refusal.message, help=refusal.help, offset=offset)


def _identity(path: Path) -> object:
    """Tell a file from others whatever it is called: by its node, or by its path when it does not exist."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return path
    return (status.st_dev, status.st_ino)


def _relocated(
    findings: Iterable[Finding], file: SourceFile, path: KeyPath, offsets: Offsets
) -> tuple[Finding, ...]:
    """Show a finding about a whole file (it is missing, say) where the spec names that file."""
    return tuple(
        each if each.offset is not None else replace(each, file=file.name, offset=offsets.start(file, path))
        for each in findings
    )


def _read_agreements(main: Part, cwd: Path) -> tuple[Part, ...]:
    """Read ``agreements.toml`` if there is one; a link that leads out of the folder is a part without data."""
    path = inside(main.path.parent, AGREEMENTS)
    if isinstance(path, Refusal):
        finding = path.rule.in_file(main.name, path.message, help=path.help, offset=0)
        return (Part(main.name, main.path, main.file, None, (finding,)),)
    return (read_part(path, cwd),) if path.exists() else ()


def _language(
    spec: Iterable[tuple[SourceFile, Mapping[str, Any]]], agreements: Iterable[Part], offsets: Offsets
) -> tuple[Finding, ...]:
    """Report each file that is not in this language, and why the agreements could not be read."""
    beside = [(part.file, part.data) for part in agreements if part.file and part.data is not None]
    found = [check_language(file, data, offsets) for file, data in (*spec, *beside)]
    return (
        *(each for part in agreements for each in part.findings),
        *(each for each in found if each is not None),
    )


def _document(
    folder: Path,
    spec: Sequence[tuple[SourceFile, Mapping[str, Any]]],
    agreements: Sequence[Part],
    offsets: Offsets,
) -> tuple[Document, tuple[Finding, ...]]:
    merged = merge(own_tables(spec), offsets)
    document = Document(
        folder=folder,
        files=tuple(file for file, _ in spec),
        data={**merged.data, "language": LANGUAGE},  # what else a file says here has been reported
        owners=merged.owners,
        agreements=(agreements[0].data or {}) if agreements else {},
        agreements_file=agreements[0].file if agreements else None,
    )
    return document, merged.findings


class _Lists:
    """The list files of a document: their lines by term, their texts by name, what is wrong with them."""

    def __init__(self, document: Document, cwd: Path, offsets: Offsets) -> None:
        self.lines: dict[str, tuple[str, ...]] = {}
        self.texts: dict[str, str] = {}
        self.findings: list[Finding] = []
        read: dict[str, ListFile | Refusal] = {}
        for term, entry in list_files(document.data):
            at = ("terms", term, "file")
            if entry in read:
                self._keep(term, read[entry])
                continue
            read[entry] = found = read_list(document.folder, entry, cwd)
            file = document.file_of(at)
            if isinstance(found, Refusal):
                self.findings.append(_refusal(found, file, at, offsets))
            else:
                self.findings.extend(_relocated(found.findings, file, at, offsets))
            self._keep(term, found)

    def _keep(self, term: str, found: ListFile | Refusal) -> None:
        if isinstance(found, Refusal) or found.file is None:
            return
        self.texts[found.file.name] = found.file.text
        if found.lines is not None:
            self.lines[term] = found.lines
