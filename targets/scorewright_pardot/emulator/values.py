"""What a typed value matches in a field: whole, inside, at the beginning, by size, or nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.emulator.texts import terms

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorewright_pardot.emulator.asked import Asked
    from scorewright_pardot.emulator.prospect import Value
    from scorewright_pardot.emulator.unit import Unit

__all__ = ["values"]


def values(unit: Unit, asked: Asked) -> Callable[[Value], bool]:
    """Whether a value matches, empty or not."""
    operator = asked.operator
    if operator == "empty":
        return lambda value: not value
    if operator == "empty-not":
        return bool
    if operator in {"greater", "less"}:
        if unit.names.types.get(asked.of, "number") != "number":
            raise asked.unreadable(f"a field of the type {unit.names.types[asked.of]!r} has no size")
        return _numeric(operator, asked.number())
    wanted = tuple(unit.fold(term) for term in terms(asked.value, unit.world.value_box_characters))
    if not wanted:
        raise asked.unreadable("the value box is empty")
    positive = {"is": _whole, "contains": _inside, "starts": _begins}.get(operator.removesuffix("-not"))
    if positive is None:
        raise asked.no_operator()
    if operator == "starts" and not unit.world.text_starts_with:
        return lambda _: False
    fold, for_empty = unit.fold, unit.world.negatives_match_empty_fields
    if operator.endswith("-not"):
        return lambda value: not any(positive(fold(one), wanted) for one in value) if value else for_empty
    return lambda value: any(positive(fold(one), wanted) for one in value)


def _numeric(operator: str, bound: int) -> Callable[[Value], bool]:
    def holds(value: Value) -> bool:
        try:
            number = float(value[0]) if value else None
        except ValueError:
            return False
        return number is not None and (number > bound if operator == "greater" else number < bound)

    return holds


def _whole(text: str, wanted: tuple[str, ...]) -> bool:
    return text.strip() in wanted


def _inside(text: str, wanted: tuple[str, ...]) -> bool:
    return any(term in text for term in wanted)


def _begins(text: str, wanted: tuple[str, ...]) -> bool:
    return text.startswith(wanted)
