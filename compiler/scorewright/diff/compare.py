"""The differ: what each element says otherwise, told apart from what it means otherwise through something shared."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scorewright.diff.facets import FACETS, HEADER, LIFECYCLE
from scorewright.diff.plain import plain_field
from scorewright.diff.values import GRAVITIES, SHARED, Change, Part
from scorewright.diff.words import yes
from scorewright.model.values import Number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.diff.facets import Facet
    from scorewright.diff.values import Name
    from scorewright.model.elements import Model

__all__ = ["changes", "gravest"]

_NAMED = {*SHARED, "marks"}
"""What others name: one more or less of these does nothing by itself, and whoever uses it says so."""
_FEW = 8
"""Of more texts than that only those are told that come or go."""
OTHERWISE = " (said otherwise)"
SAME_NUMBER = " (the same, written otherwise)"


def changes(old: Model, new: Model, moved: Mapping[Name, str]) -> tuple[Change, ...]:
    """Every element that says something else, in the order of the tables; ``moved`` are the ids that were renamed."""
    found = [*_single("model", HEADER, old, new, moved), *_single("lifecycle", LIFECYCLE, old, new, moved)]
    found.extend(_options(old, new))
    for table in FACETS:
        found.extend(_merged(_table(table, old, new, moved)))
    return tuple(found)


def gravest(gravities: Iterable[str]) -> str:
    """The gravest of some; of none, words only."""
    return min(gravities, key=GRAVITIES.index, default="words")


def _single(
    table: str, facets: tuple[Facet, ...], old: Model, new: Model, moved: Mapping[Name, str]
) -> Iterator[Change]:
    """``[model]`` and ``[lifecycle]``: there is always one of each."""
    before, after = (getattr(model, "header" if table == "model" else table) for model in (old, new))
    parts = _parts(facets, before, after, (old, new), moved)
    if parts:
        title = "the model" if table == "model" else "lifecycle"
        yield Change(
            kind="changed", name=(table, ""), was="", title=title, parts=parts, gravity=_gravity(parts)
        )


def _options(old: Model, new: Model) -> Iterator[Change]:
    """``[targets.<name>]``, key by key: what a key means, its plugin knows."""
    for target in dict.fromkeys((*old.options, *new.options)):
        before, after = old.options.get(target, {}), new.options.get(target, {})
        parts = tuple(
            _told(Part(key, "behaviour", *(_raw(side.get(key)) for side in (before, after))))
            for key in dict.fromkeys((*before, *after))
            if repr(before.get(key)) != repr(after.get(key))  # 1 is not true
        )
        if parts:
            name = ("targets", target)
            yield Change(
                kind="changed", name=name, was=target, title=target, parts=parts, gravity=_gravity(parts)
            )


def _raw(value: object) -> str | None:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_raw(item)}" for key, item in value.items())
    return None if value is None else yes(value) if isinstance(value, bool) else str(value)


def _table(table: str, old: Model, new: Model, moved: Mapping[Name, str]) -> Iterator[Change]:
    """One change for each key, copies of products apart."""
    before = {_now(table, key, moved): item for key, item in getattr(old, table).items()}
    after: Mapping[str, Any] = getattr(new, table)
    for key, item in after.items():
        if getattr(item, "builtin", False):
            continue
        if key not in before:
            yield _whole("added", table, item, new)
        elif before[key] != item:
            change = _changed(table, before[key], item, (old, new), moved)
            if change is not None:
                yield change
    for key, item in before.items():
        if key not in after and not getattr(item, "builtin", False):
            yield _whole("removed", table, item, old)


def _now(table: str, key: str, moved: Mapping[Name, str]) -> str:
    """What an old key is called now."""
    if not moved:
        return key
    name, at, product = key.partition("@")
    return moved.get((table, name), name) + at + moved.get(("products", product), product)


def _changed(
    table: str, before: Any, after: Any, models: tuple[Model, Model], moved: Mapping[Name, str]
) -> Change | None:
    facets = FACETS[table]
    if (
        table == "values"
        and after.of is not None
        and (before.percent, before.of) == (after.percent, after.of)
    ):
        facets = tuple(facet for facet in facets if facet.attribute != "value")  # it follows another
    parts = _parts(facets, before, after, models, moved)
    if before.id != after.id:
        parts = tuple(part for part in parts if not _made_from_id(part, before, after))
    elif not parts:
        return None
    kind = "changed" if before.id == after.id else "renamed"
    return replace(_bare(kind, table, after), was=before.id, parts=parts, gravity=_gravity(parts))


def _parts(
    facets: Iterable[Facet],
    before: Any,
    after: Any,
    models: tuple[Model, Model],
    moved: Mapping[Name, str],
) -> tuple[Part, ...]:
    return tuple(
        _part(facet, before, after, models, moved)
        for facet in facets
        if getattr(before, facet.attribute) != getattr(after, facet.attribute)
        and plain_field(before, facet.attribute, moved) != plain_field(after, facet.attribute, {})
    )


def _part(
    facet: Facet, before: Any, after: Any, models: tuple[Model, Model], moved: Mapping[Name, str]
) -> Part:
    values = _apart(*(getattr(item, facet.attribute) for item in (before, after)))
    old, new = (_words(facet, value, model) for value, model in zip(values, models, strict=True))
    if _same_numbers(before, after, facet.attribute, moved):
        return Part(facet.what, "words", old, f"{new or ''}{SAME_NUMBER}")
    return _told(Part(facet.what, facet.gravity, old, new))


def _apart(old: Any, new: Any) -> tuple[Any, Any]:
    """Of two long lists of texts, those that only one of them has; what stays, and where it stands, is no news."""
    if not all(isinstance(value, tuple) and len(value) > _FEW for value in (old, new)):
        return old, new
    if not all(isinstance(item, str) for item in (*old, *new)) or set(old) == set(new):
        return old, new
    less = tuple(item for item in old if item not in set(new))
    more = tuple(item for item in new if item not in set(old))
    stay = len(old) - len(less)
    kept = (f"{stay} that stay",)
    return (*kept, *less), (*kept, *more)


def _told(part: Part) -> Part:
    """A change that the words are too short for is told all the same."""
    return part._replace(after=f"{part.after or ''}{OTHERWISE}") if part.before == part.after else part


def _same_numbers(before: Any, after: Any, attribute: str, moved: Mapping[Name, str]) -> bool:
    """Whether only the name of a number differs: ``at_least = "mql"`` became ``at_least = 100``."""
    old = plain_field(before, attribute, moved, named=False)
    return bool(old == plain_field(after, attribute, {}, named=False))


def _words(facet: Facet, value: Any, model: Model) -> str | None:
    nothing = value is None or (not value and not isinstance(value, (bool, int)))
    return None if nothing else facet.words(value, model)


def _made_from_id(part: Part, before: Any, after: Any) -> bool:
    """Whether a title changed only because the id did, of which it is made."""
    return part.what == "title" and [part.before, part.after] == [
        item.id.replace("-", " ") for item in (before, after)
    ]


def _whole(kind: str, table: str, item: Any, model: Model) -> Change:
    facets = [facet for facet in FACETS[table] if facet.attribute not in {"title", "why"}]
    said = [
        f"{facet.what} {facet.words(value, model)}"
        for facet in facets
        if _speaks(value := getattr(item, facet.attribute))
    ]
    gravity = "words" if table in _NAMED else gravest(facet.gravity for facet in facets)
    return replace(_bare(kind, table, item), gravity=gravity, says="; ".join(said))


def _speaks(value: Any) -> bool:
    """Whether an attribute says something: a default says nothing."""
    if isinstance(value, Number):
        return bool(value.value) or value.name is not None
    return bool(value)


def _bare(kind: str, table: str, item: Any) -> Change:
    product = getattr(item, "product", None)
    return Change(
        kind=kind,
        name=(table, item.id),
        was=item.id,
        title=getattr(item, "title", item.id),
        gravity="words",
        products=() if product is None else (product,),
        why=getattr(item, "why", ""),
    )


def _gravity(parts: Iterable[Part]) -> str:
    return gravest(part.gravity for part in parts)


def _merged(found: Iterable[Change]) -> Iterator[Change]:
    """Copies that changed alike are one change."""
    groups: dict[Change, list[str]] = {}
    for change in found:
        groups.setdefault(replace(change, products=()), []).extend(change.products)
    for change, products in groups.items():
        yield replace(change, products=tuple(products))
