"""What lives should reach of a model, and what some lives do reach, by the reference machine alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.semantics import Machine
from scorewright.semantics.ask import is_known
from scorewright.semantics.parts import question
from scorewright.verify.lives.life import known_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scorewright.model.elements import Model
    from scorewright.semantics.ask import Ask
    from scorewright.semantics.timeline import Change
    from scorewright.verify.lives import Life

__all__ = ["constants", "goals", "reached"]


def goals(model: Model) -> Iterator[str]:
    """Awards, limits, cases, steps, thresholds once and twice, marks, segments, labels and criteria both ways."""
    for rule in model.rules.values():
        yield f"award {rule.key}"
        yield from (f"limit {rule.key}" for _ in (1,) if rule.limit or rule.group)
        yield from (f"ends {rule.key}" for _ in (1,) if not rule.on and not rule.keep)
        yield from (f"expired {rule.key}" for _ in (1,) if rule.expires)
        yield from (f"faded {rule.key}" for _ in (1,) if rule.fades)
    for tier in model.tiers.values():
        yield from (f"case {tier.key} {number}" for number in range(len(tier.cases)))
        yield f"case {tier.key} other"
        yield from (f"case {tier.key} unknown" for _ in (1,) if tier.field)
    for decay in model.decay.values():
        yield from (f"step {decay.key} {number}" for number in range(len(decay.steps)))
        yield f"re-armed {decay.key}"
    for key in model.thresholds:
        yield from (f"fired {key}", f"twice {key}")
    for key in model.marks:
        yield from (f"mark {key} on", f"mark {key} off")
    for key in model.segments:
        yield from (f"segment {key} in", f"segment {key} out")
    for band in model.bands.values():
        yield from (f"label {band.key} {case.label}" for case in band.cases)
    for grade in model.grades.values():
        for criterion in grade.criteria:
            for word in ("matches", "does not match", "is unknown"):
                yield f"criterion {grade.key} {criterion.id} {word}"
    for score in model.scores.values():
        if score.kind == "engagement" and (score.floor or score.ceiling):
            yield f"clamped {score.key}"


def constants(model: Model) -> set[tuple[str, int]]:
    """Every number that a score is compared with."""
    asked = [item.when for table in (model.rules, model.segments, model.decay) for item in table.values()]
    asked += [item.when for item in model.thresholds.values()]
    asked += [item.unless for item in model.thresholds.values()]
    found = [
        (item.score, edge)
        for condition in asked
        for item in con.walk(condition)
        if isinstance(item, con.ScoreTest)
        for edge in (item.bounds.least, item.bounds.most)
    ]
    for band in model.bands.values():
        lower = [case.lower for case in band.cases if case.lower is not None]
        found += [(band.score, bound.number.value + (not bound.inclusive)) for bound in lower]
    for decay in model.decay.values():
        levels = [edge for step in decay.steps for edge in (step.level.least, step.level.most)]
        found += [(decay.score, edge) for edge in (*levels, decay.stop_at and decay.stop_at.value)]
    for key, score in model.scores.items():
        found += [(key, bound.value) for bound in (score.floor, score.ceiling) if bound is not None]
    return {(key, edge) for key, edge in found if edge is not None}


@dataclass
class _Seen:
    model: Model
    found: set[str] = field(default_factory=set)
    scores: set[tuple[str, int]] = field(default_factory=set)

    def look(self, ask: Ask, _: tuple[Change, ...]) -> None:
        self.scores |= {(key, ask.score(key)) for key in self.model.scores}
        self.found |= set(self._sights(ask))

    def _sights(self, ask: Ask) -> Iterator[str]:
        for tier in self.model.tiers.values():
            places = [place for place, case in enumerate(tier.cases) if ask.holds(question(tier, case))]
            unknown = tier.field is not None and not is_known(ask.value(tier.field))
            yield f"case {tier.key} {places[0] if places else 'unknown' if unknown else 'other'}"
        for key, segment in self.model.segments.items():
            yield f"segment {key} {'in' if ask.holds(segment.when) else 'out'}"
        for key, band in self.model.bands.items():
            yield f"label {key} {ask.label(band)}"
        for grade in self.model.grades.values():
            for criterion in grade.criteria:
                word = "matches" if ask.holds(criterion.when) else "does not match"
                word = "is unknown" if ask._unknown(criterion.when) else word
                yield f"criterion {grade.key} {criterion.id} {word}"

    def changes(self, changes: tuple[Change, ...]) -> None:
        fired = Counter(change.name for change in changes if change.kind == "fired")
        self.found |= {f"fired {key}" for key in fired} | {
            f"twice {key}" for key, n in fired.items() if n > 1
        }
        for change in changes:
            self.found |= set(self._of(change))

    def _of(self, change: Change) -> Iterator[str]:
        path, model = tuple(change.path[:2]), self.model
        words = {"award": "award", "holds": "award", "ends": "ends", "expired": "expired", "faded": "faded"}
        if path[0] == "rules" and change.reason in words:
            keys = [rule.key for rule in model.rules.values() if rule.path == path]
            yield from (f"{words[change.reason]} {key}" for key in keys)
        if change.reason == "decay":
            for decay in model.decay.values():
                steps = enumerate(decay.steps)
                yield from (
                    f"step {decay.key} {number}" for number, step in steps if step.path == change.path
                )
        if change.kind == "limit":
            yield f"limit {change.name}"
        if change.kind == "mark":
            yield f"mark {change.name} {'on' if change.after else 'off'}"
        if change.reason in {"re-armed", "clamped"}:
            yield f"{change.reason} {change.name}"


def reached(model: Model, lives: Iterable[Life]) -> tuple[set[str], set[tuple[str, int]]]:
    """The goals that some lives reach, and every number that a score stood at after something happened."""
    seen, machine = _Seen(model), Machine(model)
    for life in lives:
        person = life.person
        instants = {person.created, life.until, *(known_at(item, person.created) for item in person.history)}
        looks = {at: [seen.look] for at in instants if at <= life.until}
        seen.changes(machine.run(person, life.until, looks).changes)
    return seen.found, seen.scores
