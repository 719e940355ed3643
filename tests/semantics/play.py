"""Short stories for the reference machine: a spec, a person, what happens, and what is so at some times."""

from __future__ import annotations

import tomllib
from functools import cache

from scorewright.model.history import FieldSet, Happening, Person
from scorewright.model.read.read import read
from scorewright.semantics import run
from scorewright.semantics.clock import Clock

__all__ = ["LEAD", "Story", "spec"]

LEAD = """
[scores.lead]
kind = "engagement"
"""
END = "2027-12-31"


@cache
def spec(body, zone="UTC", head=""):
    """A spec's text without its first lines, as a model; it must be read without a complaint."""
    first = f'language = 1\n[model]\nid = "made"\ntitle = "Made"\ntimezone = "{zone}"\n{head}\n'
    reading = read(tomllib.loads(first + body))
    assert reading.findings == ()
    return reading.model


class Story:
    """One person in one model.  Times are ISO texts on the model's wall clock; a date is its day's start."""

    def __init__(
        self, body, *, zone="UTC", head="", created="2026-01-01", fields=None, scores=None, marks=()
    ):
        self.model = spec(body, zone, head)
        self.clock = Clock(zone)
        self.created = created
        self.person = {"fields": fields or {}, "scores": scores or {}, "marks": frozenset(marks)}
        self.told = []

    def happens(self, at, verb, what="", *, name=None, known=None, **properties):
        """Something happens; ``known`` is when the platform learns of it."""
        known = None if known is None else self.clock.read(known)
        properties = {key.replace("_", "-"): value for key, value in properties.items()}
        self.told.append(Happening(self.clock.read(at), verb, what, properties, name, known))
        return self

    def visits(self, at, page="any-page", **more):
        """A page is seen."""
        return self.happens(at, "visits", page, **more)

    def submits(self, at, form="any-form", **more):
        """A form is sent."""
        return self.happens(at, "submits", form, **more)

    def sets(self, at, field, value):
        """A field gets a value."""
        self.told.append(FieldSet(self.clock.read(at), field, value))
        return self

    # --- what comes of it -------------------------------------------------------------------------------------------

    def seen(self, look, *times):
        """What a look at the state (an ``Ask``) gives at some times: one answer, or a list of them."""
        found = {}
        looks = {}
        for time in times:
            looks[self.clock.read(time)] = [lambda ask, _, time=time: found.__setitem__(time, look(ask))]
        self.timeline(max(self.clock.read(time) for time in times), looks)
        answers = [found[time] for time in times]
        return answers if len(times) > 1 else answers[0]

    def score(self, key, *times):
        """A score at some times."""
        return self.seen(lambda ask: ask.score(key), *times)

    def lead(self, *times):
        """The score called lead at some times."""
        return self.score("lead", *times)

    def marks(self, *times):
        """The marks at some times."""
        return self.seen(lambda ask: set(ask.state.marks), *times)

    def field(self, key, *times):
        """A field at some times."""
        return self.seen(lambda ask: ask.state.fields.get(key), *times)

    def inside(self, segment, *times):
        """Whether the person is in a segment at some times."""
        return self.seen(lambda ask: ask.holds(ask.model.segments[segment].when), *times)

    def fired(self, threshold, until=END):
        """When a threshold has fired, as the model's wall clock shows it, to the minute."""
        changes = self.timeline(self.clock.read(until)).changes
        return [
            self.clock.wall(change.at).isoformat(timespec="minutes")
            for change in changes
            if change.kind == "fired" and change.name == threshold
        ]

    def timeline(self, until, looks=None):
        """The whole timeline up to an instant."""
        person = Person(self.clock.read(self.created), **self.person, history=tuple(self.told))
        return run(self.model, person, until, looks)
