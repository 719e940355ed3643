"""Which elements of a spec have done anything in a play: a bound excuses what comes of its element, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scorewright.plugin.emulation import Deed, Tables
    from scorewright.semantics import Timeline

__all__ = ["Acting", "acts"]

_ACTING = {"rules", "tiers", "inputs", "decay", "thresholds"}
"""Tables whose elements do something; the others (the model, scores, segments) are there all the time."""


def acts(element: str) -> bool:
    """Whether an element, by its name, is one that does something at some time."""
    return element.partition(".")[0] in _ACTING


class Acting:
    """Says of an element whether it, or an object that was emitted for it, has acted by an instant.

    What neither side has done cannot make them differ.  An object that the files do not name may have acted for any
    element.
    """

    def __init__(self, tables: Tables) -> None:
        self._for = {
            f"{kind}: {entry['name']}": frozenset(map(str, entry.get("for", ())))
            for kind, entries in tables.items()
            for entry in entries
            if "name" in entry
        }

    def of(self, timeline: Timeline, deeds: Iterable[Deed]) -> Callable[[str, int], bool]:
        """A question about one play: has this element acted by this instant?"""
        first: dict[str, int] = {}
        anybody: int | None = None
        for change in timeline.changes:
            first[change.element] = min(first.get(change.element, change.at), change.at)
        for deed in deeds:
            doers = self._for.get(deed.by)
            if doers is None:
                anybody = deed.at if anybody is None else min(anybody, deed.at)
            for element in doers or ():
                first[element] = min(first.get(element, deed.at), deed.at)

        def acted(element: str, at: int) -> bool:
            if not acts(element) or (anybody is not None and anybody <= at):
                return True
            return element in first and first[element] <= at

        return acted
