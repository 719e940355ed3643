"""Reads what a bundle's gauges point at off a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from scorewright_marketo.emulator.errors import UnreadableBundleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scorewright.model.history import Scalar
    from scorewright_marketo.emulator.ground import Ground
    from scorewright_marketo.emulator.state import State

__all__ = ["Reader", "places", "reader"]

Reader = Callable[["State"], "Scalar"]


def reader(ground: Ground, table: Mapping[str, Any], at: Mapping[str, Any]) -> Reader:
    """What a gauge shows of a person.  What the gauge points at may be gone: then it shows what is not there."""
    maker = _MAKERS.get(table["kind"])
    if maker is None:
        raise UnreadableBundleError("gauges", table["key"], f"the kind {table['kind']!r} is not known")
    return maker(ground, at)


def _score(_ground: Ground, at: Mapping[str, Any]) -> Reader:
    key = at["field"].casefold()
    return lambda state: state.fields.get(key) or 0


def _text(_ground: Ground, at: Mapping[str, Any]) -> Reader:
    key = at["field"].casefold()
    return lambda state: state.fields.get(key)


def _field(ground: Ground, at: Mapping[str, Any]) -> Reader:
    """A date is shown as the subscription's wall clock shows it."""
    key = at["field"].casefold()
    if ground.types.get(key) not in {"date", "datetime"}:
        return lambda state: state.fields.get(key)

    def read(state: State) -> Scalar:
        value = state.fields.get(key)
        return None if value is None else ground.clock.wall(value).isoformat()

    return read


def _list(_ground: Ground, at: Mapping[str, Any]) -> Reader:
    key = at["list"].casefold()
    return lambda state: key in state.lists


def _segment(ground: Ground, at: Mapping[str, Any]) -> Reader:
    try:
        return ground.smart_list(at["smart_list"])
    except ValueError:
        return lambda _state: False


def _campaign(_ground: Ground, at: Mapping[str, Any]) -> Reader:
    key = at["campaign"].casefold()
    return lambda state: state.campaigns.get(key) or None


def _done(ground: Ground, at: Mapping[str, Any]) -> Reader:
    """How often the step has been carried out, in whichever of the campaigns."""
    places = tuple(
        (name.casefold(), number)
        for name in at["campaigns"]
        for number in _numbers(ground.campaigns.get(name.casefold(), {}).get("flow", ()), at)
    )
    return lambda state: sum(state.done.get(place, 0) for place in places)


def _numbers(flow: Sequence[Mapping[str, Any]], at: Mapping[str, Any]) -> list[int]:
    """Where in a flow the step stands; ``nth`` tells it from others that are quite like it."""
    found = [
        number
        for number, row in enumerate(flow)
        if row["step"] == at["step"]
        and {item["label"]: item["value"] for item in row.get("fields", ())} == dict(at["fields"])
    ]
    nth = int(at.get("nth", 1))
    return found[nth - 1 :] if nth >= at.get("last", nth) else found[nth - 1 : nth]


def places(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Where gauges are read off; of steps that are quite alike, the last gauge counts whatever stands there more often."""
    found = [dict(row["at"]) for row in rows]
    for at in found:
        alike = [int(other.get("nth", 1)) for other in found if _alike(at, other)]
        if "step" in at:
            at["last"] = max(alike)
    return found


def _alike(at: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(at.get(key) == other.get(key) for key in ("step", "fields", "campaigns"))


_MAKERS: dict[str, Callable[[Any, Mapping[str, Any]], Reader]] = {
    "score": _score,
    "grade": _text,
    "mark": _list,
    "segment": _segment,
    "list": _list,
    "field": _field,
    "campaign": _campaign,
    "done": _done,
}
