"""The diff for a pull request: a headline, the grave things open, the rest folded, never longer than a comment may be."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from scorewright.diff.render import lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["LIMIT", "MARKER", "markdown"]

MARKER = "<!-- scorewright diff -->"
"""The first line of a comment, by which the next run finds it again."""
LIMIT = 65_536
"""The most characters that GitHub takes in a comment.  Source: the API's own message, "body is too long (maximum is
65536 characters)"."""

_ROOM = LIMIT - 1_500
"""What is left for changes: headings, the folds' markup and the line that says what was cut need the rest."""
_SHARE = LIMIT // 5
"""What agreements take at most, and people as much: the changes themselves need the rest."""
_MOST_PEOPLE = 40
"""Lines about people; there is one for each score, threshold and label that differs."""
_OPEN = {lines.HEADINGS["agreement"], lines.HEADINGS["behaviour"]}
_TICKS = re.compile("`+")


def markdown(report: Mapping[str, Any]) -> str:
    """The whole diff as far as it fits.  What comes from a spec stands in code spans, where nothing is markup."""
    top = "\n".join(_top(report)) + "\n"
    room = _ROOM - len(top)
    sections = []
    for heading, found in lines.by_gravity(report):
        section = _section(heading, found, room)
        room -= len(section)
        sections.append(section)
    for platform in report["platforms"]:
        section = _platform(platform)
        if len(section) < room:
            room -= len(section)
            sections.append(section)
        else:
            sections.append(f"On {code(platform['target'])}: `scorewright diff` shows it.\n")
    return "\n".join([top, *sections])


def code(text: str) -> str:
    """A text as a code span: no markup, no mention, no link, whatever it holds."""
    words = lines.clean(text) or " "
    fence = "`" * (max((len(run) for run in _TICKS.findall(words)), default=0) + 1)
    return f"{fence} {words} {fence}" if "`" in words else f"{fence}{words}{fence}"


def _top(report: Mapping[str, Any]) -> Iterator[str]:
    yield MARKER
    yield f"### {code(report['title'])}: {_plain(lines.headline(report))}"
    yield ""
    yield f"{code(report['base'])} → {code(report['head'])}"
    outside = tuple(lines.window(report["window"], code)) if report["window"] else ()
    if outside:
        yield from ("", _item(outside))
    if report["agreements"]:
        yield from ("", "**Agreed**", "")
        yield from _within(lines.agreement(agreed, code) for agreed in report["agreements"])
    if report["left_out"]:
        yield from ("", *(f"- {sentence}" for sentence in report["left_out"]))
    if report["people"]:
        yield from ("", f"**What it does to people** ({code(report['people']['source'])})", "")
        yield from _within(islice(lines.people(report["people"], code), _MOST_PEOPLE))


def _within(told: Iterable[Iterable[str]]) -> Iterator[str]:
    """As many items as fit into a share of the comment, and how many more there are."""
    room, left = _SHARE, 0
    for each in told:
        item = _item(each)
        room -= len(item) + 1
        if room >= 0:
            yield item
        else:
            room, left = -1, left + 1
    if left:
        yield f"- … and {left:,} more: `scorewright diff` shows them all"


def _plain(headline: str) -> str:
    """The headline names thresholds by their ids, which are letters, digits and dashes."""
    return headline


def _section(heading: str, found: list[Mapping[str, Any]], room: int) -> str:
    opened = heading in _OPEN
    head = (
        f"**{heading}** ({len(found)})\n"
        if opened
        else f"<details><summary>{heading} ({len(found)})</summary>\n"
    )
    items: list[str] = []
    for change in found:
        item = _change(change)
        if room < len(item) + len(head) + 200:
            items.append(f"- … and {len(found) - len(items):,} more: `scorewright diff` shows them all")
            break
        room -= len(item) + 1
        items.append(item)
    return "\n".join([head, *items, *([] if opened else ["", "</details>"]), ""])


def _platform(platform: Mapping[str, Any]) -> str:
    items = [_item(item) for item in lines.platform(platform, code)]
    title = f"On {code(platform['target'])}".replace("`", "")
    return "\n".join([f"<details><summary>{title}</summary>\n", *items, "", "</details>", ""])


def _change(change: Mapping[str, Any]) -> str:
    sign = {"added": "new", "removed": "gone", "changed": "", "renamed": "renamed"}[change["kind"]]
    first = f"{sign} {lines.about(change, code)}".strip()
    return _item((first, *lines.details(change, code)))


def _item(told: Iterable[str]) -> str:
    first, *rest = told
    return "\n".join([f"- {first}", *(f"  - {line}" for line in rest)])
