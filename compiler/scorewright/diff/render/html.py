"""The diff as one self-contained page: opens from disk, prints, light and dark, and nothing in it can run."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from scorewright.diff.render import lines
from scorewright.output.page import page_head

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["html"]

_STYLE = """\
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin-bottom: .25rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
code { font: .92em ui-monospace, monospace; background: var(--soft); padding: .1em .3em; border-radius: .25em;
  overflow-wrap: anywhere; }
.headline { font-size: 1.1rem; } .grave { color: var(--grave); font-weight: 600; }
section > ul { list-style: none; padding: 0; }
section > ul > li { border-top: 1px solid var(--line); padding: .6rem 0; }
.kind { display: inline-block; min-width: 5.5rem; color: var(--faint); }
"""
_KINDS = {"added": "new", "removed": "gone", "changed": "changed", "renamed": "renamed"}


def html(report: Mapping[str, Any]) -> str:
    """The whole diff; nothing is folded or left out."""
    return "\n".join(_lines(report)) + "\n"


def _code(text: str) -> str:
    return f"<code>{escape(lines.clean(text))}</code>"


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    title = lines.clean(report["title"])
    yield f"{page_head(f'{title}: what changes', _STYLE)}<body>\n<main>"
    yield f"<h1>{escape(title)}</h1>\n<p>{_code(report['base'])} → {_code(report['head'])}</p>"
    wrong = any(each["state"] == "says-otherwise" for each in report["agreements"])
    yield f'<p class="headline{" grave" if wrong else ""}">{escape(lines.headline(report))}</p>'
    outside = tuple(lines.window(report["window"], _code)) if report["window"] else ()
    if outside:
        yield f'<p class="grave">{"; ".join(outside)}</p>'
    if report["agreements"]:
        yield from _section("Agreed", (tuple(lines.agreement(each, _code)) for each in report["agreements"]))
    yield from (f"<p>{escape(sentence)}</p>" for sentence in report["left_out"])
    if report["people"]:
        heading = f"What it does to people: {lines.clean(report['people']['source'])}"
        yield from _section(heading, lines.people(report["people"], _code))
    for heading, found in lines.by_gravity(report):
        yield from _section(f"{heading} ({len(found)})", map(_change, found))
    for platform in report["platforms"]:
        yield from _section(f"On {lines.clean(platform['target'])}", lines.platform(platform, _code))
    yield "</main>\n</body>\n</html>"


def _change(change: Mapping[str, Any]) -> tuple[str, ...]:
    kind = f'<span class="kind">{_KINDS[change["kind"]]}</span>'
    return (f"{kind} {lines.about(change, _code)}", *lines.details(change, _code))


def _section(heading: str, items: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"<section>\n<h2>{escape(heading)}</h2>\n<ul>"
    for first, *rest in items:
        more = "".join(f"<li>{line}</li>" for line in rest)
        yield f"<li>{first}{f'<ul>{more}</ul>' if more else ''}</li>"
    yield "</ul>\n</section>"
