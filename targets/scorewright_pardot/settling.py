"""How long it takes until what is read off is right: over all rules, lists and formulas that it goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright_pardot import objects as ob
from scorewright_pardot.delays import (
    LISTS_TAKE,
    PIECES_AN_HOUR,
    PIECES_TAKE,
    PROGRAMS_TAKE,
    RULES_TAKE,
    SYNC_TAKES,
)
from scorewright_pardot.labels import ACTIONS, CRITERIA, OPERATORS
from scorewright_pardot.lower.ticks import ticks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from scorewright.model.elements import Model
    from scorewright_pardot.options import Options

__all__ = ["Settling"]

Wait = tuple[int, int]
"""Hours at the longest, and where the platform does everything at once."""

_DAY = 24
_TIME, _SCORE, _CATEGORY = CRITERIA["time"].text, CRITERIA["score"].text, CRITERIA["category"].text
_OLDER = OPERATORS["days-greater"].text
_WRITES = {
    ACTIONS["score"].text: "score",
    ACTIONS["category"].text: "category",
    ACTIONS["tag-add"].text: "tag",
    ACTIONS["tag-remove"].text: "tag",
    ACTIONS["list-add"].text: "list",
    ACTIONS["list-remove"].text: "list",
    ACTIONS["custom-field"].text: "field",
    ACTIONS["default-field"].text: "field",
    ACTIONS["campaign"].text: "campaign",
    ACTIONS["profile"].text: "grade",
    **{ACTIONS[f"assign-{whom}"].text: "owner" for whom in ("group", "queue", "rule", "user")},
}
_READS = {
    _SCORE: "score",
    _CATEGORY: "category",
    CRITERIA["tag"].text: "tag",
    CRITERIA["list"].text: "list",
    CRITERIA["custom-field"].text: "field",
    CRITERIA["default-field"].text: "field",
    CRITERIA["campaign"].text: "campaign",
    CRITERIA["campaign-status"].text: "campaign",
    CRITERIA["grade"].text: "grade",
    CRITERIA["assignment"].text: "owner",
}
_REPETITIONS = 12
"""So many repetitions of a step that repeats without windows are waited for; each may come a sweep later."""
_ALONE = {"score", "grade", "owner"}
"""Cells of which a prospect has one."""


class Node(NamedTuple):
    """A rule, list or formula: the element that it is for, what it reads and writes, and how long it takes itself."""

    name: str
    element: str
    reads: frozenset[str]
    writes: frozenset[str]
    own: Wait
    drifts: bool = False
    """Whether it comes again and again, each time a sweep later."""


class Settling:
    """How long each cell of a prospect takes.

    What depends on something slow takes that as well.  Rules that read what they write, or what another writes that
    reads what they write, form a ring: in it two elements act one after the other at most, each as slow as it is.
    """

    def __init__(
        self,
        model: Model,
        options: Options,
        objects: Sequence[ob.Object],
        facts: Mapping[str, bool | int | str],
    ) -> None:
        self.model = model
        self.sweep = int(facts["clock-sweep-days"]) * _DAY
        self.repeat = max(options.repeat_days, int(facts["repeat-least-days"]))
        self.nodes = {node.name: node for node in self._nodes(objects)}
        writers: dict[str, list[str]] = {}
        for node in self.nodes.values():
            for cell in sorted(node.writes):
                writers.setdefault(cell, []).append(node.name)
        self.writers = writers
        self.waits = _waits(self.nodes, writers)

    def hours(self, at: Mapping[str, Any]) -> Wait:
        """Hours until what a gauge reads is right, at the longest and at the soonest."""
        waits = [self.waits[name] for name in self._writers(at)]
        long, soon = (max((wait[place] for wait in waits), default=0) for place in (0, 1))
        return max(long, 1), max(soon, 1) if soon < long else 0

    def is_written(self, at: Mapping[str, Any]) -> bool:
        """Whether any object writes what a gauge reads, or does what it counts."""
        return bool(self._writers(at))

    def _writers(self, at: Mapping[str, Any]) -> list[str]:
        if "by" in at:
            return [name for name in at["by"] if name in self.nodes]
        return [name for cell in _cells(at) for name in self.writers.get(cell, ())]

    # --- objects as nodes -------------------------------------------------------------------------------------------

    def _nodes(self, objects: Sequence[ob.Object]) -> Iterator[Node]:
        for item in objects:
            match item:
                case ob.AutomationRule(name, criteria, actions):
                    place = f"automation-rules: {name}"
                    element = item.made.elements[0]
                    cells = _reads(criteria), _writes(actions)
                    yield Node(place, element, *cells, self._rule(item), self._drifts(item))
                case ob.EngagementProgram(name):
                    place = f"engagement-programs: {name}"
                    yield Node(place, item.made.elements[0], *_of_steps(item), self._programs(objects, item))
                case ob.CompletionAction(kind, asset, actions):
                    place = f"completion-actions: {kind.replace('_', ' ')}: {asset}"
                    yield Node(place, place, frozenset(), _writes(actions), (0, 0))
                case ob.PageAction(name, _, _, actions):
                    place = f"page-actions: {name}"
                    yield Node(place, place, frozenset(), _writes(actions), (0, 0))
                case ob.DynamicList(name, criteria):
                    takes = LISTS_TAKE + (self.sweep if _clocked(criteria) else 0) + _DAY * _new_for(item)
                    soon = _DAY * _new_for(item) + 1 if _new_for(item) else 0  # however soon all else is done
                    place = f"dynamic-lists: {name}"
                    yield Node(place, place, _reads(criteria), frozenset((f"list {name}",)), (takes, soon))
                case ob.FormulaField(name, _, sources):
                    reads = frozenset(f"field {source}" for source in sources)
                    place = f"formula-fields: {name}"
                    yield Node(place, place, reads, frozenset((f"field {name}",)), (SYNC_TAKES, 0))
                case _:
                    pass

    def _rule(self, rule: ob.AutomationRule) -> Wait:
        """What one rule takes until it has acted: it waits until it is eligible again, and is then seen by the clock.

        A category comes down in passes; what repeats with a silence is each time a sweep later; any other rule of a
        decay is eligible again long before it is needed.  A limit's window keeps nobody waiting but those whom it holds
        back, and what they get at its end is bounded.
        """
        repeat = 0 if rule.repeat is None or rule.made.lowering == "limited-award" else rule.repeat
        wait = repeat * _DAY
        clock = self.sweep if rule.repeat is not None or _clocked(rule.criteria) else 0
        each, soon = wait + clock, wait
        if rule.passes:
            each, soon = rule.passes * each, rule.passes * soon
        elif rule.made.lowering == "decay":
            each, soon = (_REPETITIONS if self._drifts(rule) else 1) * clock, 0
        times = 2 if rule.made.lowering == "give-and-take" else 1
        late = (self._late(rule) + _new_for(rule)) * _DAY + (1 if _clocked(rule.criteria) else 0)
        return times * (each + RULES_TAKE + PIECES_TAKE) + late, times * soon + late

    def _drifts(self, rule: ob.AutomationRule) -> bool:
        """Whether a rule repeats with a silence, and no window holds it to the days that are meant."""
        of_a_decay = rule.made.lowering == "decay" and not rule.passes
        return of_a_decay and not _windowed(rule.criteria) and rule.repeat != self.repeat

    @staticmethod
    def _programs(objects: Iterable[ob.Object], program: ob.EngagementProgram) -> Wait:
        """How long a program takes that everybody goes through once; of those that bring a category down, all up to one.

        What waits as the spec does is late by its looks alone.
        """
        if program.made.lowering in {"lasting", "waiting"}:
            return (2 + sum(step.wait > 0 for step in program.steps)) * PROGRAMS_TAKE, 0
        if program.rounds:
            return _once(program)
        return _one_by_one(
            item
            for item in objects
            if isinstance(item, ob.EngagementProgram)
            and item.made.elements[0] == program.made.elements[0]
            and not item.rounds
            and item.day <= program.day
        )

    def _late(self, rule: ob.AutomationRule) -> int:
        """Days after the step is due at which the rule's windows open, the latest of them."""
        if rule.made.lowering != "decay":
            return 0
        days = {
            tick.day
            for decay in self.model.decay.values()
            if rule.made.elements[0] == decay.name
            for tick in ticks(decay, 24)
        }
        late = 0
        for group in _groups(rule.criteria):
            for item in group:
                if item.what == _TIME and item.operator == _OLDER:
                    first = int(item.value) + 1
                    late = max(late, min((first - day for day in days if day <= first), default=0))
        return late


# --- reading criteria -----------------------------------------------------------------------------------------------


def _cell(kind: str, of: str) -> str:
    return kind if kind in _ALONE else f"{kind} {of}"


def _cells(at: Mapping[str, Any]) -> Iterable[str]:
    kind = _READS.get(at["read"], "account")
    names = at.get("of", "")
    return [_cell(kind, name) for name in ([names] if isinstance(names, str) else names)]


def _groups(criteria: ob.Criteria) -> Iterator[tuple[ob.Criterion, ...]]:
    """Criteria that must hold together, as far as they stand together."""
    yield tuple(item for item in criteria.items if isinstance(item, ob.Criterion))
    groups = [item for item in criteria.items if isinstance(item, ob.Group)]
    while groups:
        group = groups.pop(0)
        yield tuple(item for item in group.criteria if isinstance(item, ob.Criterion))
        groups += [item for item in group.criteria if isinstance(item, ob.Group)]


def _reads(criteria: ob.Criteria) -> frozenset[str]:
    return frozenset(_cell(_READS[item.what], item.of) for item in ob.leaves(criteria) if item.what in _READS)


def _writes(actions: Iterable[ob.Act]) -> frozenset[str]:
    return frozenset(_cell(_WRITES[item.label], item.of) for item in actions if item.label in _WRITES)


def _of_steps(program: ob.EngagementProgram) -> tuple[frozenset[str], frozenset[str]]:
    """What a program reads, its list among it, and what it writes."""
    asked = tuple(item for step in program.steps if isinstance(step, ob.RuleStep) for item in step.criteria)
    reads = _reads(ob.Criteria("all", asked)) | {_cell("list", program.recipients)}
    return reads, _writes(step.act for step in program.steps if isinstance(step, ob.ActionStep))


def _through(program: ob.EngagementProgram) -> Wait:
    """From where somebody stopped in an earlier silence to the end, the days until they may go in again, and all of it once
    more; each time that somebody waits, and goes in, the program may notice it later.
    """
    days = 2 * program.waits + (program.repeat or 0)
    halts = 2 * (1 + sum(step.wait > 0 for step in program.steps)) + 1
    return days * _DAY + (halts + 1) * PROGRAMS_TAKE + _pieces(program), max(days, 1) * _DAY


def _once(program: ob.EngagementProgram) -> Wait:
    """Each round is noticed later than the one before; what the last step does may come later still.

    At the soonest it looks as soon as a silence is so many times 24 hours old, and never again: at a day's beginning, when
    the spec does, the score may be another.
    """
    return (program.rounds + 1) * PROGRAMS_TAKE + _pieces(program), _DAY


def _pieces(program: ob.EngagementProgram) -> int:
    """Hours from the first question of a way to its last action, where steps are pulled apart: minutes each."""
    longest = [0] * (len(program.steps) + 2)
    for number, step in reversed([*enumerate(program.steps, 1)]):
        ways = (step.then,) if isinstance(step, ob.ActionStep) else (step.yes, step.no)
        longest[number] = max(longest[way] for way in ways) + isinstance(step, ob.ActionStep)
    return PIECES_TAKE * (1 + longest[1] // PIECES_AN_HOUR)


def _one_by_one(programs: Iterable[ob.EngagementProgram]) -> Wait:
    """Programs that take people from one another: what one has not done when the next is due comes on top of that."""
    long = soon = day = 0
    for program in sorted(programs, key=lambda item: item.day):
        own = _through(program)
        apart = (program.day - day) * _DAY
        long, soon, day = max(long - apart, 0) + own[0], max(soon - apart, 0) + own[1], program.day
    return long, soon


def _clocked(criteria: ob.Criteria) -> bool:
    return any("(days" in item.operator for item in ob.leaves(criteria))


def _new_for(item: ob.AutomationRule | ob.DynamicList) -> int:
    """Days that are left to somebody new, so that lists are built, by rules that act for good and by some lists."""
    for_good = item.made.lowering in {"population", "settled-list"} or (
        isinstance(item, ob.AutomationRule) and item.repeat is None
    )
    new = any(
        leaf.what == _TIME and leaf.of == "created" and leaf.operator == _OLDER
        for leaf in ob.leaves(item.criteria)
    )
    return 1 if for_good and new else 0


def _windowed(criteria: ob.Criteria) -> bool:
    """Whether a silence both begins and ends the time in which it acts."""
    found = {
        item.operator for item in ob.leaves(criteria) if item.what == _TIME and item.of == "last activity"
    }
    return len(found) == 2


# --- chains and rings -----------------------------------------------------------------------------------------------


def _waits(nodes: Mapping[str, Node], writers: Mapping[str, Sequence[str]]) -> dict[str, Wait]:
    """The longest way to each node: its ring, and what the ring reads from outside."""
    before = {
        name: sorted({other for cell in node.reads for other in writers.get(cell, ())})
        for name, node in nodes.items()
    }
    waits: dict[str, Wait] = {}
    for ring in _rings(before):
        inside = set(ring)
        outside = {other for name in ring for other in before[name]} - inside
        base = [max((waits[other][place] for other in outside), default=0) for place in (0, 1)]
        own = [_slowest((nodes[name] for name in ring), place) for place in (0, 1)]
        waits.update(dict.fromkeys(ring, (base[0] + own[0], base[1] + own[1])))
    return waits


def _slowest(ring: Iterable[Node], place: int) -> int:
    """What two elements of a ring take, one after the other; in one, whatever else it does follows on what drifts."""
    slowest: dict[str, dict[bool, int]] = {}
    for node in ring:
        held = slowest.setdefault(node.element, {})
        held[node.drifts] = max(held.get(node.drifts, 0), node.own[place])
    return sum(sorted((sum(held.values()) for held in slowest.values()), reverse=True)[:2])


def _rings(before: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Strongly connected parts, each after all that it depends on (Tarjan's algorithm, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    for root in before:
        if root in index:
            continue
        work = [(root, iter(before[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            name, rest = work[-1]
            for other in rest:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    on_stack.add(other)
                    work.append((other, iter(before[other])))
                    break
                if other in on_stack:
                    low[name] = min(low[name], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[name])
                if low[name] == index[name]:
                    place = stack.index(name)
                    ring = stack[place:]
                    del stack[place:]
                    on_stack.difference_update(ring)
                    yield ring
