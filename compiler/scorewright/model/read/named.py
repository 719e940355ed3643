"""The tables that are named by others: values, terms, fields, activities, assets, marks, products, schedules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.model import elements as el
from scorewright.model.read import rules
from scorewright.model.read.conditions import condition
from scorewright.model.read.scope import Scope, many
from scorewright.model.values import round_half_up
from scorewright.model.vocabulary import BUILTIN_ASSETS, BUILTIN_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scorewright.diagnostics.rule import Finding, KeyPath

__all__ = [
    "activity",
    "asset",
    "builtin_assets",
    "builtin_fields",
    "common",
    "field",
    "goal",
    "known_zone",
    "mark",
    "numbers",
    "product",
    "schedule",
    "segment",
    "terms",
    "value",
]


def common(key: str, raw: Mapping[str, Any], path: KeyPath, product: str | None = None) -> dict[str, Any]:
    """What every element has."""
    return {
        "id": key,
        "title": raw.get("title") or key.replace("-", " "),
        "why": raw.get("why", ""),
        "path": path,
        "product": product,
    }


# --- values ---------------------------------------------------------------------------------------------------------


def numbers(raw: Mapping[str, Any], found: list[Finding], broken: Iterable[str] = ()) -> dict[str, int]:
    """Every value as an integer; shares are worked out, and circles and unknown names reported.

    ``broken`` values cannot be read and stand as 0: they have been reported, and nothing is said about them again.
    """
    done = {key: entry for key, entry in raw.items() if isinstance(entry, int)} | dict.fromkeys(broken, 0)
    for key in raw:
        _resolve(key, raw, done, found)
    return done


def _resolve(key: str, raw: Mapping[str, Any], done: dict[str, int], found: list[Finding]) -> None:
    """Follow a share down to a number, and work it out on the way back; a chain may be as long as one likes."""
    trail: dict[str, None] = {}
    while key not in done and key in raw and key not in trail:
        trail[key] = None
        key = raw[key]["of"]
    names = list(trail)
    if key in trail:
        circle = names[names.index(key) :]
        message = f"a circle of values: {' → '.join([*circle, key])}"
        found.append(rules.CIRCULAR_VALUES.at(("values", key), message, help="give one of them a number"))
        done.update(dict.fromkeys(circle, 0))
    elif key not in done:
        Scope({"values": raw}, {}, found=found).name("values", key, ("values", names[-1], "of"))
        done[names[-1]] = 0
    for name in reversed(names):
        if name not in done:
            done[name] = round_half_up(done[raw[name]["of"]] * raw[name]["percent"], 100)


def value(key: str, raw: Any, path: KeyPath, scope: Scope) -> el.Value:
    """One named number."""
    entry = raw if isinstance(raw, dict) else {}
    if "of" in entry:
        scope.used.add(("values", entry["of"]))
    return el.Value(
        **common(key, {}, path), value=scope.numbers[key], percent=entry.get("percent"), of=entry.get("of")
    )


# --- terms, fields, activities, assets, marks -----------------------------------------------------------------------


def terms(key: str, raw: Mapping[str, Any], path: KeyPath, scope: Scope) -> el.Terms:
    """A list of texts and its mode."""
    texts = tuple(raw.get("values") or scope.declared["_texts"].get(key, ()))
    return el.Terms(**common(key, raw, path), match=raw["match"], texts=texts, file=raw.get("file"))


def field(key: str, raw: Mapping[str, Any], path: KeyPath, _scope: Scope) -> el.Field:
    """A field of the writer's own."""
    return el.Field(
        **common(key, raw, path),
        type=raw["type"],
        of=raw.get("of", "person"),
        values=tuple(raw.get("values", ())),
        source=raw.get("source", "platform"),
        names=dict(raw.get("names", {})),
    )


def builtin_fields() -> Iterable[el.Field]:
    """The fields that come with the language."""
    for key, (kind, of) in BUILTIN_FIELDS.items():
        yield el.Field(**common(key, {}, ("fields", key)), type=kind, of=of, names={}, builtin=True)


def activity(key: str, raw: Mapping[str, Any], path: KeyPath, _scope: Scope) -> el.Activity:
    """A kind of activity of the writer's own."""
    return el.Activity(
        **common(key, raw, path), properties=dict(raw.get("properties", {})), names=dict(raw.get("names", {}))
    )


def asset(key: str, raw: Mapping[str, Any], path: KeyPath, scope: Scope) -> el.Asset:
    """Something that people visit, submit, open or join; or somebody to hand over to."""
    kinds = [name for name in raw if name not in {"title", "why", "match", "names"}]
    if len(kinds) > 1:
        message = f"an asset has one kind; found {' and '.join(kinds)}"
        scope.found.append(
            rules.ONE_SUBJECT.at((*path, kinds[1]), message, help="declare two assets", on="key")
        )
    return el.Asset(
        **common(key, raw, path),
        kinds=(kinds[0],),
        texts=many(raw[kinds[0]]),
        match=raw.get("match", "is"),
        names={target: many(texts) for target, texts in raw.get("names", {}).items()},
    )


def builtin_assets() -> Iterable[el.Asset]:
    """The assets that come with the language: any page, any form and so on."""
    for key, kinds in BUILTIN_ASSETS.items():
        yield el.Asset(**common(key, {}, ("assets", key)), kinds=kinds, texts=(), names={}, builtin=True)


def mark(key: str, raw: Mapping[str, Any], path: KeyPath, _scope: Scope) -> el.Mark:
    """A mark on people."""
    return el.Mark(**common(key, raw, path), names=dict(raw.get("names", {})))


# --- products, segments, schedules, goals ---------------------------------------------------------------------------


def product(key: str, raw: Mapping[str, Any], path: KeyPath, scope: Scope) -> el.Product:
    """A product and what it uses in each role."""
    for table in ("assets", "segments", "terms"):
        for role, name in raw.get(table, {}).items():
            scope.name(table, name, (*path, table, role))
    return el.Product(
        **common(key, raw, path),
        values=dict(raw.get("values", {})),
        assets=dict(raw.get("assets", {})),
        segments=dict(raw.get("segments", {})),
        terms=dict(raw.get("terms", {})),
    )


def segment(key: str, raw: Mapping[str, Any], path: KeyPath, scope: Scope) -> el.Segment:
    """A group of people."""
    return el.Segment(**common(key, raw, path), when=condition(raw["when"], (*path, "when"), scope))


def schedule(key: str, raw: Mapping[str, Any], path: KeyPath, scope: Scope) -> el.Schedule:
    """Hours at which something is looked at."""
    zones = []
    for index, zone in enumerate(raw.get("zones", ())):
        at = (*path, "zones", index)
        known_zone(zone["timezone"], (*at, "timezone"), scope)
        zones.append(el.Zone(scope.name("segments", zone["segment"], (*at, "segment")), zone["timezone"]))
    if "timezone" in raw:
        known_zone(raw["timezone"], (*path, "timezone"), scope)
    days = tuple(raw.get("days", ()))
    return el.Schedule(
        **common(key, raw, path),
        at=tuple(raw["at"]),
        days=days,
        timezone=raw.get("timezone"),
        zones=tuple(zones),
    )


def known_zone(name: str, path: KeyPath, scope: Scope) -> bool:
    """Whether the IANA list has a time zone; reports one that it does not have."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        from zoneinfo import available_timezones

        from scorewright.diagnostics.suggest import closest

        near = closest(name, sorted(available_timezones()))
        help_ = f"did you mean {near!r}?" if near else 'write an IANA name such as "Europe/Paris"'
        scope.found.append(rules.UNKNOWN_ZONE.at(path, f"{name!r} is not an IANA time zone", help=help_))
        return False
    return True


def goal(key: str, raw: Mapping[str, Any], path: KeyPath, _scope: Scope) -> el.Goal:
    """A rate that both sides aim at."""
    return el.Goal(**common(key, raw, path), percent=raw["percent"])
