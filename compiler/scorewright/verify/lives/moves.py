"""What changes scores and by how much, as the reference machine measures it; and sums of it that make a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scorewright.model.history import Happening
from scorewright.model.value_tests import Is
from scorewright.semantics.parts import question
from scorewright.verify.lives.story import Story
from scorewright.verify.lives.wants import NOTHING, Want, ways

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scorewright.model.elements import Model, Rule
    from scorewright.model.events import Event
    from scorewright.semantics.ask import Ask
    from scorewright.verify.lives.stage import Stage

__all__ = ["Move", "Moves", "rule_wants"]

_MOST, _EVER = 12, 60
"""How many things are added up in every way; and how many of the largest, before people begin with points."""
_WIDE = 4_000
"""How far from 0 sums of moves are followed."""
_NEAR = 40
"""How far from a number that cannot be earned another one is looked for."""
_WAYS = 4
"""Ways in which a condition comes about, and events of a rule, that are tried as moves."""


class Move(NamedTuple):
    """Something that changes scores: an event, or what holds.  ``most`` is how often it can be repeated."""

    name: str
    want: Want
    event: Event | None
    most: int
    deltas: Mapping[str, int]
    things: frozenset[str]
    """What it sets: two moves that set one thing are alternatives."""


def rule_wants(stage: Stage, rule: Rule, event: Event) -> list[Want]:
    """The ways in which an event rule's condition holds; what changes is told by the change itself."""
    found = ways(stage.model, rule.when)
    if event.verb != "changes":
        return found
    return [want._replace(tests=tuple(t for t in want.tests if t[0] not in event.objects)) for want in found]


class Moves:
    """All moves of a model, measured on somebody to whom nothing else happens."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.moves: list[Move] = []
        self.first: dict[str, int] = {}
        """The scores of somebody new."""
        self._plans: dict[tuple[str, int, frozenset[str], int], list[tuple[Move, int]] | None] = {}

    def measure(self) -> None:
        """Find out what there is.  Whoever needs a score for that begins with it."""
        self.first = Story(self.stage).seen(_scores)
        made = [*self._events(), *self._facts()]
        self.moves = [move for move in made if any(move.deltas.values())]
        self._plans.clear()

    # --- what there is ----------------------------------------------------------------------------------------------

    def _events(self) -> Iterator[Move]:
        for rule in self.stage.model.rules.values():
            for event in rule.on[:_WAYS]:
                if event.nth == 1:
                    want = next(iter(rule_wants(self.stage, rule, event)), NOTHING)
                    yield self._measured(f"rules.{rule.key}", want, event, rule)

    def _facts(self) -> Iterator[Move]:
        model = self.stage.model
        for rule in model.rules.values():
            if not rule.on:
                for want in ways(model, rule.when)[:_WAYS]:
                    yield self._measured(f"rules.{rule.key}", want)
        for tier in model.tiers.values():
            for case in tier.cases:
                for want in ways(model, question(tier, case))[:_WAYS]:
                    yield self._measured(f"tiers.{tier.key}", want)
        for item in model.inputs.values():
            for value in self.stage.values(item.field, self.stage.created):
                if isinstance(value, int):
                    test = Is((value,))
                    yield self._measured(f"inputs.{item.key}", Want(tests=((item.field, test, True),)))

    def _measured(self, name: str, want: Want, event: Event | None = None, rule: Rule | None = None) -> Move:
        story = Story(self.stage)
        before = story.seen(_scores)
        if event is not None and want != NOTHING:
            story.become(want)
            before = story.seen(_scores)
        elif event is None:
            story.become(want)
        if event is not None:
            _do(story, event, rule)
            story.wait(rule.wait.seconds if rule is not None and rule.wait is not None else 0)
        after = story.seen(_scores)
        deltas = {key: after[key] - before[key] for key in after}
        return Move(name, want, event, _repeats(self.stage.model, rule), deltas, _things(want, event))

    # --- what it adds up to -----------------------------------------------------------------------------------------

    def bring(self, story: Story, key: str, target: int) -> bool:
        """Bring a score to a number; see ``Story.bring``."""
        return self.earn(story, key, target) or self.begin_with(story, key, target)

    def reach(self, story: Story, key: str, target: int, last: int | None, step: int) -> bool:
        """Bring a score to a number, or past it to the first that can be earned; else begin with what is missing."""
        numbers = range(target, target + step * _NEAR if last is None else last + step, step)
        now, taken = story.score(key), _taken(story)
        found = next((n for n in numbers if self._plan(key, n - now, taken) is not None), None)
        return (found is not None and self.earn(story, key, found)) or self.bring(story, key, target)

    def nearest(self, key: str, target: int, step: int) -> int | None:
        """The first number from a target on, up or down, that somebody new can earn."""
        base = self.first.get(key, 0)
        numbers = range(target, target + step * _NEAR, step)
        return next((n for n in numbers if n == base or self._plan(key, n - base, frozenset())), None)

    def earn(self, story: Story, key: str, target: int, most: int = _EVER) -> bool:
        """Bring a score to a number by what happens, by so many things at most, if that can be."""
        for _ in range(3):
            missing = target - story.score(key)
            if missing == 0:
                return True
            plan = self._plan(key, missing, _taken(story), most)
            if plan is None:
                break
            for move, count in plan:
                carry_out(self.stage, story, move, count)
        return story.score(key) == target

    def begin_with(self, story: Story, key: str, target: int) -> bool:
        """Have the person begin with as many points as are missing."""
        part, given = next(iter(self._counters(key)), None), dict(story.scores)
        for _ in range(4 if part is not None else 0):
            assert part is not None
            missing = target - story.score(key)
            if missing == 0:
                return True
            counter, percent = part
            start = self.stage.model.scores[counter].start
            story.scores.setdefault(counter, 0 if start is None else start.value)
            story.scores[counter] += missing if percent == 100 else _whole(missing * 100 / percent)
        if story.score(key) != target:
            story.scores = given
            return False
        return True

    def _counters(self, key: str) -> Iterator[tuple[str, int]]:
        """The counters that a score is made of, and how many percent of them count."""
        score = self.stage.model.scores[key]
        if score.kind == "engagement":
            yield key, 100
        for part in score.sum_of:
            yield from self._counters(part)
        for part, percent in score.percent_of:
            yield from (
                (name, share * percent // 100)
                for name, share in self._counters(part)
                if share * percent >= 100
            )

    def one(self, key: str, *, up: bool) -> Move | None:
        """The smallest thing that can happen which raises (or lowers) a score."""
        found = [move for move in self.moves if move.event is not None and (move.deltas[key] > 0) is up]
        found = [move for move in found if move.deltas[key]]
        return min(
            found,
            key=lambda move: (
                bool(move.want.scores),
                move.want != NOTHING,
                abs(move.deltas[key]),
                move.most == 1,
            ),
            default=None,
        )

    def _plan(
        self, key: str, target: int, taken: frozenset[str], most: int = _EVER
    ) -> list[tuple[Move, int]] | None:
        which = (key, target, taken, most)
        if which not in self._plans:
            groups = self._groups(key, taken)
            self._plans[which] = _sum(groups, key, target) or _heap(groups, key, target, most)
        return self._plans[which]

    def _groups(self, key: str, taken: frozenset[str]) -> list[list[Move]]:
        """The moves that change a score, need none, and set nothing that is set already; alternatives together."""
        groups: list[tuple[set[str], list[Move]]] = []
        seen: set[tuple[frozenset[str], int, str]] = set()
        for move in self.moves:
            kind = (move.things, move.deltas[key], "" if move.most >= _MOST else move.name)
            free = not move.want.scores and move.things.isdisjoint(taken)
            if free and move.deltas[key] and kind not in seen:
                seen.add(kind)
                groups = _joined(groups, move)
        return [moves for _, moves in groups]


def carry_out(stage: Stage, story: Story, move: Move, count: int = 1) -> None:
    """Have a move happen."""
    story.become(move.want)
    if move.event is not None:
        rule = stage.model.rules[move.name.partition(".")[2]]
        for _ in range(count):
            _do(story, move.event, rule)


def _do(story: Story, event: Event, rule: Rule | None) -> None:
    """An event; a field that changes must then be as the rule wants it."""
    if event.verb != "changes":
        story.happens(event)
        return
    found = ways(story.stage.model, rule.when if rule is not None else None)
    tests = [(test, so) for name, test, so in (found[0].tests if found else ()) if name in event.objects]
    story.changes(event, tests)


def _scores(ask: Ask) -> dict[str, int]:
    return {key: ask.score(key) for key in ask.model.scores}


def _repeats(model: Model, rule: Rule | None) -> int:
    """How often a rule gives all of its points, whatever its windows are."""
    if rule is None:
        return 1
    points = max(1, *(abs(number.value) for _, number in rule.points)) if rule.points else 1
    limits = [rule.limit, model.groups[rule.group].limit if rule.group is not None else None]
    rooms = [
        limit.count if limit.kind == "times" else limit.count // points
        for limit in limits
        if limit is not None
    ]
    return max(1, min(rooms, default=_EVER))


def _things(want: Want, event: Event | None) -> frozenset[str]:
    found = {name for name, _, _ in want.tests} | {f"{kind} {key}" for kind, key, _ in want.facts}
    found |= {f"past {item[0].verb}" for item in want.past}
    return frozenset(found | set(event.objects if event is not None and event.verb == "changes" else ()))


def _taken(story: Story) -> frozenset[str]:
    """What the story has set already, apart from what everybody has."""
    fields = {name for name, value in story.fields.items() if value is not None} - {"email"}
    return frozenset(fields | {f"past {item.verb}" for item in story.told if isinstance(item, Happening)})


def _joined(groups: list[tuple[set[str], list[Move]]], move: Move) -> list[tuple[set[str], list[Move]]]:
    if not move.things:
        return [*groups, (set(), [move])]
    apart = [group for group in groups if group[0].isdisjoint(move.things)]
    same = [group for group in groups if not group[0].isdisjoint(move.things)]
    things = set(move.things).union(*(group[0] for group in same))
    return [*apart, (things, [item for group in same for item in group[1]] + [move])]


def _sum(groups: Iterable[list[Move]], key: str, target: int) -> list[tuple[Move, int]] | None:
    """The fewest moves that add up to a number; of each group one kind of move."""
    found: dict[int, tuple[int, tuple[tuple[Move, int], ...]]] = {0: (0, ())}
    room = min(_WIDE, abs(target) + 200)
    for moves in groups:
        for value, (steps, path) in list(found.items()):
            for move in moves:
                for count in range(1, min(move.most, _MOST - steps) + 1):
                    reached = value + count * move.deltas[key]
                    if abs(reached) > room:
                        break
                    if steps + count < found.get(reached, (_MOST + 1, ()))[0]:
                        found[reached] = (steps + count, (*path, (move, count)))
    return list(found[target][1]) if target in found else None


def _heap(groups: Iterable[list[Move]], key: str, target: int, most: int) -> list[tuple[Move, int]] | None:
    """The largest moves first, as often as they fit, then smaller ones."""
    usable = [
        moves[0] for moves in groups if moves[0].event is not None and moves[0].deltas[key] * target > 0
    ]
    missing, path = target, []
    for move in sorted(usable, key=lambda move: (-abs(move.deltas[key]), move.name)):
        count = min(move.most if move.most < _EVER else most, missing // move.deltas[key])
        if count > 0:
            path.append((move, count))
            missing -= count * move.deltas[key]
    return path if missing == 0 and sum(count for _, count in path) <= most else None


def _whole(value: float) -> int:
    return int(value) if value == int(value) else int(value) + (1 if value > 0 else -1)
