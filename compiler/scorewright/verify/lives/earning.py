"""Lives of event rules: what earns points, what nearly does, and how often."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.value_tests import Age
from scorewright.model.values import round_half_up
from scorewright.verify.lives.events import every_pick, misses
from scorewright.verify.lives.life import DAY, HOUR, SPACE, Aimed
from scorewright.verify.lives.moves import rule_wants
from scorewright.verify.lives.story import Story, gap_within
from scorewright.verify.lives.undoing import can_be_undone, undo
from scorewright.verify.lives.wants import NOTHING, ways

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Rule
    from scorewright.model.events import Event
    from scorewright.model.values import Window
    from scorewright.verify.lives.scene import Scene

__all__ = ["award", "earning", "edges", "starting"]

_CHAIN = 6
"""Rules that one life goes through: few, so that what differs in it is soon found."""
_MINUTE = 60
_WRITTEN = ("field", "stage", "mark", "list")
"""What an action writes and another can write over, by the action's own name for it."""
_LONGEST = 400
"""Days, and losses, that are waited for until an award has melted."""
_CALENDAR_DAYS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}


def earning(stage: Scene) -> Iterator[Aimed]:
    """Every event rule: one after the other with quiet between them, then each with its limits and conditions."""
    rules = [rule for rule in stage.model.rules.values() if rule.on]
    for hasty in (False, True):
        plain = [rule for rule in rules if rule.active is None and _is_hasty(rule) is hasty]
        for first in range(0, len(plain), _CHAIN):
            yield _chain(stage, plain[first : first + _CHAIN])
    for rule in rules:
        yield from _of(stage, rule)
    yield from _over_each_other(stage, rules)


def _over_each_other(stage: Scene, rules: list[Rule]) -> Iterator[Aimed]:
    """Two rules that write one field, mark or list, within a minute, and the other way round: what stays is the later."""
    writers: dict[str, list[Rule]] = {}
    for rule in rules:
        for action in rule.then:
            thing = next((name for name in _WRITTEN if hasattr(action, name)), None)
            stays = f"{thing} {getattr(action, thing)}" if thing is not None else ""
            if stays and rule not in writers.setdefault(stays, []):
                writers[stays].append(rule)
    for thing, found in writers.items():
        for first, second in pairwise(found):
            story = Story(stage)
            for one, other in ((first, second), (second, first)):
                award(stage, story, one, one.on[0])
                story.gap, usual = _MINUTE, story.gap
                award(stage, story, other, other.on[0])
                story.gap = usual
            names = (f"rules.{first.key}", f"rules.{second.key}")
            yield Aimed(2, story.rest().life(f"{names[0]} and {names[1]}: {thing}, within a minute", *names))


def _is_hasty(rule: Rule) -> bool:
    """Whether a rule asks for things that lie close together."""
    first = rule.on[0]
    return (first.nth > 1 and gap_within(first.within, first.nth) < SPACE) or rule.wait is not None


def _chain(stage: Scene, rules: list[Rule]) -> Aimed:
    names = tuple(f"rules.{rule.key}" for rule in rules)
    story = Story(stage)
    for rule in rules:
        award(stage, story, rule, rule.on[0])
        story.rest()
    for rule in rules:
        award(stage, story, rule, rule.on[-1], pick=1)
        story.rest()
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return Aimed(1, story.life(f"{names[0]}{more}: each earned twice", *names))


def award(stage: Scene, story: Story, rule: Rule, event: Event, pick: int | None = None) -> None:
    """Have everything be so that a rule gives, and then the event; as often as it must be the n-th."""
    wants = rule_wants(stage, rule, event)
    any(story.become(want) for want in wants[:3])
    if event.verb == "changes":
        found = ways(stage.model, rule.when)
        tests = [
            (test, so) for field, test, so in (found[0].tests if found else ()) if field in event.objects
        ]
        for _ in range(event.nth):
            story.changes(event, tests, pick or 0)
    else:
        story.times(event, event.nth, pick=pick)
    if rule.wait is not None:
        story.wait(rule.wait.seconds)


def starting(stage: Scene, rule: Rule) -> int:
    """When a life about a rule begins: while the rule is in force."""
    if rule.active is None or (rule.active.first is None and rule.active.last is None):
        return stage.created
    if rule.active.first is not None:
        return max(stage.clock.instant(stage.on(rule.active.first, 1)), stage.starts or 0)
    assert rule.active.last is not None
    return min(stage.created, stage.clock.instant(stage.on(rule.active.last, -30)))


def _of(stage: Scene, rule: Rule) -> Iterator[Aimed]:
    name = f"rules.{rule.key}"
    if rule.active is not None:
        yield from _active(stage, rule, name)
    yield from _each_event(stage, rule, name)
    yield from _near(stage, rule, name)
    if rule.limit is not None or rule.group is not None:
        yield from _limits(stage, rule, name)
    event = rule.on[0]
    if event.nth > 1 and event.within is not None:
        yield from _counted(stage, rule, name, event)
    if rule.when is not None:
        yield from _conditions(stage, rule, name)
    if rule.wait is not None:
        yield from _waits(stage, rule, name)
    if rule.expires is not None or rule.fades is not None:
        yield from _ends(stage, rule, name)
    if can_be_undone(rule.then):
        yield _undone(stage, rule, name)


def _undone(stage: Scene, rule: Rule, name: str) -> Aimed:
    """What others undo is done again with the next award."""
    story = Story(stage, created=starting(stage, rule))
    for number in range(3):
        award(stage, story, rule, rule.on[number % len(rule.on)])
        story.rest()
        undo(story, rule.then)
    award(stage, story, rule, rule.on[0])
    return Aimed(1, story.rest().life(f"{name}: undone by others, and earned again", name))


def _active(stage: Scene, rule: Rule, name: str) -> Iterator[Aimed]:
    """A second before the first day, its first second, the last second of the last day and the one after."""
    assert rule.active is not None
    story = Story(stage, created=starting(stage, rule))
    award(stage, story, rule, rule.on[0])
    yield Aimed(1, story.rest().life(f"{name}: while in force", name))
    for word, day, days in (("first", rule.active.first, 0), ("last", rule.active.last, 1)):
        if day is None:
            continue
        turn = stage.clock.day_start((stage.on(day, days)).date())
        for seconds in (-1, 0, 1):
            story = Story(stage, created=turn - 10 * DAY + 7)
            for want in rule_wants(stage, rule, rule.on[0])[:1]:
                story.become(want)
            story.wait(max(0, turn + seconds - story.at)).happens(rule.on[0])
            yield Aimed(2 if seconds <= 0 else 5, story.life(f"{name}: {word} day, {seconds:+d} s", name))


def _each_event(stage: Scene, rule: Rule, name: str) -> Iterator[Aimed]:
    """Every event and every asset of a rule."""
    picks = [(event, pick) for event in rule.on for pick in range(max(2, every_pick(stage, event)))]
    together = 8 if rule.limit is None and rule.group is None else 1
    for first in range(0, len(picks), together):
        story = Story(stage, created=starting(stage, rule))
        for event, pick in picks[first : first + together]:
            award(stage, story, rule, event, pick)
            story.rest()
        if len(picks) > 2:
            cost = min(10, 2 + first // together // (8 if together == 1 else 1))
            yield Aimed(cost, story.life(f"{name}: events {first + 1} and on", name))


def _near(stage: Scene, rule: Rule, name: str) -> Iterator[Aimed]:
    """What is nearly the event, and then the event itself."""
    for number, event in enumerate(rule.on):
        near = misses(stage, event, stage.created) if event.verb != "changes" else []
        for first in range(0, len(near), 10):
            story = Story(stage, created=starting(stage, rule))
            for want in rule_wants(stage, rule, event)[:1]:
                story.become(want)
            for item in near[first : first + 10]:
                story.add(item._replace(at=0))
            award(stage, story, rule, event)
            effort = min(10, 2 + number + first // 5)
            yield Aimed(
                effort, story.life(f"{name}: near misses of event {number + 1}, from {first + 1}", name)
            )


# --- limits and counts ----------------------------------------------------------------------------------------------


def _limits(stage: Scene, rule: Rule, name: str) -> Iterator[Aimed]:
    """One less than the limit, as many, and one more; then its window's end, a second before, at, and after."""
    group = stage.model.groups[rule.group].limit if rule.group is not None else None
    for whose, limit in (("limit", rule.limit), (f"groups.{rule.group}", group)):
        if limit is None:
            continue
        points = max((abs(number.value) for _, number in rule.points if number.value), default=1)
        count = limit.count if limit.kind == "times" else -(-limit.count // points)
        count = min(count, 30)
        story = Story(stage, created=starting(stage, rule))
        _repeat(stage, story, rule, count + 2, limit.per)
        yield Aimed(1, story.rest().life(f"{name}: {whose} {limit.count}, one more and another", name))
        if limit.by_asset:
            story = Story(stage, created=starting(stage, rule))
            for pick in (0, 1, 0, 2, 1, 0):
                _repeat(stage, story, rule, 1, limit.per, pick)
            yield Aimed(1, story.life(f"{name}: {whose} {limit.count} for each asset", name))
        if limit.per is not None:
            for seconds, effort in edges(limit.per):
                story = Story(stage, created=starting(stage, rule))
                _repeat(stage, story, rule, count, limit.per)
                _repeat_at(story, rule, _end(stage, story, limit.per, count) + seconds)
                story.happens(rule.on[0]).rest()
                _repeat(stage, story, rule, 1, limit.per)
                yield Aimed(effort, story.life(f"{name}: {whose} per {limit.per}, {seconds:+d} s", name))


def edges(window: Window) -> tuple[tuple[int, int], ...]:
    """Seconds around a window's end, each with the least effort at which it is tried."""
    return (
        ((-1, 2), (0, 2), (1, 4), (-HOUR, 6), (DAY, 5))
        if window.calendar != "visit"
        else ((-1, 2), (0, 2), (1, 4))
    )


def _repeat(  # noqa: PLR0917 - whose, what, how often and in what
    stage: Scene, story: Story, rule: Rule, count: int, window: Window | None, pick: int | None = None
) -> None:
    event = rule.on[0]
    for want in rule_wants(stage, rule, event)[:1]:
        story.become(want)
    usual, story.gap = story.gap, min(story.close(window, count), _while_new(stage, rule, count))
    for _ in range(count):
        if event.verb == "changes":
            award(stage, story, rule, event)
        else:
            story.times(event, 1 if event.nth == 1 or story.told else event.nth, window, pick)
    story.gap = usual


def _while_new(stage: Scene, rule: Rule, count: int) -> int:
    """How far apart things can stand that must all happen while the person is new."""
    ages = [
        item.test.duration.seconds
        for item in con.walk(rule.when)
        if isinstance(item, con.FieldTest) and isinstance(item.test, Age) and item.test.mode == "within_last"
    ]
    return min([stage.space, *(age // (2 * count + 4) for age in ages)])


def _repeat_at(story: Story, rule: Rule, at: int) -> None:
    story.wait(max(0, at - story.at)).happens(rule.on[0])


def _end(stage: Scene, story: Story, window: Window, count: int) -> int:
    """When the first of the last so many things has left the window."""
    told = [item.at for item in story.told][-count:]
    first = told[0] if told else story.at
    if window.rolling is not None:
        return first + window.rolling.seconds
    if window.calendar == "visit":
        return story.at + 30 * 60
    clock, at = stage.clock, story.at
    for _ in range(_CALENDAR_DAYS[window.calendar] + 1):
        at = next(clock.days(at, at + 3 * DAY))
        if clock.window_start(window, at) >= at - 1:
            return at
    return at


def _counted(stage: Scene, rule: Rule, name: str, event: Event) -> Iterator[Aimed]:
    """The n-th event when the first is about to leave the window, leaves it, and has left it."""
    assert event.within is not None
    for seconds, effort in edges(event.within):
        story = Story(stage, created=starting(stage, rule))
        for want in rule_wants(stage, rule, event)[:1]:
            story.become(want)
        story.times(event, event.nth - 1)
        end = _end(stage, story, event.within, event.nth - 1)
        _repeat_at(story, rule, end + seconds)
        yield Aimed(
            effort, story.rest().life(f"{name}: {event.nth} within {event.within}, {seconds:+d} s", name)
        )


# --- conditions, waits, ends ----------------------------------------------------------------------------------------


def _conditions(stage: Scene, rule: Rule, name: str) -> Iterator[Aimed]:
    """The event while the condition does not hold, then while it does, and again while it does not."""
    event = rule.on[0]
    false, true = ways(stage.model, rule.when, so=False), ways(stage.model, rule.when)
    for number, want in enumerate(false):
        story = Story(stage, created=starting(stage, rule))
        for wanted in (want, true[number % len(true)] if true else NOTHING, want):
            story.become(wanted)
            if event.verb == "changes":
                tests = [(test, so) for field, test, so in wanted.tests if field in event.objects]
                story.changes(event, tests)
            else:
                story.times(event, event.nth)
            story.rest()
        yield Aimed(
            min(9, 1 + number), story.life(f"{name}: event, condition off {number + 1}, on, off", name)
        )


def _waits(stage: Scene, rule: Rule, name: str) -> Iterator[Aimed]:
    """What the condition reads changes a second before the wait is over, when it is, after, and long after."""
    assert rule.wait is not None
    event = rule.on[0]
    true, false = ways(stage.model, rule.when), ways(stage.model, rule.when, so=False)
    for first, then, word in ((true, false, "breaks"), (false, true, "comes true")):
        for seconds, effort in ((-HOUR, 1), (-1, 3), (0, 4), (1, 3)):
            if not first or not then:
                continue
            story = Story(stage, created=starting(stage, rule))
            story.become(first[0])
            story.happens(event)
            story.gap = 0
            story.wait(max(0, rule.wait.seconds + seconds)).become(then[0])
            story.gap = stage.space
            yield Aimed(
                effort, story.rest().life(f"{name}: condition {word} {seconds:+d} s after the wait", name)
            )
        if first:
            story = Story(stage, created=starting(stage, rule))
            story.become(first[0])
            story.times(event, event.nth).wait(rule.wait.seconds).rest()
            any(story.become(want) for want in then[:1])
            yield Aimed(1, story.rest().life(f"{name}: condition {word} long after the wait", name))


def _ends(stage: Scene, rule: Rule, name: str) -> Iterator[Aimed]:
    """Points that expire or melt: two awards, one after the other, to the very end."""
    term = rule.expires or (rule.fades.every if rule.fades is not None else None)
    assert term is not None
    for word, gap, effort in (
        ("apart", stage.space, 1),
        ("close", HOUR, 4),
        ("a term apart", term.seconds, 3),
    ):
        story = Story(stage, created=starting(stage, rule))
        award(stage, story, rule, rule.on[0])
        story.wait(gap).happens(rule.on[0])
        days = min(_LONGEST, _losses(rule) * term.seconds // DAY + 3)
        yield Aimed(effort, story.life(f"{name}: two that end, {word}", name, tail=max(40, days)))


def _losses(rule: Rule) -> int:
    """How often something is taken back of an award, until nothing is left, or nothing more melts."""
    if rule.fades is None:
        return 1
    left, count = max((abs(number.value) for _, number in rule.points), default=0), 0
    while left and count < _LONGEST:
        by = rule.fades.subtract.value if rule.fades.subtract is not None else 0
        less = by or round_half_up(left * (rule.fades.percent or 0), 100)
        if not less:
            break
        left, count = max(0, left - less), count + 1
    return count
