"""Who is past a threshold: after a change the list says so anew, before anybody is handed over by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright_marketo.migration.once import INITIAL, passing
from scorewright_marketo.migration.tables import CAMPAIGNS, plain, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.plugin.bundle import Emitted

__all__ = ["crossed_by", "fills", "is_watch"]


def is_watch(item: Emitted) -> bool:
    """Whether a campaign notices that somebody may have come past a threshold, or below it."""
    return item.kind == CAMPAIGNS and item.table.get("switched_on") == "threshold"


def crossed_by(item: Emitted) -> str:
    """The list of those who are past a threshold, of the executable that puts them on it or takes them off; else ``""``."""
    if item.kind != CAMPAIGNS or item.lowering != "threshold" or item.table["type"] != "executable":
        return ""
    flow = item.table["flow"]
    first = flow[0] if flow else None
    name = value_of(first, "List Name") if first is not None else ""
    word = (
        {"Add to List": "not in", "Remove from List": "in"}.get(first["step"]) if first is not None else None
    )
    return name if name and word is not None and _asks(item.table, name, word) and _goes_on(flow) else ""


def _goes_on(flow: Iterable[Mapping[str, Any]]) -> bool:
    """Whether nothing but executing comes after the first step: an action of the spec may write a list as well."""
    return all(step["step"] == "Execute Campaign" for step in list(flow)[1:])


def _asks(table: Mapping[str, Any], name: str, word: str) -> bool:
    return any(
        row["rule"] == "Member of List" and row.get("operator") == word and name in row.get("values", ())
        for row in table["smart_list"].get("filters", ())
    )


def fills(element: str, product: str, campaigns: Iterable[Emitted]) -> Iterator[Emitted]:
    """Batches that run once: who is past the threshold is put on its list, and who is not is taken off."""
    for item in campaigns:
        if element in item.elements and item.table["program"] == product and crossed_by(item):
            yield passing(
                item, "who is past,", plain(item.table["smart_list"]), plain(item.table["flow"])[:1], INITIAL
            )
