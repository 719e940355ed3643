"""Awards that do not last: an engagement program waits beside each person, and takes back what one award gave.

A program takes a prospect through once at a time, so it can stand for one award and no more: for what is given once,
or for each of so many awards of a counter.  Whoever was awarded bears a tag, and is on the program's list by it; when
the wait is over the program takes the points and the tag.  Where a score is reset, the tag of what it was given comes
off, and whoever leaves the list stops where they are, for good.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.values import round_half_up
from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower import bounds as room
from scorewright_pardot.lower.binding import chain, resets
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.expression import both, tagged
from scorewright_pardot.lower.fitting import fit
from scorewright_pardot.lower.segments import population
from scorewright_pardot.objects import Act, ActionStep, DynamicList, EngagementProgram

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.model.elements import Model, Rule
    from scorewright_pardot.lower.awards import Points
    from scorewright_pardot.lower.context import Context

__all__ = ["can_be_let_go", "lasts", "let_go", "take_back"]

PHASE_PROGRAMS = 25
_CHECK = "Nobody, before the first awards."
_WHY = "Says that an award has not yet ended; the program that takes it back goes by it."
_TAKES_TAGS = ("program-acts-as-rules", "steps of a program take no tags off")
_MOVES_CATEGORIES = ("program-moves-categories", "programs do not adjust a scoring category")
_MOVES_SCORES = ("program-moves-scores", "programs do not adjust the prospect score")

Counters = tuple[str, ...]


def lasts(rule: Rule) -> bool:
    """Whether the awards of a rule stay for good."""
    return rule.expires is None and rule.fades is None


def take_back(
    cx: Context, rule: Rule, given: Points, named: tuple[str, str], awards: int | None
) -> tuple[Act, ...]:
    """The programs that take one award back, and the actions that put whoever gets it on their lists.

    ``named`` are the suffix of what is made for this award, and the tag that carries its points, which comes off with
    them; ``awards`` is how many the rule can give.  Raises ``CannotLowerError``.
    """
    if lasts(rule):
        return ()
    suffix, carries = named
    _check(cx, rule, awards, one=not suffix or not can_be_let_go(cx, given))
    found: list[Act] = []
    for part, counters in enumerate(_apart(cx.model, given), 1):
        steps = _steps(cx, rule, given, counters, awards)
        if not steps:
            continue
        tag = cx.tag(_tag(cx, rule, suffix, part), rule, _WHY)
        off = (tag,) if part > 1 else (tag, carries)
        _program(cx, rule, f"{suffix}{f' {part}' if part > 1 else ''}", tag, (*steps, *map(_drop, off)))
        found.append(Act(ACTIONS["tag-add"].text, tag))
    cx.edge(
        *cx.off(
            room.each_way(given, lambda points: room.either(room.moved(points), room.missing(points))),
            "crowded",
        )
    )
    return tuple(found)


def let_go(cx: Context, score: str) -> tuple[Act, ...]:
    """What a reset of a score takes off, so that nothing of what it was given before is taken from it any more."""
    return tuple(
        _drop(cx.tag(_tag(cx, rule, "", part), rule, _WHY)).act
        for rule in cx.model.rules.values()
        if not lasts(rule)
        for part, counters in enumerate(_apart(cx.model, rule.points), 1)
        if score in counters and any(_turns(cx, rule, rule.points, counters))
    )


def can_be_let_go(cx: Context, given: Points) -> bool:
    """Whether something resets a score that an award reaches."""
    return any(_is_reset(cx.model, name) for key, _ in given for name in chain(cx.model, key))


def _tag(cx: Context, rule: Rule, suffix: str, part: int) -> str:
    return cx.names.tag("rules", rule.key, *suffix.split(), "lasts" if part == 1 else f"lasts-{part}")


def _drop(tag: str) -> ActionStep:
    return ActionStep(Act(ACTIONS["tag-remove"].text, tag), 0)


def _check(cx: Context, rule: Rule, awards: int | None, *, one: bool) -> None:
    key = "expires" if rule.expires is not None else "fades"
    term = rule.expires or (rule.fades.every if rule.fades is not None else None)
    _can(cx, rule, _TAKES_TAGS)
    if term is None or not term.days:
        raise _cannot(rule, key, "the steps of a program wait for whole days")
    if awards is None:
        raise _cannot(
            rule, key, "a program takes a person through once at a time, and here awards can overlap"
        )
    if not one:
        raise _cannot(
            rule, key, "a reset ends what is still to come of every award, and here there are several"
        )
    cx.rest_on("dynamic-list-lag", "program-resumes-where-it-left", "program-labels")


def _can(cx: Context, rule: Rule, need: tuple[str, str]) -> None:
    """What a business unit's programs must be able to do: a fact, and what is lacking without it."""
    if not cx.flag(need[0]):
        raise _cannot(rule, "fades" if rule.fades is not None else "expires", need[1], need[:1])


def _cannot(rule: Rule, key: str, message: str, facts: tuple[str, ...] = ()) -> CannotLowerError:
    instead = "limit = { times = 1 }, with whole days, which a program takes back; or let the score decay in silence"
    return CannotLowerError("limit-needs-a-clock", message, instead, (*rule.path, key), facts)


def _apart(model: Model, given: Points) -> tuple[Counters, ...]:
    """The scores that an award reaches, each that is reset by itself, and all others together."""
    reached = dict.fromkeys(name for key, _ in given for name in chain(model, key))
    every = [key for key in reached if model.scores[key].kind == "engagement"]
    alone = [key for key in every if _is_reset(model, key)]
    rest = tuple(key for key in every if key not in alone)
    return tuple(item for item in (rest, *((key,) for key in alone)) if item)


def _is_reset(model: Model, key: str) -> bool:
    return bool(resets(model, key))


# --- what is taken, and when ------------------------------------------------------------------------------------------


def _steps(
    cx: Context, rule: Rule, given: Points, counters: Counters, awards: int | None
) -> tuple[ActionStep, ...]:
    """Each time that something ends or melts: the wait, and then all that is taken."""
    term = rule.expires or (rule.fades.every if rule.fades is not None else None)
    assert term is not None
    assert term.days
    found: list[ActionStep] = []
    wait = 0
    for taken in _turns(cx, rule, given, counters):
        wait += term.days
        for act in _take(cx, rule, taken, awards):
            found.append(ActionStep(act, 0, wait))
            wait = 0
    return tuple(found)


def _turns(cx: Context, rule: Rule, given: Points, counters: Counters) -> Iterator[dict[str, int]]:
    """For each time what is taken of each score."""
    melting = [
        (name, tuple(_melts(rule, number.value)))
        for key, number in given
        for name in chain(cx.model, key)
        if name in counters
    ]
    for turn in range(max((len(each) for _, each in melting), default=0)):
        taken: dict[str, int] = {}
        for name, each in melting:
            if turn < len(each):
                taken[name] = taken.get(name, 0) + each[turn]
        yield taken


def _melts(rule: Rule, points: int) -> Iterator[int]:
    """What of an award goes each time, rounded half up; never more than is left."""
    fades, left = rule.fades, points
    while left:
        if fades is None:
            change = left
        elif fades.subtract is not None:
            change = min(fades.subtract.value, abs(left)) * (1 if left > 0 else -1)
        else:
            change = round_half_up(left * (fades.percent or 0), 100)
            change = min(left, change) if left > 0 else max(left, change)
        if not change:
            return
        yield change
        left -= change


def _take(cx: Context, rule: Rule, taken: Mapping[str, int], awards: int | None) -> tuple[Act, ...]:
    categories: dict[str, int] = {}
    total = 0
    for key, points in taken.items():
        own, more = cx.homes.begins(key, -points)
        categories.update(own)
        total += more
    if any(categories.values()):
        _can(cx, rule, _MOVES_CATEGORIES)
    if total:
        _can(cx, rule, _MOVES_SCORES)
    spill = room.times(room.either(*map(room.moved, categories.values())), awards)
    bounds = cx.off({cx.homes.total: spill}, feeds=False) if cx.homes.total is not None else ()
    return cx.homes.adjust(cx, categories, total, bounds=bounds)


def _program(cx: Context, rule: Rule, part: str, tag: str, steps: Iterable[ActionStep]) -> None:
    """Whoever bears the tag goes through once; the population is asked for, as what falls due outside waits for a return."""
    numbered = tuple(step._replace(then=number) for number, step in enumerate(steps, 2))
    if len(numbered) + 1 >= (most := cx.number("program-steps-most")):
        raise _cannot(
            rule,
            "fades" if rule.fades is not None else "expires",
            f"{len(numbered) + 1} steps, and fewer than {most} can be started",
            ("program-steps-most",),
        )
    title = cx.names.list(f"rules {rule.key}{part}", "until it ends")
    made = cx.made(rule, "lasting", "Takes the award back at its own time.")
    why = "Whose award has not yet ended; the program takes it back."
    cx.dynamic_list(
        DynamicList(title, fit(cx, both(tagged(tag), population(cx)), rule), made._replace(why=why))
    )
    cx.add(EngagementProgram(title, title, numbered, None, PHASE_PROGRAMS, _CHECK, made), title)
