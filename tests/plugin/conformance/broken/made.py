"""Targets that break a promise by what they make of a model: notes, bounds, gauges, objects, tasks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from scorewright.plugin.emulation import Bound, Gauge
from scorewright.plugin.notes import Note, Result
from scorewright_ledger.target import LedgerTarget
from tests.plugin.conformance.broken.faults import breaks


class _OtherBundle(LedgerTarget):
    def compile(self, request: Any) -> Any:
        return self.after(super().compile(request), request)

    def after(self, bundle: Any, request: Any) -> Any:
        raise NotImplementedError


class _OtherNotes(_OtherBundle):
    """Every note of one result is changed."""

    result = Result.EXACT

    def after(self, bundle: Any, request: Any) -> Any:
        notes = (self.note(note) if note.result is self.result else note for note in bundle.notes)
        return replace(bundle, notes=tuple(notes))

    def note(self, note: Note) -> Note:
        raise NotImplementedError


@breaks("says nothing of thresholds.ready", "answered")
class NoteDropped(_OtherBundle):
    """an element without a note"""

    def after(self, bundle: Any, request: Any) -> Any:
        notes = (note for note in bundle.notes if not note.element.startswith("thresholds."))
        return replace(bundle, notes=tuple(notes))


@breaks("stands at ('rules', 'scored', 'nowhere'), which the spec does not have", "well-formed")
class NoPlace(_OtherNotes):
    """a refusal without a place"""

    result = Result.REFUSED

    def note(self, note: Note) -> Note:
        return replace(note, path=(*note.path[:2], "nowhere"))


@breaks("stands at (), which the spec does not have", "well-formed")
class EmptyPath(_OtherNotes):
    """a note with an empty path"""

    def note(self, note: Note) -> Note:
        return replace(note, path=())


@breaks("has no way out", "well-formed")
class NoInstead(_OtherNotes):
    """a refusal without a way out"""

    result = Result.REFUSED

    def note(self, note: Note) -> Note:
        return replace(note, instead="")


@breaks("names no element of the model", "well-formed")
class OtherElement(_OtherBundle):
    """a note of nothing"""

    def after(self, bundle: Any, request: Any) -> Any:
        note = Note("built", Result.EXACT, "rules.nobody", ("model",), "built")
        return replace(bundle, notes=(*bundle.notes, note))


@breaks("is bounded without a bound", "well-formed")
class NoBounds(_OtherNotes):
    """a bound without numbers"""

    result = Result.BOUNDED

    def note(self, note: Note) -> Note:
        return replace(note, bounds=())


@breaks("not in kebab-case", "well-formed")
class NoteUnnamed(_OtherNotes):
    """a note that cannot be accepted by name"""

    def note(self, note: Note) -> Note:
        return replace(note, name="Built it")


@breaks("rests on 'no-such-fact', which is no fact", "on-facts")
class NoteOnNothing(_OtherNotes):
    """a note that rests on no fact"""

    def note(self, note: Note) -> Note:
        return replace(note, facts=("no-such-fact",))


@breaks("is exact and has", "bounds")
class ExactWithBounds(_OtherNotes):
    """an exact note with bounds"""

    def note(self, note: Note) -> Note:
        return replace(note, bounds=(Bound("*", 0, 1),))


class _OtherBounds(_OtherNotes):
    result = Result.BOUNDED
    bound: Bound

    def note(self, note: Note) -> Note:
        return replace(note, bounds=(self.bound,))


@breaks("bounds 'score nobody', which is no gauge", "bounds")
class BoundOfNothing(_OtherBounds):
    """a bound of no gauge"""

    bound = Bound("score nobody", 0, 10)


@breaks("holds when 'it rains'", "bounds")
class BoundInRain(_OtherBounds):
    """a bound in no situation"""

    bound = Bound("*", 0, 10, "it rains")


@breaks("allows only 5 to 10", "bounds")
class BoundWithoutZero(_OtherBounds):
    """a bound that nothing right can keep"""

    bound = Bound("*", 5, 10)


class _OtherGauges(_OtherBundle):
    def after(self, bundle: Any, request: Any) -> Any:
        return replace(bundle, gauges=tuple(self.gauges([*bundle.gauges])))

    def gauges(self, gauges: list[Gauge]) -> list[Gauge]:
        raise NotImplementedError


@breaks("is of kind 'mood'", "gauges")
class GaugeOfMood(_OtherGauges):
    """a gauge of no kind"""

    def gauges(self, gauges: list[Gauge]) -> list[Gauge]:
        return [*gauges, Gauge("mood", "points", {"at": "face"}, 2)]


@breaks("reads off what the model does not have", "gauges")
class GaugeOfNothing(_OtherGauges):
    """a gauge of nothing"""

    def gauges(self, gauges: list[Gauge]) -> list[Gauge]:
        return [*gauges, Gauge("score", "nobody", {"balance_of": "nobody"}, 2)]


@breaks("has two gauges 'score points'", "gauges")
class GaugeTwice(_OtherGauges):
    """two gauges of one thing"""

    def gauges(self, gauges: list[Gauge]) -> list[Gauge]:
        return [*gauges, *gauges[:1]]


@breaks("settles in 0 hours", "gauges")
class GaugeNeverSettles(_OtherGauges):
    """a gauge that is right before anything was done"""

    def gauges(self, gauges: list[Gauge]) -> list[Gauge]:
        return [gauge._replace(settles=0) for gauge in gauges]


class _OtherObjects(_OtherBundle):
    def after(self, bundle: Any, request: Any) -> Any:
        return replace(bundle, objects=tuple(self.thing(item) for item in bundle.objects))

    def thing(self, item: Any) -> Any:
        raise NotImplementedError


@breaks("2 postings are called 'posting'", "named-once")
class NamesAlike(_OtherObjects):
    """two objects of one name"""

    def thing(self, item: Any) -> Any:
        return replace(item, name="posting") if item.kind == "postings" else item


@breaks("holds NoneType at nothing", "plain")
class NotToml(_OtherObjects):
    """a value that TOML does not have"""

    def thing(self, item: Any) -> Any:
        return replace(item, table={**item.table, "nothing": None})


@breaks("has objects of the kind 'notes'", "plain")
class KindTaken(_OtherObjects):
    """a kind that is another file's name"""

    def thing(self, item: Any) -> Any:
        return replace(item, kind="notes")


@breaks("exists for 'rules.nobody'", "plain")
class ForNothing(_OtherObjects):
    """an object for no element"""

    def thing(self, item: Any) -> Any:
        return replace(item, elements=("rules.nobody",))


class _OtherTasks(_OtherBundle):
    def after(self, bundle: Any, request: Any) -> Any:
        sections = (
            replace(section, tasks=tuple(replace(task, **self.changed(task)) for task in section.tasks))
            for section in bundle.sheet.sections
        )
        return replace(bundle, sheet=replace(bundle.sheet, sections=tuple(sections)))

    def changed(self, task: Any) -> dict[str, Any]:
        raise NotImplementedError


@breaks("tasks have the id 'task'", "sheet")
class TasksAlike(_OtherTasks):
    """two tasks of one id"""

    def changed(self, task: Any) -> dict[str, Any]:
        return {"id": "task"}


@breaks("has a step 'sing'", "sheet")
class StepUnknown(_OtherTasks):
    """a step that cannot be shown"""

    def changed(self, task: Any) -> dict[str, Any]:
        return {"steps": (*task.steps, replace(task.steps[0], act="sing"))}


class LongFact(LedgerTarget):
    """Takes names of any length, so that what is too long comes through to be cut."""

    def compile(self, request: Any) -> Any:
        return super().compile(replace(request, facts={**request.facts, "name-length": 100_000}))


@breaks("holds a part of a long text", "uncut")
class CutsTexts(LongFact):
    """a text that is cut"""

    def compile(self, request: Any) -> Any:
        bundle = super().compile(request)
        cut = (
            replace(item, table={**item.table, "label": item.table["label"][:80]})
            if "label" in item.table
            else item
            for item in bundle.objects
        )
        return replace(bundle, objects=tuple(cut))


@breaks("has no object and is not refused", "all-there")
class StopsAtTheLimit(_OtherBundle):
    """rules beyond the limit that are left away"""

    def after(self, bundle: Any, request: Any) -> Any:
        sections = (replace(section, tasks=section.tasks[:50]) for section in bundle.sheet.sections)
        sheet = replace(bundle.sheet, sections=tuple(sections))
        return replace(bundle, objects=bundle.objects[:50], sheet=sheet)


@breaks("odd-signs: raises KeyError", "never-raises")
class Raises(LedgerTarget):
    """a sound model that makes it raise"""

    def compile(self, request: Any) -> Any:
        if any("=" in segment.title for segment in request.model.segments.values()):
            raise KeyError("=")
        return super().compile(request)


@breaks("raises ValueError where facts are otherwise", "never-raises")
class RaisesElsewhere(LedgerTarget):
    """an answer to a fact that makes it raise"""

    def compile(self, request: Any) -> Any:
        if request.facts["once-synced-hours"] == 0:
            raise ValueError("no servers")
        return super().compile(request)


@breaks("request.model is changed by compile()", "unchanged")
class WritesModel(LedgerTarget):
    """a model that is written to"""

    def compile(self, request: Any) -> Any:
        bundle = super().compile(request)
        request.model.rules.clear()
        return bundle


@breaks("request.facts is changed by compile()", "unchanged")
class WritesFacts(LedgerTarget):
    """facts that are written to, and put back"""

    def compile(self, request: Any) -> Any:
        before = request.facts["name-length"]
        request.facts["name-length"] = 80
        bundle = super().compile(request)
        request.facts["name-length"] = before
        return bundle


@breaks("request.options is changed by compile()", "unchanged")
class WritesOptions(LedgerTarget):
    """options that are written to"""

    def compile(self, request: Any) -> Any:
        request.options.setdefault("currency", "points")
        return super().compile(request)


@breaks("gives other objects when it is asked again", "repeated")
class Counts(LedgerTarget):
    """a counter from compile to compile"""

    compiled = 0

    def compile(self, request: Any) -> Any:
        bundle = super().compile(request)
        Counts.compiled += 1
        first, *others = bundle.objects
        return replace(bundle, objects=(replace(first, lowering=f"account {self.compiled}"), *others))


@breaks("accounts.toml: is not the same under two hash seeds", "seeded")
class HashOrder(_OtherBundle):
    """an order that hangs on the hash seed"""

    def after(self, bundle: Any, request: Any) -> Any:
        return replace(bundle, objects=tuple(sorted(bundle.objects, key=lambda item: hash(item.name))))


@breaks("score points shows", "agrees")
class PaysMore(_OtherObjects):
    """postings that pay more than the rule says"""

    def thing(self, item: Any) -> Any:
        if item.kind != "postings":
            return item
        amounts = {key: amount + 1 for key, amount in item.table["amounts"].items()}
        return replace(item, table={**item.table, "amounts": amounts})


@breaks("(allowed:", "agrees")
class BoundTooTight(_OtherBounds):
    """a bound that is not kept"""

    bound = Bound("score points", 0, 3, "crowded")
