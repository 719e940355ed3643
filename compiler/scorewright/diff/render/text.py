"""The diff for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.diff.render import lines
from scorewright.diff.render.lines import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["text"]


def text(report: Mapping[str, Any]) -> str:
    """The whole diff, gravest first, one change a paragraph."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    yield f"Model {clean(report['title'])}: {clean(report['base'])} → {clean(report['head'])}"
    yield lines.headline(report)
    yield from (f"! {line}" for line in (lines.window(report["window"], clean) if report["window"] else ()))
    if report["agreements"]:
        yield from ("", "Agreed")
        for agreed in report["agreements"]:
            first, *rest = lines.agreement(agreed, clean)
            yield f"  {first}"
            yield from (f"      {line}" for line in rest)
    if report["left_out"]:
        yield from ("", *report["left_out"])
    if report["people"]:
        yield from ("", f"What it does to people ({clean(report['people']['source'])})")
        for item in lines.people(report["people"], clean):
            yield from (f"  {line}" for line in item)
    for heading, found in lines.by_gravity(report):
        yield from ("", heading)
        for change in found:
            yield f"  {lines.SIGNS[change['kind']]} {lines.about(change, clean)}"
            yield from (f"      {line}" for line in lines.details(change, clean))
    for platform in report["platforms"]:
        yield from ("", f"On {platform['target']}")
        for first, *rest in lines.platform(platform, clean):
            yield f"  {first}"
            yield from (f"      {line}" for line in rest)
