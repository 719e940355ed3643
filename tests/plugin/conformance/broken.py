"""Point Ledger with one promise broken at a time: what the conformance kit must find, each by its own name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from scorewright_ledger.target import LedgerTarget

if TYPE_CHECKING:
    from scorewright.plugin.emulation import Played

from scorewright.plugin.capability import Capability, Support
from scorewright.plugin.emulation import Bound, Gauge
from scorewright.plugin.migration import Migration, Move
from scorewright.plugin.notes import Note, Result
from scorewright.plugin.sheet import Task

STATIC = {
    "protocol": "test_the_protocol_is_kept",
    "options": "test_options_are_closed_and_described",
    "facts": "test_facts_are_in_order_and_have_sources",
    "unsure": "test_unsure_facts_can_be_settled",
    "capabilities": "test_capabilities_answer_every_feature",
    "features": "test_a_feature_is_as_the_table_says",
    "answered": "test_every_element_has_a_note",
    "well-formed": "test_notes_are_well_formed",
    "on-facts": "test_what_is_rested_on_is_a_fact",
    "gauges": "test_gauges_are_well_formed",
    "bounds": "test_bounds_can_be_held",
    "named-once": "test_objects_are_named_once",
    "plain": "test_objects_are_plain",
    "sheet": "test_the_sheet_can_be_ticked_off",
    "uncut": "test_nothing_is_cut",
    "all-there": "test_many_rules_are_all_there",
    "never-raises": "test_no_sound_model_makes_it_raise",
    "changes": "test_the_way_from_another_version_is_told",
    "unchanged": "test_the_request_is_left_as_it_was",
    "repeated": "test_asked_again_it_answers_the_same",
    "seeded": "test_the_bytes_are_the_same_under_two_hash_seeds",
}
EMULATED = {
    "built": "test_every_bundle_can_be_built",
    "answers": "test_every_gauge_is_answered",
    "repeats": "test_the_same_play_is_played_alike",
    "reads": "test_it_reads_the_emitted_files",
    "agrees": "test_it_agrees_with_the_reference_machine",
}


class Fault(NamedTuple):
    """A target that breaks a promise, the checks that must find it (by their short names), and words they must say."""

    target: type[LedgerTarget]
    found_by: set[str]
    says: str


STATIC_FAULTS: dict[str, Fault] = {}
EMULATED_FAULTS: dict[str, Fault] = {}


def breaks(says: str, *found_by: str) -> Any:
    """Enter a class into the table of faults: its docstring is the name of the fault."""

    def enter(target: type[LedgerTarget]) -> type[LedgerTarget]:
        table = EMULATED_FAULTS if set(found_by) <= EMULATED.keys() else STATIC_FAULTS
        table[(target.__doc__ or "").strip()] = Fault(target, set(found_by), says)
        return target

    return enter


# --- tables -----------------------------------------------------------------------------------------------------------


@breaks("has no `emulator`", "protocol")
class NoEmulator(LedgerTarget):
    """no emulator"""

    @property
    def emulator(self) -> Any:
        raise AttributeError


@breaks("api_version: is (2, 0)", "protocol")
class OtherContract(LedgerTarget):
    """another contract"""

    api_version = (2, 0)


@breaks("api_version: is (1, 9)", "protocol")
class LaterContract(LedgerTarget):
    """a later contract"""

    api_version = (1, 9)


@breaks("small letters, digits and hyphens", "protocol", "plain")
class Named(LedgerTarget):
    """a name with blanks"""

    name = "Point Ledger"


@breaks("takes keys that it does not name", "options")
class OpenOptions(LedgerTarget):
    """open options"""

    def options_schema(self) -> Any:
        return {**super().options_schema(), "additionalProperties": True}


@breaks("currency: has no description", "options")
class UndescribedOption(LedgerTarget):
    """an option without description"""

    def options_schema(self) -> Any:
        return {**super().options_schema(), "properties": {"currency": {"type": "string"}}}


@breaks("is a required property", "options")
class RequiredOption(LedgerTarget):
    """an option that must be given"""

    def options_schema(self) -> Any:
        return {**super().options_schema(), "required": ["currency"]}


@breaks("is not valid under any of the given schemas", "options")
class InvalidSchema(LedgerTarget):
    """a schema that is none"""

    def options_schema(self) -> Any:
        return {**super().options_schema(), "type": "table"}


@breaks("order facts() by id", "facts")
class FactsInDisorder(LedgerTarget):
    """facts in disorder"""

    def facts(self) -> Any:
        return tuple(reversed(super().facts()))


@breaks("stands there twice", "facts")
class FactTwice(LedgerTarget):
    """a fact twice"""

    def facts(self) -> Any:
        facts = super().facts()
        return (facts[0], *facts)


class _OtherFact(LedgerTarget):
    fact = "once-synced-hours"
    changed: ClassVar[dict[str, Any]]

    def facts(self) -> Any:
        return tuple(
            replace(fact, **self.changed) if fact.id == self.fact else fact for fact in super().facts()
        )


@breaks("has no source", "facts")
class NoSource(_OtherFact):
    """a fact without a source"""

    changed: ClassVar = {"source": ""}


@breaks("was checked on 'lately'", "facts")
class NoDay(_OtherFact):
    """a fact without a day"""

    changed: ClassVar = {"checked": "lately"}


@breaks("state it as a sentence", "facts")
class NoSentence(_OtherFact):
    """a fact that is no sentence"""

    changed: ClassVar = {"statement": "two servers"}


@breaks("has no probe", "unsure")
class NoProbe(_OtherFact):
    """an unsure fact without a probe"""

    changed: ClassVar = {"probe": " "}


@breaks("has no alternatives", "unsure")
class NoAlternatives(_OtherFact):
    """an unsure fact without alternatives"""

    changed: ClassVar = {"alternatives": ()}


@breaks("its own value among the alternatives", "unsure")
class OwnAlternative(_OtherFact):
    """a fact that is its own alternative"""

    changed: ClassVar = {"alternatives": (0, 1)}


@breaks("feature bots-count: has no answer(s)", "capabilities")
class FeatureForgotten(LedgerTarget):
    """a feature without an answer"""

    def capabilities(self) -> Any:
        return super().capabilities()[:-1]


@breaks("is not one of the language's", "capabilities")
class FeatureInvented(LedgerTarget):
    """a feature that there is not"""

    def capabilities(self) -> Any:
        return (*super().capabilities(), Capability("event-thinks", Support.FULL, "It reads minds."))


@breaks("list them in the order of FEATURES", "capabilities")
class FeaturesInDisorder(LedgerTarget):
    """capabilities in disorder"""

    def capabilities(self) -> Any:
        return tuple(reversed(super().capabilities()))


class _OtherCapability(LedgerTarget):
    feature: str
    changed: ClassVar[dict[str, Any]]

    def capabilities(self) -> Any:
        table = super().capabilities()
        return tuple(replace(row, **self.changed) if row.feature == self.feature else row for row in table)


@breaks("has no reason", "capabilities")
class NoReason(_OtherCapability):
    """a capability without a reason"""

    feature = "event-submits"
    changed: ClassVar = {"reason": ""}


@breaks("has no way out", "capabilities", "features")
class NoWayOut(_OtherCapability):
    """a refusal in the table without a way out"""

    feature = "segment"
    changed: ClassVar = {"instead": ""}


@breaks("rests on 'no-such-fact', which is no fact", "capabilities")
class RestsOnNothing(_OtherCapability):
    """a capability that rests on no fact"""

    feature = "event-submits"
    changed: ClassVar = {"source": "no-such-fact"}


@breaks("event-visits: is said to be full, and rules.scored is refused: not-here", "features")
class SaysTooMuch(_OtherCapability):
    """a capability that promises too much"""

    feature = "event-visits"
    changed: ClassVar = {"support": Support.FULL}


@breaks("event-downloads: is refused by the table, and rules.scored is noted as exact", "features")
class SaysTooLittle(_OtherCapability):
    """a capability that promises too little"""

    feature = "event-downloads"
    changed: ClassVar = {"support": Support.IMPOSSIBLE, "instead": "nothing"}


# --- what is made -----------------------------------------------------------------------------------------------------


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


# --- the emulator -----------------------------------------------------------------------------------------------------


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


class _OtherEmulator(LedgerTarget):
    def emulator(self, model: Any, tables: Any, facts: Any) -> Any:
        return self.around(super().emulator(model, tables, facts))

    def around(self, emulator: Any) -> Any:
        raise NotImplementedError


class _Around:
    """An emulator around another: what it answers is changed."""

    def __init__(self, inner: Any, change: Any, modelled: frozenset[str] | None = None) -> None:
        self.inner, self.change, self.plays = inner, change, 0
        self.modelled = inner.modelled if modelled is None else modelled

    def play(self, person: Any, looks: Any, schedule: Any) -> Played:
        self.plays += 1
        return self.change(self, self.inner.play(person, looks, schedule))


@breaks("cannot be built in the emulator: RuntimeError", "built")
class CannotBuild(_OtherEmulator):
    """an emulator that cannot be built"""

    def around(self, emulator: Any) -> Any:
        raise RuntimeError("out of order")


@breaks("models 'no-such-fact', which is no fact", "built")
class ModelsNothing(_OtherEmulator):
    """an emulator that models no fact"""

    def around(self, emulator: Any) -> Any:
        return _Around(emulator, lambda _, played: played, frozenset({"no-such-fact"}))


@breaks("raises ZeroDivisionError", "answers")
class PlayRaises(_OtherEmulator):
    """a play that raises"""

    def around(self, emulator: Any) -> Any:
        return _Around(emulator, lambda around, _: around.plays // 0)


@breaks("does not say what 'score points' shows", "answers")
class NoAnswer(_OtherEmulator):
    """a gauge that is not answered"""

    def around(self, emulator: Any) -> Any:
        def change(_: Any, played: Played) -> Played:
            sights = (
                {key: value for key, value in sight.items() if key != "score points"}
                for sight in played.sights
            )
            return played._replace(sights=tuple(sights))

        return _Around(emulator, change)


@breaks("answers 'score points' with '0'", "answers", "agrees")
class AnswersInWords(_OtherEmulator):
    """a number that is answered as a text"""

    def around(self, emulator: Any) -> Any:
        def change(_: Any, played: Played) -> Played:
            return played._replace(
                sights=tuple({key: str(value) for key, value in sight.items()} for sight in played.sights)
            )

        return _Around(emulator, change)


@breaks("order deeds by time", "answers")
class DeedsInDisorder(_OtherEmulator):
    """deeds in disorder"""

    def around(self, emulator: Any) -> Any:
        return _Around(emulator, lambda _, played: played._replace(deeds=played.deeds[::-1]))


class _Moves(LedgerTarget):
    """Point Ledger with a way from one version to another, which is told wrongly."""

    act, hours, why = "edit", 0, "A reason."

    def migrate(self, request: Any, bundle: Any, since: Any) -> Any:
        del request
        if [item.table for item in bundle.objects] == [item.table for item in since.objects]:
            return Migration(since, ())
        task = Task("edit: account", "Edit", "", self.why, 1.0, ())
        return Migration(since, (Move(self.act, "accounts", "account", task, hours=self.hours),))


@breaks("has a move 'mend'", "changes")
class OddMove(_Moves):
    """a move that nobody knows"""

    act = "mend"


@breaks("lasts 5 hours", "changes")
class LastingMove(_Moves):
    """an edit that lasts"""

    hours = 5


@breaks("does not say why", "changes")
class MoveWithoutReason(_Moves):
    """a move without a reason"""

    why = ""


@breaks("from the version to itself there are moves", "changes")
class RestlessMigration(_Moves):
    """moves between equal versions"""

    def migrate(self, request: Any, bundle: Any, since: Any) -> Any:
        other = replace(since, objects=())
        return super().migrate(request, bundle, other) if bundle.objects else Migration(since, ())


@breaks("raises KeyError", "changes")
class RaisingMigration(_Moves):
    """a migration that raises"""

    def migrate(self, request: Any, bundle: Any, since: Any) -> Any:
        raise KeyError(since.label)


@breaks("the second answer differs", "changes")
class ForgetfulMigration(_Moves):
    """a migration that remembers earlier ones"""

    def __init__(self) -> None:
        self.calls = 0

    def migrate(self, request: Any, bundle: Any, since: Any) -> Any:
        self.calls += 1
        found = super().migrate(request, bundle, since)
        return replace(found, intro=(f"call {self.calls}",))


@breaks("is bounded by nothing", "changes")
class BoundlessMigration(_Moves):
    """a bounded migration without a bound"""

    def migrate(self, request: Any, bundle: Any, since: Any) -> Any:
        note = Note("late", Result.BOUNDED, "model.id", ("model", "id"), "Late.")
        return replace(super().migrate(request, bundle, since), notes=(note,))


@breaks("is refused without a way out", "changes")
class DeadEndMigration(_Moves):
    """a refused migration without a way out"""

    def migrate(self, request: Any, bundle: Any, since: Any) -> Any:
        note = Note("never", Result.REFUSED, "model.id", ("model", "id"), "Never.")
        return replace(super().migrate(request, bundle, since), notes=(note,))


@breaks("shows something else the second time", "repeats")
class Remembers(_OtherEmulator):
    """an emulator that remembers earlier plays"""

    def around(self, emulator: Any) -> Any:
        def change(around: Any, played: Played) -> Played:
            return played._replace(
                deeds=tuple(deed._replace(by=f"play {around.plays}") for deed in played.deeds)
            )

        return _Around(emulator, change)


@breaks("shows the same without the emitted files", "reads")
class ReadsTheMind(LedgerTarget):
    """an emulator that asks the lowering"""

    def emulator(self, model: Any, tables: Any, facts: Any) -> Any:
        from scorewright.plugin.target import Request

        bundle = self.compile(Request(model, {}, facts))
        meant: dict[str, list[Any]] = {}
        for item in bundle.objects:
            meant.setdefault(item.kind, []).append({"name": item.name, **item.table})
        return super().emulator(model, meant, facts)
