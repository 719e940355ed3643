"""A failing life in two columns: what the spec means on the left, what the platform does on the right."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.history import FieldSet, Happening
from scorewright.semantics.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.history import Listed, Scalar
    from scorewright.semantics import Change
    from scorewright.verify.play import Outcome

__all__ = ["said", "told", "two_columns"]

_TIME, _COLUMN = 19, 46


class _Row(NamedTuple):
    at: int
    sort: int
    left: str
    right: str


def two_columns(outcome: Outcome, gauge: str, timezone: str) -> str:
    """The shortest way to see it: times on the model's wall clock, what happened, and both columns."""
    clock = Clock(timezone)
    person, end = outcome.life.person, next(i for i in outcome.judged.differences if i.gauge == gauge)
    lines = [f"{'':{_TIME}}  {'what the spec means':{_COLUMN}}  what the platform does"]
    begins = [f"{name} = {said(value)}" for name, value in (*person.fields.items(), *person.scores.items())]
    begins += [f"mark {name}" for name in sorted(person.marks)]
    created = "created" + (f" with {', '.join(begins)}" if begins else "")
    for row in sorted(_rows(outcome, end.at, created), key=lambda row: row[:2]):
        lines += _lines(clock.wall(row.at).isoformat(" "), row)
    shows = _Row(end.at, 9, f"{gauge}: {said(end.meant)}", f"{gauge}: {said(end.shown)}")
    return "\n".join([*lines, *_lines(clock.wall(end.at).isoformat(" "), shows)])


def _rows(outcome: Outcome, end: int, created: str) -> Iterator[_Row]:
    yield _Row(outcome.life.person.created, 0, f"* {created}", f"* {created}")
    for item in outcome.life.person.history:
        for at, words in _happens(item):
            if at <= end:
                yield _Row(at, 1, f"* {words}", f"* {words}")
    for change in outcome.meant.timeline.changes:
        if change.at <= end:
            yield _Row(change.at, 2, _changed(change), "")
    for deed in outcome.played.deeds:
        if deed.at <= end:
            yield _Row(deed.at, 3, "", f"{deed.said}  [{deed.by}]")


def _happens(item: Happening | FieldSet | Listed) -> Iterator[tuple[int, str]]:
    """When something is to be shown, and in which words: what is told late shows when it happens, too.

    An emulator that goes by the wrong one of the two times differs between them.
    """
    if isinstance(item, Happening) and item.known is not None and item.known != item.at:
        yield item.at, f"{told(item._replace(known=None))} (told only later)"
        yield item.known, told(item)
    else:
        yield item.at, told(item)


def _lines(time: str, row: _Row) -> Iterator[str]:
    left, right = (wrap(text, _COLUMN, subsequent_indent="  ") or [""] for text in (row.left, row.right))
    if row.left == row.right:
        yield f"{time:{_TIME}}  {row.left}"
        return
    for number in range(max(len(left), len(right))):
        first = left[number] if number < len(left) else ""
        second = right[number] if number < len(right) else ""
        yield f"{time if number == 0 else '':{_TIME}}  {first:{_COLUMN}}  {second}".rstrip()


def told(item: Happening | FieldSet | Listed) -> str:
    """One thing that happens, in a few words."""
    if isinstance(item, FieldSet):
        return f"{item.field} becomes {said(item.value)}"
    if isinstance(item, Happening):
        more = [f"{key} = {said(value)}" for key, value in item.properties.items()]
        named = f" ({item.name})" if item.name else ""
        late = " (told only now)" if item.known is not None and item.known != item.at else ""
        return f"{item.verb} {item.what}{named}{' with ' if more else ''}{', '.join(more)}{late}"
    return f"{'put on' if item.on else 'taken off'} the list {item.list}"


def _changed(change: Change) -> str:
    if change.kind in {"score", "holds", "field", "campaign"}:
        what = f"{change.name}: {said(change.before)} → {said(change.after)}"
    elif change.kind in {"mark", "list"}:
        what = f"{change.kind} {change.name} {'on' if change.after else 'off'}"
    else:
        what = f"{change.kind} {change.name}"
    return f"{what}  [{change.element}: {change.reason}]"


def said(value: Scalar) -> str:
    """A value as a person writes it."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value)
