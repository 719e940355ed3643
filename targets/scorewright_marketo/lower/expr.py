"""Filter logic: conditions as trees of filters, and their flat form with an expression over numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright_marketo.objects import Clause, SmartList

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["EVERYBODY", "NOBODY", "Both", "Either", "Expr", "both", "either", "single", "smart_list"]


class Both(NamedTuple):
    """Every part holds; none: always."""

    parts: tuple[Expr, ...]


class Either(NamedTuple):
    """At least one part holds; none: never."""

    parts: tuple[Expr, ...]


Expr = Clause | Both | Either

EVERYBODY = Clause("Created At", "is not empty")
"""A filter that lets everybody through: an executable without filters would qualify nobody."""

NOBODY = Clause("Created At", "is empty")
"""A filter that lets nobody through."""


def both(*parts: Expr) -> Expr:
    """All of these, flattened, each once."""
    return _join(Both, parts)


def either(*parts: Expr) -> Expr:
    """Any of these, flattened, each once."""
    return _join(Either, parts)


def _join(kind: type[Both | Either], parts: Iterable[Expr]) -> Expr:
    flat: dict[Expr, None] = {}
    settles = Either(()) if kind is Both else Both(())
    for part in parts:
        if part == settles and isinstance(part, type(settles)):
            return settles
        if isinstance(part, kind):
            flat.update(dict.fromkeys(part.parts))
        else:
            flat[part] = None
    return next(iter(flat)) if len(flat) == 1 else kind(tuple(flat))


def single(expr: Expr) -> Clause | None:
    """The one filter that an expression is, if it is one."""
    return expr if isinstance(expr, Clause) else None


def smart_list(expr: Expr, triggers: tuple[Clause, ...] = (), *, everybody: bool = True) -> SmartList:
    """The flat form: filters in order of appearance, each once, and ALL, ANY or an expression."""
    if isinstance(expr, Clause):
        return SmartList(triggers, (expr,))
    if expr == Either(()) and isinstance(expr, Either):
        return SmartList(triggers, (NOBODY,))
    if not expr.parts:
        return SmartList(triggers, (EVERYBODY,) if everybody else ())
    if all(isinstance(part, Clause) for part in expr.parts):
        filters = tuple(part for part in expr.parts if isinstance(part, Clause))
        return SmartList(triggers, filters, "ALL" if isinstance(expr, Both) else "ANY")
    numbers: dict[Clause, int] = {}
    logic = _logic(expr, numbers)
    return SmartList(triggers, tuple(numbers), logic)


def _logic(expr: Expr, numbers: dict[Clause, int]) -> str:
    if isinstance(expr, Clause):
        return str(numbers.setdefault(expr, len(numbers) + 1))
    word = " and " if isinstance(expr, Both) else " or "
    return word.join(
        text if isinstance(part, Clause) else f"({text})"
        for part in expr.parts
        for text in (_logic(part, numbers),)
    )
