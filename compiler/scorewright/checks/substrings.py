"""Texts that match more than they say: CTO inside Director, Intern inside International, lists that repeat themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scorewright.checks import walk
from scorewright.checks.cover import Texts, fold
from scorewright.checks.subject import Family
from scorewright.diagnostics.rule import Rule, Severity
from scorewright.model.conditions import FieldTest, Matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.checks.subject import Subject
    from scorewright.diagnostics.rule import Finding, KeyPath
    from scorewright.model.conditions import Test
    from scorewright.model.elements import Asset, Model

__all__ = ["FAMILY"]

INSIDE = Rule(
    "SW410",
    "text-inside-words",
    Severity.WARNING,
    """What
A short text under `contains`, `starts_with` or `ends_with` that stands inside common words which mean something else.
Why
CTO is inside Director, COO inside Coordinator, Intern inside International: people get points for three letters of
another title, and nobody sees it in the spec.
Example
    [terms.c-level]
    match = "contains"
    values = ["CEO", "CTO"]

    [rules.c-level]
    when = { field = "job-title", in = "c-level" }
    points = { fit = 20 }
Use instead
    [terms.c-level]
    match = "contains_word"
    values = ["CEO", "CTO"]

    [rules.c-level]
    when = { field = "job-title", in = "c-level" }
    points = { fit = 20 }
""",
)

REPEATED = Rule(
    "SW411",
    "repeated-text",
    Severity.WARNING,
    """What
The same text twice in a list; capitals and small letters count as the same.
Why
The second does nothing. Whoever deletes the first to switch it off finds that it goes on.
Example
    [terms.c-level]
    match = "contains_word"
    values = ["CEO", "CTO", "ceo"]
Use instead
    [terms.c-level]
    match = "contains_word"
    values = ["CEO", "CTO"]
""",
)

COVERED = Rule(
    "SW412",
    "text-covered-by-another",
    Severity.ADVICE,
    """What
A text in a list that another text of the same list matches already: Chief covers Chief Executive.
Why
It does nothing, and makes the list look narrower than it is.
Example
    [terms.c-level]
    match = "contains_word"
    values = ["Chief", "Chief Executive"]
Use instead
    [terms.c-level]
    match = "contains_word"
    values = ["Chief"]
""",
)


@dataclass(frozen=True, slots=True, eq=False)
class _List:
    """Texts that are tested together, their mode, and where they stand.

    ``indexed`` says whether they stand in an array at ``path``; otherwise they share the place.
    """

    mode: str
    texts: tuple[str, ...]
    path: KeyPath
    indexed: bool

    def at(self, index: int) -> KeyPath:
        """The place of one text."""
        return (*self.path, index) if self.indexed else self.path


def _each(model: Model) -> tuple[_List, ...]:
    """The lists of the model; what products' copies share is one."""
    return tuple({found.path: found for found in _lists(model)}.values())


def _lists(model: Model) -> Iterator[_List]:
    """Every list of texts in the model: terms, names of assets, and texts written into a test."""
    for terms in model.terms.values():
        key = "values" if terms.file is None else "file"
        yield _List(terms.match, terms.texts, (*terms.path, key), terms.file is None)
    for asset in model.assets.values():
        if not asset.builtin:
            yield from _names(asset)
    for tier in model.tiers.values():
        yield from (found for case in tier.cases for found in _test(case.test, case.path))
    for _, condition in walk.conditions(model):
        if isinstance(condition, FieldTest):
            yield from _test(condition.test, condition.path)
    for _, event in walk.events(model):
        yield from (
            found for name, test in event.where for found in _test(test, (*event.path, "where", name))
        )


def _names(asset: Asset) -> Iterator[_List]:
    yield _List(asset.match, asset.texts, (*asset.path, asset.kinds[0]), len(asset.texts) > 1)
    for target, texts in asset.names.items():
        yield _List(asset.match, texts, (*asset.path, "names", target), len(texts) > 1)


def _test(test: Test | None, path: KeyPath) -> Iterator[_List]:
    if isinstance(test, Matches) and test.terms is None:
        yield _List(test.mode, test.texts, (*path, test.mode), len(test.texts) > 1)


# --- within one list ------------------------------------------------------------------------------------------------


def repetitions(subject: Subject) -> Iterator[Finding]:
    """Texts that do nothing beside the others of their list."""
    for found in _each(subject.model):
        if len(found.texts) > 1:
            yield from _repeated(found)
            yield from _covered(found)


def _repeated(found: _List) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for index, text in enumerate(found.texts):
        if fold(text) in seen:
            first = seen[fold(text)]
            message = f"{text!r} stands in this list already" + ("" if first == text else f", as {first!r}")
            yield REPEATED.at(found.at(index), message, help="delete one of the two")
        seen.setdefault(fold(text), text)


def _covered(found: _List) -> Iterator[Finding]:
    if found.mode == "is":
        return
    entries = Texts()
    for index, text in enumerate(found.texts):
        entries.add(found.mode, text, index)
    for index, text in enumerate(found.texts):
        # CTO matches Director too, but whoever deletes Director for that has not understood the list.
        cover = next(
            (taken for taken in entries.others(found.mode, text) if _as_words(taken.text, text)), None
        )
        if cover is not None:
            message = f"{text!r} does nothing here: {cover.text!r} matches it already"
            help_ = f"delete {text!r}; or give it a list of its own, asked first, if it means something else"
            yield COVERED.at(found.at(index), message, help=help_)


def _as_words(part: str, text: str) -> bool:
    """Whether a text stands in another as whole words."""
    return re.search(rf"(?<![^\W_]){re.escape(part.strip())}(?![^\W_])", text, re.IGNORECASE) is not None


# --- inside words ---------------------------------------------------------------------------------------------------

_LENGTHS = range(2, 9)
_ACCIDENT = 6
"""So long a text may be and still stand in the middle of a word by accident."""

_INFLECTIONS = frozenset(
    [
        "s",
        "es",
        "ing",
        "ed",
        "er",
        "ers",
        "or",
        "ors",
        "ist",
        "ists",
        "ant",
        "ants",
        "ment",
        "ments",
        "n",
        "an",
        "ian",
        "ians",
        "y",
        "ry",
    ]
)
_SHOWN = 3
"""Words that a message names before it counts the rest."""

_Use = tuple[_List, int]


def inside_words(subject: Subject) -> Iterator[Finding]:
    """Short texts that stand inside words which mean something else: of our own list, and of the spec's lists."""
    lists = _each(subject.model)
    uses = _short_texts(lists)
    if not uses:
        return
    wanted = {found: frozenset(map(fold, found.texts)) for users in uses.values() for found, _ in users}
    hits: dict[_Use, list[str]] = {}
    for word in dict.fromkeys((*_common(), *_own_words(lists))):
        plain = word.replace("-", "")
        parts = _parts(plain)
        for entry, start in parts:
            for use in uses.get(entry, ()):
                others = wanted[use[0]]
                if _is_trap(use, word, start) and not any(
                    part != entry and part in others for part, _ in parts
                ):
                    hits.setdefault(use, []).append(plain)
    yield from (_inside(found, index, words) for (found, index), words in hits.items())


def _short_texts(lists: Iterable[_List]) -> dict[str, list[_Use]]:
    uses: dict[str, list[_Use]] = {}
    for found in lists:
        if found.mode in {"contains", "starts_with", "ends_with"}:
            for index, text in enumerate(found.texts):
                if len(text) in _LENGTHS and text.isalpha():
                    uses.setdefault(fold(text), []).append((found, index))
    return uses


def _parts(word: str) -> list[tuple[str, int]]:
    """Every stretch of a word that is long enough for an entry, with its start; the whole word last."""
    stretches = [
        (word[start : start + length], start)
        for length in _LENGTHS
        if length < len(word)
        for start in range(len(word) - length + 1)
    ]
    return [*stretches, (word, 0)]


def _common() -> tuple[str, ...]:
    from scorewright.checks.words import COMMON_WORDS

    return tuple(COMMON_WORDS)


def _own_words(lists: Iterable[_List]) -> Iterator[str]:
    """The words of the spec's own lists, but not the names of assets, which follow other habits."""
    for found in lists:
        if found.path[0] != "assets":
            yield from (word for text in found.texts for word in re.findall(r"[^\W\d_]+", fold(text)))


def _is_trap(use: _Use, word: str, start: int) -> bool:
    found, index = use
    text, plain = found.texts[index], word.replace("-", "")
    end = start + len(text)
    if len(text) == len(plain) or _is_part(word, start, end):
        return False
    if (found.mode == "starts_with" and start) or (found.mode == "ends_with" and end < len(plain)):
        return False
    if text.isupper():
        return True
    if start == 0:
        return fold(text) in _common() and plain[end:] not in _INFLECTIONS
    return len(text) <= _ACCIDENT


def _is_part(word: str, start: int, end: int) -> bool:
    """Whether the stretch is a part of a compound: ``care`` in ``health-care``."""
    at, edges = 0, {0}
    for part in word.split("-"):
        at += len(part)
        edges.add(at)
    return len(edges) > 2 and start in edges and end in edges


def _inside(found: _List, index: int, words: list[str]) -> Finding:
    shown = [word.capitalize() for word in words[:_SHOWN]]
    if words[_SHOWN:]:
        shown.append(f"{len(words) - _SHOWN} more")
    joined = " and ".join([", ".join(shown[:-1]), shown[-1]] if shown[1:] else shown)
    message = f"{found.texts[index]!r} also stands inside {joined}, and {found.mode} matches there"
    help_ = "use contains_word, which matches whole words" if found.mode == "contains" else _HELP
    return INSIDE.at(found.at(index), message, help=help_)


_HELP = "use contains_word, which matches whole words, or write more of the text"

FAMILY = Family((INSIDE, REPEATED, COVERED), (repetitions, inside_words))
