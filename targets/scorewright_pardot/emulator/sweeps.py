"""When rules, dynamic lists and formulas look at a prospect, in which order, and what they do then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.emulation import Deed
from scorewright_pardot.emulator.days import DAY
from scorewright_pardot.emulator.program_runs import Runs
from scorewright_pardot.emulator.prospect import Prospect
from scorewright_pardot.emulator.timing import Timing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from scorewright.plugin.emulation import Schedule
    from scorewright_pardot.emulator.actions import Action
    from scorewright_pardot.emulator.bundle import Rule
    from scorewright_pardot.emulator.instance import Instance
    from scorewright_pardot.emulator.plan import Turns
    from scorewright_pardot.emulator.program_runs import Edited

    Push = Callable[[int, Callable[[int], None]], None]

__all__ = ["Sweeps"]

_HOUR = 3_600
_AT_ONCE = 100


class Sweeps:
    """The prospect, the rules' memory of them, and all that is to be looked at again (``dirty``)."""

    def __init__(self, instance: Instance, schedule: Schedule, created: int, push: Push) -> None:
        self.instance = instance
        self.push = push
        self.timing = Timing(schedule, instance.world)
        self.plan = instance.plan
        self.prospect = Prospect(created, instance.plan.readers)
        self.prospect.coupled = self.timing.coupled(instance.world.category_adjust_moves_overall)
        self.deeds: list[Deed] = []
        self.live = False
        self.resumed = 0
        self.running = 0
        self.off: frozenset[str] = frozenset()
        """What stands on assets, and somebody has switched off on the day."""
        self.begun: int | None = None
        """When the bundle was switched on with the prospect there; categories count from then."""
        self.dirty = 0
        self.matched: dict[int, tuple[int, int]] = {}
        self.waiting: dict[int, int] = {}
        self.pending: dict[str, int] = {}
        self.wakes: dict[str, tuple[int, int]] = {}
        self.turns_at: dict[str, tuple[int, int]] = {}
        self.runs = Runs(
            self, instance.built.programs, from_end=instance.world.program_repeat_counts_from_end
        )
        self.looked = {"rules": created - 1, "lists": created - 1}

    # --- what has to be looked at, and when -------------------------------------------------------------------------

    def follow(self, now: int) -> None:
        """After each thing that happened: see to it that everybody concerned looks again in time."""
        prospect, plan = self.prospect, self.plan
        self.dirty |= prospect.stirred
        prospect.stirred = 0
        if not self.live:
            return
        dirty = self.dirty
        jobs = (
            ("lists", plan.lists, self._lists, self.timing.lists),
            ("rules", plan.rules & self.running, self._rules, self.timing.rules),
            ("formulas", plan.formulas, self._formulas, self.timing.sync),
        )
        for name, bits, job, delay in reversed(jobs) if self.timing.backwards else jobs:
            if dirty & bits and name not in self.pending:
                self.pending[name] = at = now + (delay() or self._again(name, now))
                self.push(at, job)
        self._wake("rules", plan.rule_turns, now)
        self._wake("lists", plan.list_turns, now)
        self.runs.follow(now)

    def _again(self, name: str, now: int) -> int:
        """Lists that contradict one another are rebuilt for ever: after so many times at one instant, an hour apart."""
        at, times = self.turns_at.get(name, (now, 0))
        self.turns_at[name] = (now, times + 1 if at == now else 1)
        return _HOUR if self.turns_at[name][1] > _AT_ONCE else 0

    def _wake(self, name: str, turns: Turns, now: int) -> None:
        """Look when the clock has turned something, as soon or as late as the schedule has it."""
        turn = turns.after(self.looked[name], self._base) if turns.of else None
        if name == "rules" and self.waiting:
            ready = min(self.waiting.values())
            turn = ready if turn is None else min(turn, ready)
        if turn is None:
            self.wakes.pop(name, None)
            return
        if name in self.wakes and self.wakes[name][0] == turn:
            return
        at = max(now, turn + self.timing.clock() + (self.timing.lists() if name == "lists" else 0))
        self.wakes[name] = (turn, at)
        self.push(at, self._clock_of(name, at))

    def _clock_of(self, name: str, due: int) -> Callable[[int], None]:
        def look(now: int) -> None:
            if self.wakes.get(name, (0, 0))[1] == due:
                (self._rules if name == "rules" else self._lists)(now)

        return look

    def _base(self, basis: str) -> int | None:
        prospect = self.prospect
        if basis == "activity":
            return prospect.active
        if basis == "created":
            return prospect.created
        name = basis.removeprefix("date ")
        return self.instance.read_date(prospect.fields.get(name) or prospect.account.get(name, ()))

    def _turned(self, name: str, turns: Turns, now: int) -> int:
        """The bits of what the clock has turned since the last look."""
        bits = turns.between(self.looked[name], now, self._base) if turns.of else 0
        self.looked[name] = max(now, self.looked[name])
        return bits

    # --- rules ------------------------------------------------------------------------------------------------------

    def _rules(self, now: int) -> None:
        """Each rule that something has changed for looks at the prospect once, in some order."""
        self.pending.pop("rules", None)
        self.dirty |= self._turned("rules", self.plan.rule_turns, now)
        for place in [place for place, ready in self.waiting.items() if ready <= now]:
            del self.waiting[place]
            self.dirty |= 1 << place
        bits = self.plan.rules & self.running
        if self.timing.name == "random":
            for place in self.timing.order(_places(self.dirty & bits)):
                self._turn(place, now)
            return
        while mine := self.dirty & bits:
            place = mine.bit_length() - 1 if self.timing.backwards else (mine & -mine).bit_length() - 1
            self._turn(place, now)
            # Those that the order has passed wait for the next look.
            bits &= (1 << place) - 1 if self.timing.backwards else -1 << place + 1

    def _turn(self, place: int, now: int) -> None:
        self.dirty &= ~(1 << place)
        self._look(place, self.instance.built.rules[place], now)
        self.dirty |= self.prospect.stirred
        self.prospect.stirred = 0

    def _look(self, place: int, rule: Rule, now: int) -> None:
        """One rule looks at the prospect: its memory, then its criteria, then its actions."""
        before = self.matched.get(place)
        if before is not None:
            last, count = before
            if rule.repeat is None or (rule.limit is not None and count >= rule.limit):
                return
            ready = self._ready(last, rule.repeat)
            if now < ready:
                self.waiting[place] = ready
                return
        if not rule.criteria.holds(self.prospect, now):
            return
        count = 0 if before is None else before[1]
        self.matched[place] = (now, count + 1)
        if rule.repeat is not None:
            self.waiting[place] = self._ready(now, rule.repeat)
        self._carry_out(rule, now)

    def _ready(self, last: int, days: int) -> int:
        """From when a rule is eligible again."""
        if self.instance.world.repeat_counts_elapsed_days:
            return last + days * DAY
        calendar = self.instance.calendar
        return calendar.day_start(calendar.day(last) + days)

    def _carry_out(self, rule: Rule, now: int) -> None:
        pieces = self.timing.pieces(len(rule.actions))
        if not pieces:
            for action in rule.actions:
                self.do(action, rule.by, now)
            return
        for delay, place in pieces:
            self.push(now + delay, self._piece(rule.actions[place], rule.by))

    def _piece(self, action: Action, by: str) -> Callable[[int], None]:
        return lambda now: self.do(action, by, now)

    def do(self, action: Action, by: str, now: int) -> None:
        """Carry out one action, count it, and write it down."""
        if action.do(self.prospect):
            done, key = self.prospect.done, (by, action.label, action.of, action.value)
            done[key] = done.get(key, 0) + 1
            self.deeds.append(Deed(now, by, action.said))

    # --- lists and formulas -----------------------------------------------------------------------------------------

    def _lists(self, now: int) -> None:
        """Dynamic lists that something has changed for are rebuilt, each from what the others hold then."""
        self.pending.pop("lists", None)
        self.dirty |= self._turned("lists", self.plan.list_turns, now)
        mine, first = self.dirty & self.plan.lists, len(self.instance.built.rules)
        self.dirty &= ~mine
        for place in self.timing.order(_places(mine)):
            item = self.instance.built.lists[place - first]
            inside = item.criteria.holds(self.prospect, now)
            if inside is not (item.name in self.prospect.lists):
                self.prospect.put_list(item.name, on=inside)
                self.deeds.append(Deed(now, f"dynamic-lists: {item.name}", "joins" if inside else "leaves"))

    def _formulas(self, now: int) -> None:
        """What Salesforce makes of the fields comes back; without a record there it makes nothing."""
        self.pending.pop("formulas", None)
        mine, first = self.dirty & self.plan.formulas, self.plan.formulas & -self.plan.formulas
        self.dirty &= ~mine
        prospect = self.prospect
        for place in _places(mine):
            item = self.instance.built.formulas[place - (first.bit_length() - 1)]
            there = self.instance.world.formula_syncs_back and bool(prospect.crm)
            value = (str(item.value(prospect)),) if there else ()
            if prospect.fields.get(item.name, ()) != value:
                prospect.put_field(item.name, value)
                self.deeds.append(
                    Deed(now, f"formula-fields: {item.name}", f"is {' '.join(value) or 'empty'}")
                )

    # --- another version --------------------------------------------------------------------------------------------

    def become(
        self, instance: Instance, names: Mapping[str, str | None], edited: Mapping[str, Edited], now: int
    ) -> None:
        """The objects are others now.  ``names`` says of each rule, as it is called now, how it was called: its memory stays.

        ``None``: it was made just now, paused, and has matched nobody.  ``edited`` says the same of programs.
        """
        places = {rule.by: place for place, rule in enumerate(self.instance.built.rules)}
        moved: dict[int, int] = {}
        for place, rule in enumerate(instance.built.rules):
            was = names.get(rule.by, rule.by)
            if was is not None and was in places:
                moved[places[was]] = place
        self.matched = {moved[place]: seen for place, seen in self.matched.items() if place in moved}
        self.waiting = {moved[place]: ready for place, ready in self.waiting.items() if place in moved}
        rules = self.plan.rules
        self.resumed, self.dirty = (
            sum(1 << moved[place] for place in _places(bits & rules) if place in moved)
            for bits in (self.resumed, self.dirty)
        )
        self.runs.become(instance.built.programs, edited, now)
        self.instance, self.plan = instance, instance.plan
        self.prospect.readers = instance.plan.readers
        self.dirty |= self.plan.lists | self.plan.formulas
        self.running = 0
        self.wakes.clear()
        self.switch(now)

    def rest(self, by: str, now: int) -> None:
        """Somebody pauses a rule, or a program."""
        self.resumed &= ~self._bit(by)
        self.runs.rest(now, by)
        self.switch(now)

    def wake(self, by: str, now: int) -> None:
        """Somebody resumes a rule: everybody is searched.  Or starts a program: who is inside goes on."""
        self._resume(self._bit(by), now)
        self.runs.start(now, by)

    def _bit(self, by: str) -> int:
        return sum(1 << place for place, rule in enumerate(self.instance.built.rules) if rule.by == by)

    def run_once(self, by: str, now: int) -> None:
        """Somebody runs a segmentation rule."""
        for rule in self.instance.built.segmentations:
            if rule.by == by and rule.criteria.holds(self.prospect, now):
                self._all_of(rule.actions, rule.by, now)

    # --- switching on -----------------------------------------------------------------------------------------------

    def begin(self, now: int) -> None:
        """The bundle is live already: everybody looks at a prospect who is new."""
        self.live = True
        self.runs.start(now)
        self.dirty |= self.plan.lists | self.plan.formulas
        self._resume(self.plan.rules, now)

    def go_live(self, now: int) -> None:
        """The bundle is switched on as its sheet says, with the prospect there: each step when the one before is done."""
        self.live = True
        self.begun = now
        self.switch(now)
        self.dirty |= self.plan.lists | self.plan.formulas
        self._settle(now)
        built = self.instance.built
        phases = sorted({rule.phase for rule in (*built.segmentations, *built.rules)})
        for phase in phases:
            for rule in built.segmentations:
                if rule.phase == phase and rule.criteria.holds(self.prospect, now):
                    self._all_of(rule.actions, rule.by, now)
            bits = sum(1 << place for place, rule in enumerate(built.rules) if rule.phase == phase)
            self._resume(bits, now)
            self._settle(now)
        self.runs.start(now)

    def _resume(self, bits: int, now: int) -> None:
        """Resume rules, but for those that somebody keeps paused on this day; everybody is searched."""
        self.resumed |= bits
        self.dirty |= bits
        self.switch(now)

    def switch(self, now: int) -> None:
        """Somebody switches on and off what is in force on some days only, as the notes ask."""
        off = [item for item in self.instance.switches if not item.is_on(now)]
        paused = 0
        for item in off:
            paused |= item.bits
        running = self.resumed & ~paused
        self.dirty |= running & ~self.running
        self.running = running
        self.runs.pause(now, off=any(item.whole for item in off))
        self.off = frozenset().union(*(item.carriers for item in off))

    def _all_of(self, actions: Iterable[Action], by: str, now: int) -> None:
        for action in actions:
            self.do(action, by, now)

    def _settle(self, now: int) -> None:
        """Wait until first sweeps and rebuilding are over; whoever switches on does."""
        pieces: list[tuple[int, Callable[[int], None]]] = []
        push, self.push = self.push, lambda at, job: pieces.append((at, job))
        self.dirty |= self.prospect.stirred
        self.prospect.stirred = 0
        for _ in range(_AT_ONCE):
            if not (
                self.dirty & (self.plan.lists | self.plan.formulas | self.plan.rules & self.running) or pieces
            ):
                break
            self._formulas(now)
            self._gather()
            self._lists(now)
            self._gather()
            self._rules(now)
            if pieces:
                pieces.sort(key=lambda piece: piece[0])
                pieces.pop(0)[1](now)
            self._gather()
        self.push = push

    def _gather(self) -> None:
        self.dirty |= self.prospect.stirred
        self.prospect.stirred = 0


def _places(bits: int) -> Sequence[int]:
    found = []
    while bits:
        low = bits & -bits
        found.append(low.bit_length() - 1)
        bits ^= low
    return found
