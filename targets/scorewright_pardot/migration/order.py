"""The order of a migration: rest, make, drain, edit, resume, wait out, take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.bundle import Emitted
from scorewright_pardot.delays import LISTS_TAKE, RULES_TAKE
from scorewright_pardot.migration import moves as move
from scorewright_pardot.migration.compare import key_of
from scorewright_pardot.migration.counters import filled_counters
from scorewright_pardot.migration.houses import beginning
from scorewright_pardot.migration.programs import ACTING, PROGRAMS, acting
from scorewright_pardot.migration.quarantine import quarantines
from scorewright_pardot.migration.starts import late_starts, meeting, met
from scorewright_pardot.migration.tables import bears, crossed_by, element_of, put_by, same_repeat
from scorewright_pardot.migration.turns import in_turn, who_asks_first
from scorewright_pardot.migration.unearned import forgetting
from scorewright_pardot.migration.within import brought_within
from scorewright_pardot.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.model.elements import Score
    from scorewright.plugin.bundle import Bundle
    from scorewright.plugin.migration import Move, Since
    from scorewright.plugin.sheet import Task
    from scorewright.plugin.target import Request
    from scorewright_pardot.migration.compare import Difference, Pair
    from scorewright_pardot.migration.drains import Drain
    from scorewright_pardot.migration.endings import Ending
    from scorewright_pardot.migration.tables import Key
    from scorewright_pardot.migration.within import Past

__all__ = ["HANDING_OVER", "SWEEP", "Order"]

SWEEP = RULES_TAKE + 1
"""Hours after which everybody has been looked at, and what rules had begun is done."""
REBUILT = LISTS_TAKE + 1
RESCORED = 24 + SWEEP

HANDING_OVER = frozenset({"threshold", "threshold-rearm", "threshold-hand-raiser"})
"""Lowerings of rules that hand people over, or arm what does."""

_MADE_FIRST = (
    "prerequisites",
    "custom-fields",
    "formula-fields",
    "tags",
    "profile-criteria",
    "scoring-categories",
    "static-lists",
    "custom-redirects",
)
_BESIDE_EACH = frozenset({"limited-award", "lasting", "waiting"})
"""Lowerings of what gives an award to one person, or takes it back: no threshold is passed because it changes."""
_KEEPS = {"automation-rules": ("edits-keep-memory",), PROGRAMS: ("program-edited-in-place",)}
"""The facts on which an edit in place rests."""
_CHECKED = frozenset({"Preview", "Recipient Lists"})
"""Where the sheet says who is met by what is switched on."""
_ON_ASSETS = ("page-actions", "completion-actions")
_RULES, _LISTS, _ROWS, _ONCE = "automation-rules", "dynamic-lists", "baseline-scoring", "segmentation-rules"


class Order:
    """One migration being laid out."""

    def __init__(
        self,
        request: Request,
        bundle: Bundle,
        difference: Difference,
        drained: Sequence[Drain],
        *,
        left: Sequence[Pair],
        ending: Sequence[Ending],
        since: Since,
        begun: Sequence[Score],
        past: Sequence[Past],
        guarded: bool,
        stays: bool,
    ) -> None:
        prefix = Options.of(request.options).prefix
        self.begun = tuple(beginning(score, prefix) for score in begun)
        self.past = tuple(brought_within(item, prefix) for item in past)
        self.starts = tuple(late_starts(difference, since))
        self.difference = difference
        self.drained, self.left = drained, left
        self.ending, self.stays = ending, stays
        self.guarded = guarded
        self.shortest = max(
            Options.of(request.options).repeat_days, int(request.facts["repeat-least-days"]), 1
        )
        self.tasks = {task.id: task for section in bundle.sheet.sections for task in section.tasks}
        self.acting = {key_of(item): item for item in bundle.objects if item.kind in ACTING}
        self.edited = {key_of(pair.new): pair for pair in difference.edits(*ACTING)}
        self.added = {key_of(item): item for item in difference.of(difference.added, *ACTING)}
        self.removed = difference.of(difference.removed, *ACTING)
        self.resting = self._resting()
        self.waiting = dict(self._quarantined())

    def moves(self) -> tuple[Move, ...]:
        """Every move, in order."""
        return (
            *self._forget(),
            *self._make(),
            *self._rest(),
            *self._rows(),
            *self._assets(),
            *self._lists(),
            *self._drain(),
            *self._bring_within(),
            *self._rules(),
            *self._fill(),
            *self._resume(),
            *self._take_away(),
            *self._wait_out(),
        )

    # --- what rests -------------------------------------------------------------------------------------------------

    @property
    def stirs(self) -> bool:
        """Whether the change itself can move a score, a list or a field that a threshold reads."""
        changed = [pair.new for pair in self.difference.changed] + [
            *self.difference.added,
            *self.difference.removed,
        ]
        return bool(self.drained or self.begun or self.past) or any(
            item.kind in {_ROWS, _LISTS, "scoring-categories", "formula-fields", "profile-criteria"}
            or (item.kind in ACTING and item.lowering not in _BESIDE_EACH)
            for item in changed
        )

    def _resting(self) -> dict[Key, Emitted]:
        """The rules and programs that are paused for the change, under the names that they have before it.

        A program that waits beside each person goes on: its waits would stand still.
        """
        found = {key_of(pair.old): pair.old for pair in self.edited.values()}
        found.update({key_of(item): item for item in self.removed})
        beside = {name for drain in self.drained for name in drain.beside}
        reads = bool(self.difference.rows())
        lists = {pair.new.name for pair in self.difference.edits(_LISTS)}
        for pair in self.difference.same:
            item = pair.old
            if (
                (item.kind == _RULES and (item.name in beside or reads))
                or (item.kind == PROGRAMS and (reads or item.table["recipient_list"] in lists))
                or (self.stirs and item.lowering in HANDING_OVER)
            ):
                found[key_of(item)] = item
        return {
            key: item for key, item in found.items() if item.kind != PROGRAMS or item.lowering != "lasting"
        }

    def _quarantined(self) -> Iterator[tuple[Key, int]]:
        """What is resumed only when its decay's quarantine is over: what is another now, or new, or has another list."""
        days = quarantines(acting(self.difference), self.shortest)
        listed = {key: item for key, item in self.acting.items() if _of_decay(item) and key in self.resting}
        edited = {key: pair.new for key, pair in self.edited.items()}
        for key, item in {**listed, **edited, **self.added}.items():
            element = item.elements[0] if item.elements else ""
            if element in days and (item.lowering == "decay" or _of_decay(item)):
                yield key, days[element]

    # --- the moves --------------------------------------------------------------------------------------------------

    def _forget(self) -> Iterator[Move]:
        """While the rules of then still run, what was done before is forgotten that they do not pay for."""
        for _, item in forgetting(self.difference):
            if item is not None:
                why = "Other people can earn it now, and nobody for what they did before; who could has been given it."
                yield move.run(item, None, why)

    def _make(self) -> Iterator[Move]:
        for kind in _MADE_FIRST:
            for pair in self.difference.edits(kind):
                yield move.edit(
                    pair.old, pair.new, "It is called, or made, otherwise now; what it holds stays."
                )
            for item in self.difference.of(self.difference.added, kind):
                yield move.create(
                    item, self._task(item), "New in this version; nothing acts on people by it."
                )

    def _task(self, item: Emitted) -> Task | None:
        return self.tasks.get(f"{item.kind}: {item.name}")

    def _rest(self) -> Iterator[Move]:
        for item in self.resting.values():
            yield move.pause(item, "It rests while the change is made; what it remembers of people stays.")
        if self.resting:
            yield move.wait(SWEEP, "what these rules had begun is done", facts=("rule-acts-in-one-piece",))

    def _rows(self) -> Iterator[Move]:
        pairs = self.difference.rows()
        fresh = self.difference.of(self.difference.added, _ROWS)
        for place, pair in enumerate(pairs, 1):
            why = "Everybody is scored anew by it, for all of their past: alone, first, with every rule at rest."
            facts = ("baseline-rescores-everyone", "sets-jump-back")
            edit = move.edit(pair.old, pair.new, why, facts=facts, first=place == 1, last=place == len(pairs))
            yield edit if pair.new not in fresh else edit._replace(act="create", old=None)
        if pairs:
            yield move.wait(RESCORED, "the rescore is over, and a day after it", facts=("sets-jump-back",))

    def _assets(self) -> Iterator[Move]:
        why = "From now on; nothing of the past is touched."
        for kind in _ON_ASSETS:
            for item in self.difference.of(self.difference.removed, kind):
                yield move.delete(item, why)
            for pair in self.difference.edits(kind):
                yield move.edit(pair.old, pair.new, why)
            for item in self.difference.of(self.difference.added, kind):
                yield move.create(item, self._task(item), why)

    def _lists(self) -> Iterator[Move]:
        """Each list when those that it asks for are there, by the names that it asks for."""
        edits = (
            *self.difference.edits(_LISTS),
            *(ending.whom for ending in self.ending if ending.whom.old.table != ending.whom.new.table),
        )
        facts = ("dynamic-list-lag",)
        made = [
            (
                item.name,
                item,
                move.create(item, self._task(item), "Rules of this version ask for it.", facts=facts),
            )
            for item in self.difference.of(self.difference.added, _LISTS)
        ]
        for old, new in edits:
            name = new.name if new.name != old.name else ""  # under its own name it is there already
            made.append(
                (name, new, move.edit(old, new, "It is built anew by its new criteria.", facts=facts))
            )
        yield from in_turn(made)
        if made:
            yield move.wait(REBUILT, "the lists are built", facts=facts)

    def _drain(self) -> Iterator[Move]:
        others = [pair for pair in self.left if dict(pair.old.table) != dict(pair.new.table)]
        for pair in others:
            why = "An earlier change has left it for whoever was outside; now others are inside."
            yield move.pause(pair.old, why)
            yield move.edit(pair.old, pair.new, why, facts=("edits-keep-memory",))
            yield move.resume(pair.new, why, check="everybody who bears the tag and is inside now")
        for drain in self.drained:
            into = f"to what {drain.into} is worth" if drain.into else "back: nothing of it holds any more"
            why = f"It brings the points of everybody who bears {drain.tag} {into}."
            yield move.create(drain.rule, None, why)
            yield move.resume(
                drain.rule, why, check="everybody who bears the tag", facts=("match-once-unless-repeat",)
            )
        if self.drained or others:
            sweeps = 1 + bool(self.drained and others)  # what one rule brings to a tag another takes on
            yield move.wait(sweeps * SWEEP, "everybody with an old tag has been reached")
        for pair in self.left if not self.guarded else ():
            yield move.delete(pair.new, "Nobody is outside any more, so nobody bears its tag.")
        for rule in self.begun:
            why = "The overall score is another one now: what stood there is nobody's any more."
            yield move.create(rule, None, why)
            yield move.resume(rule, why, check="everybody", facts=("match-once-unless-repeat",))
        if self.begun:
            yield move.wait(SWEEP, "nobody has points of the score that was there")
        for rule in self.begun:
            yield move.delete(rule, "It is for the change alone.")
        if not self.guarded:
            for drain in self.drained:
                yield move.delete(
                    drain.rule, f"Nobody bears {drain.tag} any more: look at the tag's prospects first."
                )

    def _bring_within(self) -> Iterator[Move]:
        """Nothing gives points any more that only the version before gave: who is past a bound of now comes back once."""
        why = "Nothing of this version takes anybody so far, so no rule stands for it: it is for the change alone."
        for rule in self.past:
            yield move.create(rule, None, why)
            facts = ("match-once-unless-repeat", "sets-jump-back")
            yield move.resume(rule, why, check="whoever is past the bound", facts=facts)
        if self.past:
            yield move.wait(SWEEP, "nobody is past the bound any more")
        for rule in self.past:
            yield move.delete(rule, "It is for the change alone.")

    def _rules(self) -> Iterator[Move]:
        for pair in self.edited.values():
            if pair.new.kind == PROGRAMS and pair.new.lowering == "lasting":
                yield from self._beside_each(pair)
            elif same_repeat(pair.old.table, pair.new.table):
                why = "In place: whom it has matched it does not match again; a new rule would act on all of them."
                if pair.new.kind == PROGRAMS:
                    why = "In place: who has been through it is not taken again at once, and who is inside goes on."
                yield move.edit(pair.old, pair.new, why, facts=_KEEPS[pair.new.kind])
            else:
                why = "Its repeat settings are frozen, so it goes, and one that knows nobody comes."
                yield move.delete(pair.old, why)
                yield move.create(pair.new, self._task(pair.new), why)
        for item in self.added.values():
            if item not in self.starts:
                yield move.create(item, self._task(item), "New in this version; it is not switched on yet.")
        yield from self._start()

    def _beside_each(self, pair: Pair) -> Iterator[Move]:
        """A program in which people wait rests for no longer than it takes to edit it."""
        why = "Who waits in it waits for as long as it rests: go on at once."
        yield move.pause(pair.old, why)
        yield move.edit(pair.old, pair.new, why, facts=_KEEPS[PROGRAMS])
        yield move.resume(pair.new, why, check="whoever waits for an award to end")

    def _start(self) -> Iterator[Move]:
        """A rule that gives a start meets everybody who is there first, and gives them nothing."""
        facts = ("edits-keep-memory", "match-once-unless-repeat")
        for item in self.starts:
            yield move.create(met(item), None, "Whoever is there already gets it, and not the start.")
            yield move.create(
                meeting(item), None, "It matches everybody once: who is there has begun already.", facts=facts
            )
            yield move.resume(meeting(item), "It meets everybody who is there.", facts=facts)
        if self.starts:
            yield move.wait(
                SWEEP,
                "everybody who is there has been met; who comes in these hours is taken for one of them",
            )
        for item in self.starts:
            yield move.pause(item, "It has met whoever is there.")
            yield move.edit(meeting(item), item, "From now on it gives the start to who is new.", facts=facts)
            yield move.delete(met(item), "It has been for the change alone.")

    # --- switching on again -----------------------------------------------------------------------------------------

    def _fill(self) -> Iterator[Move]:
        """What is there already is filled in before any rule that reads it runs."""
        for item in filled_counters(self.difference):
            yield move.run(
                item, None, "What was given before counts, and what came beyond the limit does not."
            )
        for item in self._once(None):
            yield move.run(item, self._task(item), "It fills in the state from which the new rules start.")

    def _once(self, phase: int | None) -> tuple[Emitted, ...]:
        """The segmentation rules that are new or others now, of a phase."""
        fresh = (
            *self.difference.of(self.difference.added, _ONCE),
            *(pair.new for pair in self.difference.edits(_ONCE)),
        )
        return tuple(item for item in fresh if item.table.get("resume_phase") == phase)

    def _resume(self) -> Iterator[Move]:
        held = [self.acting[key] for key in self._again()]
        filled = [*self._past_it()]
        phases = sorted({_phase(item) for item in (*held, *filled)})
        for place, phase in enumerate(phases):
            for item in (item for item in filled if _phase(item) == phase):
                why = "Who is past the threshold by the change counts as handed over: nothing fires because a version goes live."
                yield move.run(item, self._task(item), why)
            for item in (item for item in held if _phase(item) == phase):
                task = self.tasks.get(f"resume: {item.name}")
                check = next((step.note for step in task.steps if step.label in _CHECKED), "") if task else ""
                why = (
                    "Everybody is searched when it is resumed."
                    if item.kind == _RULES
                    else "Who is on its list goes in, and who is inside goes on."
                )
                yield move.resume(item, why, check=check)
            if place + 1 < len(phases):
                yield move.wait(SWEEP, "the first sweep of these is over")

    def _again(self) -> Iterator[Key]:
        """What is switched on at the end, by the names of then; not what waits longer, or has never rested."""
        gone = {key_of(item) for item in self.removed}
        names = {key_of(pair.old): key for key, pair in self.edited.items()}  # by which they go on
        wanted = [names.get(key, key) for key in self.resting if key not in gone]
        yield from (key for key in (*wanted, *self.added) if key not in self.waiting)

    def _past_it(self) -> Iterator[Emitted]:
        """For each threshold that rested: who is past it by now bears its tag before it looks again."""
        known = {key_of(item): item for item in self._every_once()}
        old = {key_of(pair.old) for pair in (*self.difference.same, *self.difference.changed)}
        names = {key: key_of(pair.old) for key, pair in self.edited.items()}
        for key in self._again():
            rule = self.acting[key]
            if rule.lowering != "threshold" or not crossed_by(rule.table):
                continue
            mine = next((item for item in known.values() if _fills(item, rule)), None)
            if mine is not None:
                yield mine
            elif names.get(key, key) in old:
                yield _filling(rule)

    def _every_once(self) -> Iterator[Emitted]:
        for pair in (*self.difference.same, *self.difference.changed):
            if pair.new.kind == _ONCE:
                yield pair.new
        yield from self.difference.of(self.difference.added, _ONCE)

    def _wait_out(self) -> Iterator[Move]:
        """What knows nobody is resumed when nobody can meet a step twice; what still waits for somebody goes when that is over."""
        passed = 0
        for days, key in sorted((days, key) for key, days in self.waiting.items()):
            if days > passed:
                why = "who has met the step already has left its window by then"
                element = element_of(self.acting[key])
                yield move.wait(
                    (days - passed) * 24, why, act="rest", facts=("edits-keep-memory",), element=element
                )
                passed = days
            yield move.resume(
                self.acting[key], "Its quarantine is over.", check="nobody who has met the step already"
            )
        for ending in () if self.stays else sorted(self.ending, key=lambda item: item.days):
            if ending.days > passed:
                why = "every award that was given before has ended by then"
                element = element_of(ending.program)
                yield move.wait((ending.days - passed) * 24, why, act="rest", element=element)
                passed = ending.days
            for item in ending.objects:
                yield move.delete(item, "Nobody waits in it any more: look at the list's prospects first.")

    # --- taking away ------------------------------------------------------------------------------------------------

    def _take_away(self) -> Iterator[Move]:
        yield from self._tags_done()
        for item in self.removed:
            yield move.delete(item, "This version does not have it; what it gave stays.")
        for kind in (_ONCE, _LISTS, *reversed(_MADE_FIRST)):
            for item in who_asks_first(self.difference.of(self.difference.removed, kind)):
                if kind != "prerequisites" and not self._stays(item):
                    yield move.delete(item, "Nothing of this version asks for it.")

    def _tags_done(self) -> Iterator[Move]:
        """The tags of what an earlier change has left, once nobody bears them."""
        done = {tag for pair in self.left for tag in bears(pair.old.table)[:1]} if not self.guarded else set()
        for item in self.difference.kept:
            if item.kind == "tags" and item.name in done:
                yield move.delete(item, "Nobody bears it any more: look at the tag's prospects first.")

    def _stays(self, item: Emitted) -> bool:
        """Whether a tag says of somebody what they were given."""
        if item.kind != "tags":
            return False
        awards = [*self.removed, *(pair.old for pair in self.edited.values())]
        given = {tag for rule in awards if rule.lowering == "limited-award" for tag in put_by(rule.table)}
        waiting = {drain.tag for drain in self.drained} if self.guarded else set()
        return item.name in given | waiting


def _phase(item: Emitted) -> int:
    return int(item.table["start_phase" if item.kind == PROGRAMS else "resume_phase"])


def _of_decay(item: Emitted) -> bool:
    return item.kind == PROGRAMS and item.lowering not in _BESIDE_EACH


def _fills(item: Emitted, rule: Emitted) -> bool:
    return item.lowering == "threshold-initial" and {*put_by(item.table)} == {*crossed_by(rule.table)}


def _filling(rule: Emitted) -> Emitted:
    """A segmentation rule for a threshold that has none of its own, since at the start it hands over whoever is there."""
    from scorewright_pardot.labels import ACTIONS

    tags = [{"action": ACTIONS["tag-add"].text, "of": tag} for tag in crossed_by(rule.table)]
    table = {
        "match": rule.table["match"],
        "criteria": list(rule.table["criteria"]),
        "actions": tags,
        "resume_phase": _phase(rule) - 1,
    }
    name = f"{rule.name.rpartition(':')[0]}: past it by the change"
    return Emitted(_ONCE, name, table, rule.elements, "migration-initial")
