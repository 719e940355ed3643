"""Emitted rules run day by day on one person whose score is set by hand: the emulator's rules, without its clock."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import partial

from scorewright_pardot import TARGET
from scorewright_pardot.emulator.bundle import read_bundle
from scorewright_pardot.emulator.criteria import read_criteria
from scorewright_pardot.emulator.days import DAY, Calendar
from scorewright_pardot.emulator.leaves import read_leaf
from scorewright_pardot.emulator.prospect import Prospect
from scorewright_pardot.emulator.unit import Names, Unit
from scorewright_pardot.emulator.world import World

WORLD = World.of({fact.id: fact.value for fact in TARGET.facts()})
_SEEN = ("Adjust Prospect Score", "Apply tags", "Remove tags", "Change prospect")
"""Actions that are seen by what they change; the others are noted in ``done``."""


@dataclass
class Person:
    score: int = 0
    categories: dict = field(default_factory=dict)
    fields: dict = field(default_factory=dict)
    tags: set = field(default_factory=set)
    active: int | None = None
    member: set = field(default_factory=set)
    done: list = field(default_factory=list)


class Platform:
    """Rules as they were emitted; a sweep looks at each once, in a random order, and acts at once."""

    def __init__(self, bundle, seed=0):
        tables = {}
        for item in bundle.objects:
            tables.setdefault(item.kind, []).append({"name": item.name, **item.table})
        self.built = read_bundle(tables, WORLD, Calendar("UTC"))
        names = [item.name for item in self.built.lists] + [
            row["name"] for row in tables.get("static-lists", ())
        ]
        wanted = tables.get("prerequisites", ())
        lists = [*names, *(row["called"] for row in wanted if row["kind"] == "list")]
        profiles = [row["called"] for row in wanted if row["kind"] == "profile"]
        unit = Unit(WORLD, Calendar("UTC"), Names(lists, self.built.categories, profiles))
        self.leaf = partial(read_leaf, unit)
        self.random = random.Random(seed)
        self.last = {}
        self.matched = {}

    def sweep(self, person, day):
        order = list(self.built.rules)
        self.random.shuffle(order)
        for rule in order:
            last = self.last.get(rule.by)
            if last is not None and (rule.repeat is None or day - last < rule.repeat):
                continue
            if rule.limit is not None and self.matched.get(rule.by, 0) >= rule.limit:
                continue
            prospect = self.prospect(person, day)
            if rule.criteria.holds(prospect, day * DAY):
                self.last[rule.by] = day
                self.matched[rule.by] = self.matched.get(rule.by, 0) + 1
                for action in rule.actions:
                    action.do(prospect)
                    if not action.label.startswith(_SEEN):
                        person.done.append((action.label, action.of, action.value))
                keep(prospect, person)

    def days(self, person, first, last, sweeps=1):
        for day in range(first, last + 1):
            for _ in range(sweeps):
                self.sweep(person, day)

    def matches(self, table, person, day):
        asked = read_criteria(table, self.leaf, ("dynamic-lists", "asked"), 2)
        return asked.holds(self.prospect(person, day), day * DAY)

    def prospect(self, person, day):
        """The person as the platform holds them, with every list rebuilt."""
        found = Prospect(0, {})
        found.score, found.categories = person.score, dict(person.categories)
        found.tags, found.lists = set(person.tags), set(person.member)
        values = {key: (str(value),) for key, value in person.fields.items() if value != ""}
        found.fields, found.account = dict(values), dict(values)
        found.active = None if person.active is None else person.active * DAY
        for _ in self.built.lists:
            for item in self.built.lists:
                found.put_list(item.name, on=item.criteria.holds(found, day * DAY))
        return found


def keep(prospect, person):
    """Whatever the rule has changed."""
    person.score, person.categories = prospect.score, prospect.categories
    person.tags.clear()
    person.tags.update(prospect.tags)
    for key, value in prospect.fields.items():
        if value != (str(person.fields.get(key, "")),):
            person.fields[key] = value[0] if value else ""
