"""What a proof has reached of a model: each rule, case, step, threshold, band, mark and segment, in both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.elements import Model
    from scorewright.verify.meant import Meant

__all__ = ["Goal", "goals", "reached"]


class Goal(NamedTuple):
    """Something that a history should reach: in words, and where it stands in the spec."""

    said: str
    path: KeyPath


def goals(model: Model) -> Mapping[str, Goal]:
    """Everything that there is to reach, by a key of its own."""
    return dict(_goals(model))


def _goals(model: Model) -> Iterator[tuple[str, Goal]]:
    for rule in model.rules.values():
        name = f"rules.{rule.key}"
        if rule.on:
            yield f"award {name}", Goal(f"{name} gives", rule.path)
        else:
            yield f"holds {name}", Goal(f"{name} holds", rule.path)
            if not rule.keep:
                yield f"ends {name}", Goal(f"{name} ends", rule.path)
    for tier in model.tiers.values():
        for number, case in enumerate(tier.cases):
            yield f"case {_dotted(case.path)}", Goal(f"tiers.{tier.key}: case {number + 1} counts", case.path)
    for decay in model.decay.values():
        for number, step in enumerate(decay.steps):
            yield f"step {_dotted(step.path)}", Goal(f"decay.{decay.key}: step {number + 1} acts", step.path)
    for threshold in model.thresholds.values():
        name = f"thresholds.{threshold.key}"
        yield f"fired {threshold.key}", Goal(f"{name} fires", threshold.path)
    for mark in model.marks.values():
        yield f"mark {mark.key} on", Goal(f"marks.{mark.key} is put", mark.path)
        yield f"mark {mark.key} off", Goal(f"marks.{mark.key} is taken off", mark.path)
    for segment in model.segments.values():
        for word, text in (("in", "somebody is in"), ("out", "somebody is out of")):
            yield f"segment {segment.key} {word}", Goal(f"{text} segments.{segment.key}", segment.path)


def reached(model: Model, meant: Meant) -> frozenset[str]:
    """The keys of the goals that one life reaches."""
    cases = (f"case {_dotted(path)}" for path in meant.cases)
    return frozenset([*_by_changes(model, meant), *_by_sights(meant), *cases])


def _by_changes(model: Model, meant: Meant) -> Iterator[str]:
    for change in meant.timeline.changes:
        if change.kind == "fired":
            yield f"fired {change.name}"
        elif change.kind == "mark":
            yield f"mark {change.name} {'on' if change.after else 'off'}"
        elif change.reason in {"holds", "ends"}:
            yield from (f"{change.reason} {name}" for name in _copies(model, change.element, change.name))
        elif change.reason == "decay":
            yield f"step {_dotted(change.path)}"
        elif change.element.startswith("rules.") and change.kind != "limit":
            yield from (f"award {name}" for name in _copies(model, change.element, change.name))


def _copies(model: Model, element: str, thing: str) -> Iterable[str]:
    """The copy of a rule that changed something; where that does not tell them apart, all of them."""
    identifier = element.partition(".")[2]
    copies = [rule for rule in model.rules.values() if rule.id == identifier]
    product = thing.partition("@")[2]
    return [f"rules.{rule.key}" for rule in copies if not product or rule.product in {None, product}]


def _by_sights(meant: Meant) -> Iterator[str]:
    for sight in meant.sights:
        for name, value in sight.items():
            kind, _, key = name.partition(" ")
            if kind == "segment":
                yield f"segment {key} {'in' if value else 'out'}"


def _dotted(path: KeyPath) -> str:
    return ".".join(map(str, path))
