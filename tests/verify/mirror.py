"""A target whose platform is the reference machine itself: its one file is a spec, which a test can falsify."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field

from scorewright.model.conditions import InSegment
from scorewright.model.read.read import read
from scorewright.plugin.emulation import Bound, Deed, Gauge, Played, done_key
from scorewright.plugin.facts import Confidence, Fact
from scorewright.semantics import Machine
from scorewright.verify.bundle import BoundOf, ReadBundle
from scorewright.verify.work import Task

HALF = Fact(
    "gives-half", "It gives all.", False, Confidence.UNKNOWN, "nobody says", "2026-01-01", "Look.", (True,)
)


def model_of(text):
    reading = read(tomllib.loads(text))
    assert reading.findings == ()
    return reading.model


@dataclass
class Mirror:
    """The plugin: only what the proof asks of one."""

    name: str = "mirror"
    title: str = "Mirror"
    known: tuple[Fact, ...] = ()

    def facts(self):
        return self.known

    def emulator(self, model, tables, facts):
        return Reflection(tables["specs"][0]["text"], facts, gauges=tuple(gauges_of(model)))


@dataclass
class Reflection:
    """Plays the text that the file holds; where the fact ``gives-half`` is so, scores show half."""

    text: str
    facts: dict
    modelled: frozenset[str] = frozenset({"gives-half"})
    gauges: tuple[Gauge, ...] = ()
    model: object = field(init=False)

    def __post_init__(self):
        self.model = model_of(self.text)
        self.machine = Machine(self.model)

    def play(self, person, looks, schedule):
        sights = []

        def look(ask, changes):
            sights.append(dict(self.sight(ask, changes)))

        timeline = self.machine.run(person, max(looks, default=0), {at: [look] for at in looks})
        return Played(tuple(sights), tuple(Deed(item.at, "mirror", item.name) for item in timeline.changes))

    def sight(self, ask, changes):
        half = self.facts.get("gives-half", False)
        for gauge in self.gauges:
            if gauge.kind == "score":
                value = ask.score(gauge.key)
                yield gauge.name, value // 2 if half else value
            elif gauge.kind == "mark":
                yield gauge.name, gauge.key in ask.state.marks
            elif gauge.kind == "segment":
                yield gauge.name, ask.holds(InSegment(gauge.key))
            else:
                yield (
                    gauge.name,
                    sum(
                        item.kind == "done" and done_key(item.path, item.after) == gauge.key
                        for item in changes
                    ),
                )


def gauges_of(model):
    for kind, table in (("score", model.scores), ("mark", model.marks), ("segment", model.segments)):
        yield from (Gauge(kind, key, {}, 2, 1) for key in table)
    for threshold in model.thresholds.values():
        for action in threshold.then:
            if type(action).__name__ in {"Notify", "CreateTask", "Moment"}:
                yield Gauge("done", done_key(action.path, threshold.product), {}, 2, 1)


def task_of(text, shown=None, *, bounds=(), facts=frozenset(), effort=1, seed=1, only=""):
    """The task of proving that ``shown`` does what ``text`` means; ``bounds`` are (element, Bound)."""
    model = model_of(text)
    bundle = ReadBundle(
        {"specs": ({"name": "spec", "text": shown or text},)},
        tuple(gauges_of(model)),
        tuple(BoundOf(element, None, "a-note", Bound(*bound)) for element, bound in bounds),
        facts,
    )
    return Task(model, "mirror", bundle, {"gives-half": False}, frozenset(), seed, effort, only)
