"""The order of a migration: rest, rename, make, edit, fill, re-roll, switch, look again, take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_marketo.delays import FLOWS_END, NIGHT_ENDS
from scorewright_marketo.migration import moves as move
from scorewright_marketo.migration.tables import CAMPAIGNS, FIELDS, calls, is_waited_in
from scorewright_marketo.migration.watch import fills
from scorewright_marketo.objects import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scorewright.plugin.bundle import Bundle, Emitted
    from scorewright.plugin.migration import Move
    from scorewright.plugin.sheet import Task
    from scorewright_marketo.migration.compare import Difference
    from scorewright_marketo.migration.plan import Plan

__all__ = ["Order"]

_MADE_FIRST = tuple(kind for kind in KINDS if kind != CAMPAIGNS)
_ON_AGAIN = ("helpers", "live", "nightly")


class Order:
    """One migration being laid out."""

    def __init__(self, bundle: Bundle, difference: Difference, plan: Plan, *, while_active: bool) -> None:
        """``while_active``: what is switched on can be edited."""
        self.difference, self.plan, self.while_active = difference, plan, while_active
        self.tasks = {task.id: task for section in bundle.sheet.sections for task in section.tasks}
        self.campaigns = [item for item in bundle.objects if item.kind == CAMPAIGNS]

    def moves(self) -> tuple[Move, ...]:
        """Every move, in order."""
        return (
            *self._rest(),
            *self._rename(),
            *self._make(),
            *self._edit(),
            *self._switch_over(),
            *self._fill(),
            *self._look_again(),
            *self._take_away(),
            *self._wait_out(),
        )

    # --- before -----------------------------------------------------------------------------------------------------

    def _rest(self) -> Iterator[Move]:
        """Thresholds rest while the change moves what they read; their campaigns as they are called now."""
        for item in self.plan.resting:
            yield move.pause(
                item,
                "It rests while the change is made, so that nobody is handed over by it. Whoever comes past it by an event "
                "of their own meanwhile counts as handed over: choose a quiet hour.",
            )
        if self.plan.resting:
            yield move.wait(FLOWS_END, "nobody waits in a flow of a threshold any more")

    def _rename(self) -> Iterator[Move]:
        for old, new, aside in self.plan.renamed:
            why = (
                "Its name is free for another one; what it remembers of people stays."
                if aside
                else ("It is called otherwise now; what it holds and remembers of people stays.")
            )
            yield move.rename(old, new, why)

    def _make(self) -> Iterator[Move]:
        for kind in _MADE_FIRST:
            for item in self.difference.comes(kind):
                yield move.create(
                    item, self._task(item), "New in this version; nothing acts on people by it."
                )
        for one in self.plan.anew.values():
            why = "An executable is ticked so when it is made, and no edit changes it: one that takes its name comes."
            yield move.rename(one.old, one.aside, why)
        fresh = (*self.difference.comes(CAMPAIGNS), *(one.new for one in self.plan.anew.values()))
        for item in _inner_first(fresh):
            yield move.create(item, self._task(item), "New in this version; it is built inactive.")
            if item.table.get("switched_on") == "requested":
                yield move.resume(item, "Only what is active can be requested, and nothing requests it yet.")

    def _task(self, item: Emitted) -> Task | None:
        names = {
            "score-fields": "field",
            "helper-fields": "field",
            "programs": "program",
            CAMPAIGNS: "campaign",
        }
        return self.tasks.get(f"{names[item.kind]} {item.name}") if item.kind in names else None

    # --- the change -------------------------------------------------------------------------------------------------

    def _edit(self) -> Iterator[Move]:
        for pair in self.difference.edits(*_MADE_FIRST):
            if pair.new.kind not in FIELDS:
                yield move.edit(pair.old, pair.new, self._why(pair.new))
        for pair in self.difference.edits(CAMPAIGNS):
            new = self.plan.quarantine.early.get(pair.new.name, pair.new)
            if new is not pair.old and pair.new.name not in self.plan.anew:
                yield from self._in_place(pair.old, new)
        for pair in self.plan.carried:
            yield from self._in_place(pair.old, pair.new)

    def _in_place(self, old: Emitted, new: Emitted) -> Iterator[Move]:
        why = "In place: whom it has let through it remembers; a new one, or a clone, would know nobody."
        off = not self.while_active and new.table.get("switched_on") in {"requested", *_ON_AGAIN}
        if off:
            yield move.pause(
                old, "Only what is inactive can be edited here; be quick: what happens now is lost."
            )
        yield move.edit(old, new, why)
        if off:
            yield move.resume(new, "It goes on at once.")

    @staticmethod
    def _why(item: Emitted) -> str:
        if item.kind == "tokens":
            return "The number stands in the token alone: whatever happens from now on gets the new one."
        return "In place; whoever asks for it asks for the new one."

    def _switch_over(self) -> Iterator[Move]:
        """What goes is switched off in the moment in which what comes is switched on."""
        for item in self.plan.off:
            kept = self.plan.retired.get(item.name)
            why = "This version does not have it; what it gave stays."
            if kept is not None and is_waited_in(item.table):
                why = "Nobody comes into it any more; whoever waits in it goes on, so it stays."
            yield move.pause(item, why, new=kept.table if kept is not None else None)
        anew = self.plan.anew.values()
        for one in anew:
            if one.old.table.get("switched_on"):
                yield move.pause(one.aside, "The one that has its name takes its place.")
        for stage in _ON_AGAIN:
            for item in (*self.difference.comes(CAMPAIGNS), *(one.new for one in anew)):
                if item.table.get("switched_on") == stage:
                    yield move.resume(item, "From now on, and for nothing that was before.")

    def _fill(self) -> Iterator[Move]:
        """What the new campaigns read is filled in, and what holds is brought to its new points."""
        for item in self.plan.copies:
            why = "What the old fields hold goes on in the new ones; what happens until this has run is lost: be quick."
            yield move.run(item, why, facts=("lead-token-in-data-value",))
        for item, why in self.plan.fills:
            yield move.run(item, why, facts=("qualification-memory",))
        for item in self.plan.quarantine.counts:
            yield move.run(item, "Who has taken steps in this silence has taken the ones that they are now.")
        for item in self.plan.starts:
            yield move.run(
                item, "It fills what the new campaigns read, for everybody who is there.", there=True
            )
        for drain in self.plan.drained:
            if drain.stays:
                why = "It takes back what was given, by the record; by night too, from whoever is outside now and comes in."
                yield move.create(drain.campaign, None, why)
                yield move.resume(drain.campaign, why)
                continue
            into = "takes back what was given" if drain.goes else "brings what was given to what holds now"
            yield move.run(
                drain.campaign, f"It {into}, by the record, in one run: no night may come between."
            )
        drained = (drain.campaign for drain in self.plan.drained if not drain.stays)
        for item in (
            *self.plan.copies,
            *(item for item, _ in self.plan.fills),
            *self.plan.quarantine.counts,
            *drained,
        ):
            yield move.delete(item, "It is for the change alone.")
        if self.plan.nightly:
            yield move.wait(NIGHT_ENDS, "every nightly batch has run once")

    # --- after ------------------------------------------------------------------------------------------------------

    def _look_again(self) -> Iterator[Move]:
        for item in self.plan.begins:
            yield move.run(
                item, "Who is past a new threshold already, as the model's start would have it.", there=True
            )
        passing = [item for watched in self.plan.watched for item in fills(*watched, self.campaigns)]
        for item in passing:
            yield move.run(
                item,
                "Who is past it, or below it, by the change alone counts as handed over, or as armed: nothing fires.",
            )
        for item in passing:
            yield move.delete(item, "It is for the change alone.")
        for item in self.plan.awakened:
            yield move.resume(item, "People are handed over again.")

    def _take_away(self) -> Iterator[Move]:
        for item in self.plan.deleted:
            yield move.delete(item, "Nothing of this version asks for it.")
        for one in self.plan.anew.values():
            yield move.delete(one.aside, "The one that has its name has taken its place.")

    def _wait_out(self) -> Iterator[Move]:
        passed = 0
        for hours, pair in sorted(self.plan.quarantine.later, key=lambda item: (item[0], item[1].new.name)):
            if hours > passed:
                why = "who has met a step already is too long silent by then to count as active"
                element = pair.new.elements[0] if pair.new.elements else ""
                yield move.wait(hours - passed, why, act="rest", element=element)
                passed = hours
            yield move.edit(pair.old, pair.new, "Nobody who has met a step can meet it twice by it any more.")


def _inner_first(items: Sequence[Emitted]) -> Iterable[Emitted]:
    """Campaigns after those that they execute or request."""
    names = {item.name: item for item in items}
    done: dict[str, Emitted] = {}

    def visit(item: Emitted) -> None:
        if item.name in done:
            return
        for name in calls(item.table):
            if name in names and names[name] is not item:
                visit(names[name])
        done[item.name] = item

    for item in items:
        visit(item)
    return done.values()
