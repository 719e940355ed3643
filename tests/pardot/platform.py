"""A small model of what rules do to one person, in any order: to run emitted rules against, not a full emulator."""

from __future__ import annotations

import operator
import random
from dataclasses import dataclass, field

SCORE, CATEGORY = "Prospect score", "Prospect scoring category"


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
        self.rules = [item for item in bundle.objects if item.kind == "automation-rules"]
        self.lists = {item.name: item.table for item in bundle.objects if item.kind == "dynamic-lists"}
        self.random = random.Random(seed)
        self.last = {}
        self.matched = {}

    def sweep(self, person, day):
        order = list(self.rules)
        self.random.shuffle(order)
        for rule in order:
            table = rule.table
            last = self.last.get(rule.name)
            if last is not None and (not table["repeat"] or day - last < table["days_before_repeat"]):
                continue
            limit = table.get("match_limit", "unlimited")
            if limit != "unlimited" and self.matched.get(rule.name, 0) >= limit:
                continue
            if self.matches(table, person, day):
                self.last[rule.name] = day
                self.matched[rule.name] = self.matched.get(rule.name, 0) + 1
                for action in table["actions"]:
                    act(action, person)

    def days(self, person, first, last, sweeps=1):
        for day in range(first, last + 1):
            for _ in range(sweeps):
                self.sweep(person, day)

    def matches(self, table, person, day):
        join = all if table["match"] == "all" else any
        return join(
            self.matches(item, person, day) if "criteria" in item else self.holds(item, person, day)
            for item in table["criteria"]
        )

    def holds(self, item, person, day):
        what, of, how, value = (item.get(key, "") for key in ("criterion", "of", "operator", "value"))
        if what in {SCORE, CATEGORY}:
            return compare(person.score if what == SCORE else person.categories.get(of, 0), how, int(value))
        if what == "Prospect tag":
            return (of in person.tags) == (how == "is")
        if what == "Prospect time" and of == "last activity":
            return person.active is not None and compare(
                day - person.active, how.removesuffix(" (days ago)"), int(value)
            )
        if what == "Prospect list":
            inside = self.matches(self.lists[of], person, day) if of in self.lists else of in person.member
            return inside == (how == "is")
        if what == "Prospect email status":
            return value == "Opt In"
        return text(person.fields.get(of, ""), how, value)


def compare(number, how, bound):
    return {"is greater than": operator.gt, "is less than": operator.lt}[how](number, bound)


def text(found, how, value):
    if how in {"is empty", "is not empty"}:
        return (found == "") == (how == "is empty")
    if how in {"is greater than", "is less than"}:
        return found != "" and compare(int(found), how, int(value))
    low, wanted = str(found).lower(), [part.strip().lower() for part in value.split(";")]
    if how in {"isn't", "doesn't contain"} and low == "":
        return False
    if how == "is":
        return low in wanted
    if how == "isn't":
        return low not in wanted
    hit = any(part in low for part in wanted) and low != ""
    return hit == (how == "contains")


def act(action, person):
    what, of, value = (action.get(key, "") for key in ("action", "of", "value"))
    if what == "Adjust Prospect Score":
        person.score = int(value) if of == "To" else person.score + int(value)
    elif what == "Adjust Prospect Score for Scoring Category":
        person.categories[of] = person.categories.get(of, 0) + int(value)
    elif what == "Apply tags":
        person.tags.add(of)
    elif what == "Remove tags":
        person.tags.discard(of)
    elif what.startswith("Change prospect"):
        person.fields[of] = value
    else:
        person.done.append((what, of, value))
