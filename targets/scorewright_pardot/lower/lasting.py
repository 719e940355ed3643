"""Awards that do not last: an engagement program waits beside each person, and takes back what one award gave.

A program takes a prospect through once at a time, so it can stand for one award and no more: for what is given once,
or for each of so many awards of a counter.  Whoever was awarded bears a tag, and is on the program's list by it; when
the wait is over the program takes the points and the tag.  Where a score is reset, the tag of what it was given comes
off, and whoever leaves the list stops where they are, for good.

The tag, the list and the program are called by what is taken, and when: an award ends as it was said when it was given,
so another version that says otherwise has others, beside those that still wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.values import round_half_up
from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower import bounds as room
from scorewright_pardot.lower.awards import one_by_one
from scorewright_pardot.lower.binding import chain, resets
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.expression import both, tagged
from scorewright_pardot.lower.fitting import fit
from scorewright_pardot.lower.segments import population
from scorewright_pardot.objects import Act, ActionStep, DynamicList, EngagementProgram

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.model.elements import Model, Rule
    from scorewright.model.values import Duration
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


def take_back(cx: Context, rule: Rule, given: Points, suffix: str, awards: int | None) -> tuple[Act, ...]:
    """The programs that take one award back, and the actions that put whoever gets it on their lists.

    ``suffix`` is that of what is made for this award, and ``awards`` is how many the rule can give.  The tag that carries
    the points stays: it says that the award was given, which a limit counts for ever.  Raises ``CannotLowerError``.
    """
    if lasts(rule):
        return ()
    _check(cx, rule, awards, one=not suffix or not can_be_let_go(cx, given))
    found: list[Act] = []
    for counters in _apart(cx.model, given):
        steps = _steps(cx, rule, given, counters, awards)
        if not steps:
            continue
        ending = _ending(cx.model, rule, given, counters)
        tag = cx.tag(_tag(cx, rule, suffix, ending), rule, _WHY)
        title = cx.names.list(f"rules {rule.key}{suffix}", ending.said)
        _program(cx, rule, title, tag, (*steps, _drop(tag)))
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
        _drop(cx.tag(_tag(cx, rule, "", _ending(cx.model, rule, given, counters)), rule, _WHY)).act
        for rule in cx.model.rules.values()
        if not lasts(rule) and rule.limit is not None and rule.limit.per is None
        for given in one_by_one(rule, rule.limit)[:1]  # of more than one award nothing can be let go
        for counters in _apart(cx.model, given)
        if score in counters and any(_turns(cx, rule, given, counters))
    )


def can_be_let_go(cx: Context, given: Points) -> bool:
    """Whether something resets a score that an award reaches."""
    return any(_is_reset(cx.model, name) for key, _ in given for name in chain(cx.model, key))


class _Ending(NamedTuple):
    """What ends and when: for the name of a tag, and for a reader."""

    key: str
    said: str


def _ending(model: Model, rule: Rule, given: Points, counters: Counters) -> _Ending:
    """What of an award each counter has to lose, and by how much how often."""
    left: dict[str, int] = {}
    for score, number in given:
        for name in chain(model, score):
            if name in counters:
                left[name] = left.get(name, 0) + number.value
    scores = [(name, points) for name, points in left.items() if points]
    key = "-".join(f"{name}-{points}" for name, points in scores)
    said = ", ".join(f"{points} {name}" for name, points in scores)
    if rule.fades is None:
        term = _days(rule.expires)
        return _Ending(f"{key}-for-{term}", f"{said} for {term}")
    fades = rule.fades
    less = f"{fades.subtract.value}" if fades.subtract is not None else f"{fades.percent}%"
    word = less.replace("%", "-percent")
    term = _days(fades.every)
    return _Ending(f"{key}-less-{word}-every-{term}", f"{said}, {less} less every {term}")


def _days(term: Duration | None) -> str:
    """Two weeks are 14 days, however they are written."""
    return f"{term.days}d" if term is not None and term.days else str(term)


def _tag(cx: Context, rule: Rule, suffix: str, ending: _Ending) -> str:
    return cx.names.tag("rules", rule.key, *suffix.split(), "lasts", ending.key)


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


def _program(cx: Context, rule: Rule, title: str, tag: str, steps: Iterable[ActionStep]) -> None:
    """Whoever bears the tag goes through once; the population is asked for, as what falls due outside waits for a return."""
    numbered = tuple(step._replace(then=number) for number, step in enumerate(steps, 2))
    if len(numbered) + 1 >= (most := cx.number("program-steps-most")):
        raise _cannot(
            rule,
            "fades" if rule.fades is not None else "expires",
            f"{len(numbered) + 1} steps, and fewer than {most} can be started",
            ("program-steps-most",),
        )
    made = cx.made(rule, "lasting", "Takes the award back at its own time.")
    why = "Whose award has not yet ended; the program takes it back."
    cx.dynamic_list(
        DynamicList(title, fit(cx, both(tagged(tag), population(cx)), rule), made._replace(why=why))
    )
    cx.add(EngagementProgram(title, title, numbered, None, PHASE_PROGRAMS, _CHECK, made), title)
