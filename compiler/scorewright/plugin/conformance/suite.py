"""The kit as pytest classes to inherit.  It needs pytest only to be run: nothing here imports it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from scorewright.plugin.conformance.bench import Bench
from scorewright.plugin.conformance.breach import hold
from scorewright.plugin.conformance.promises import (
    changes,
    emulated,
    features,
    limits,
    notes,
    objects,
    reached,
    same,
    tables,
)
from scorewright.plugin.features import FEATURES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from scorewright.plugin.conformance.breach import Breach
    from scorewright.plugin.target import Target

__all__ = ["ApiConformance", "EmulatorConformance", "Kit", "TargetConformance"]


_TOLD = frozenset({"target", "options", "specs", "models"})
"""What a class says of the bench that it needs."""


class Kit:
    """What a test class of the kit is told; see ``TargetConformance``."""

    target: ClassVar[Target]
    """The target to be tested: the object that the entry point names."""
    options: ClassVar[Mapping[str, Any]] = {}
    """Options to compile with, as in ``[targets.<name>]``; the schema's defaults must do without any."""
    specs: ClassVar[Mapping[str, str]] = {}
    """Specs of your own, as TOML texts by feature id, where the kit's uses what your platform does not have."""
    models: ClassVar[Mapping[str, str]] = {}
    """More specs, as TOML texts by a name of your choice, that are put through all that the kit looks at."""

    @classmethod
    def bench(cls) -> Bench:
        """The target at work; everything is compiled once for all classes that share the base which says what is tested."""
        if not hasattr(cls, "target"):
            message = (
                f"say what {cls.__name__} tests: target = TARGET, the object that your entry point names"
            )
            raise AssertionError(message)
        owner: Any = next(base for base in cls.__mro__ if _TOLD & base.__dict__.keys())
        if "_bench" not in owner.__dict__:
            owner._bench = Bench(cls.target, cls.options, cls.specs, cls.models)  # noqa: SLF001 - a class of the kit
        bench: Bench = owner._bench  # noqa: SLF001
        return bench

    def hold(self, promise: Callable[..., Iterable[Breach]], *more: str) -> None:
        """Look whether a promise is kept; the promise's own words open the message."""
        __tracebackhide__ = True
        hold((promise.__doc__ or "").strip().partition("\n")[0], promise(self.bench(), *more))


class TargetConformance(Kit):
    """What any target must keep to.

    Inherit it, and say which target it is::

    class TestLedger(TargetConformance):
        target = TARGET
    """

    def pytest_generate_tests(self, metafunc: Any) -> None:
        """One test for each feature of the language."""
        if "feature" in metafunc.fixturenames:
            metafunc.parametrize("feature", [feature.id for feature in FEATURES])

    def test_the_protocol_is_kept(self) -> None:
        """Name, title, version and every method are there."""
        self.hold(tables.protocol)

    def test_options_are_closed_and_described(self) -> None:
        """The schema of the options is valid and closed."""
        self.hold(tables.options)

    def test_facts_are_in_order_and_have_sources(self) -> None:
        """The fact table is well formed."""
        self.hold(tables.facts)

    def test_unsure_facts_can_be_settled(self) -> None:
        """What nobody is sure of has a probe and alternatives."""
        self.hold(tables.unsure)

    def test_capabilities_answer_every_feature(self) -> None:
        """The capability table is complete and in order."""
        self.hold(tables.capabilities)

    def test_a_feature_is_as_the_table_says(self, feature: str) -> None:
        """The capability table is true, feature by feature."""
        self.hold(features.feature, feature)

    def test_every_element_has_a_note(self) -> None:
        """Nothing is dropped in silence."""
        self.hold(notes.answered)

    def test_notes_are_well_formed(self) -> None:
        """Each note can be shown, accepted and acted on."""
        self.hold(notes.well_formed)

    def test_what_is_rested_on_is_a_fact(self) -> None:
        """Every fact that is named is in the table."""
        self.hold(notes.on_facts)

    def test_gauges_are_well_formed(self) -> None:
        """What is read off exists, and has a name of its own."""
        self.hold(notes.gauged)

    def test_bounds_can_be_held(self) -> None:
        """Bounds name gauges and situations that there are."""
        self.hold(notes.bounded)

    def test_objects_are_named_once(self) -> None:
        """No name stands for two objects."""
        self.hold(objects.named_once)

    def test_objects_are_plain(self) -> None:
        """Objects can be written as TOML, and say where they come from."""
        self.hold(objects.plain)

    def test_the_sheet_can_be_ticked_off(self) -> None:
        """Tasks have ids of their own and steps that can be shown."""
        self.hold(objects.sheet)

    def test_nothing_is_cut(self) -> None:
        """Long texts are whole or refused."""
        self.hold(limits.uncut)

    def test_many_rules_are_all_there(self) -> None:
        """What is over a limit is counted and refused, not left away."""
        self.hold(limits.all_there)

    def test_no_sound_model_makes_it_raise(self) -> None:
        """Errors of a plugin are refusals, with a place."""
        self.hold(limits.never_raises)

    def test_the_way_from_another_version_is_told(self) -> None:
        """Migrations, where the target has any."""
        self.hold(changes.told)

    def test_the_request_is_left_as_it_was(self) -> None:
        """Inputs are unchanged."""
        self.hold(same.unchanged)

    def test_asked_again_it_answers_the_same(self) -> None:
        """Lowering keeps nothing."""
        self.hold(same.repeated)

    def test_the_bytes_are_the_same_under_two_hash_seeds(self) -> None:
        """What is written is the same from machine to machine."""
        self.hold(same.seeded)


class EmulatorConformance(Kit):
    """What the emulator of any target must keep to; inherit it beside ``TargetConformance``."""

    def pytest_generate_tests(self, metafunc: Any) -> None:
        """One test for each feature that the target has, and for each of its author's models."""
        if "feature" in metafunc.fixturenames:
            table = self.bench().capabilities.values()
            features = [row.feature for row in table if not row.support.refused]
            metafunc.parametrize("feature", [*features, *self.models])

    def test_every_bundle_can_be_built(self) -> None:
        """The emulator takes whatever is compiled."""
        self.hold(emulated.built)

    def test_every_gauge_is_answered(self) -> None:
        """What is read off is there, and of its kind."""
        self.hold(emulated.answers)

    def test_the_same_play_is_played_alike(self) -> None:
        """Chance comes from the schedule alone."""
        self.hold(emulated.repeats)

    def test_it_reads_the_emitted_files(self) -> None:
        """It does not see what the lowering had in mind."""
        self.hold(emulated.reads_the_files)

    def test_it_agrees_with_the_reference_machine(self, feature: str) -> None:
        """The proof, feature by feature."""
        self.hold(emulated.agrees, feature)


class ApiConformance(Kit):
    """What the API and the embedded sandbox of any target must keep to; inherit it beside ``TargetConformance``.

    Each promise is tried by pushing to the sandbox through the API, without a socket and without waiting.
    """

    def pushed(self, promise: Callable[[reached.Harbour], Iterable[Breach]]) -> None:
        """Look whether a promise is kept that takes a push."""
        __tracebackhide__ = True
        with reached.harbour(self.bench()) as harbour:
            hold((promise.__doc__ or "").strip().partition("\n")[0], promise(harbour))

    def test_accounts_are_told_apart(self) -> None:
        """The schema of an account is closed, and productions are kept from the sandbox."""
        self.hold(reached.accounts)

    def test_what_the_api_makes_is_known(self) -> None:
        """Kinds and warnings are those of emitted objects."""
        self.hold(reached.known)

    def test_a_pushed_spec_is_found_in_order(self) -> None:
        """Wanted and found have one normal form."""
        self.pushed(reached.settled)

    def test_calls_say_whether_they_write(self) -> None:
        """Looking only reads."""
        self.pushed(reached.said)

    def test_a_push_may_be_cut_off_anywhere(self) -> None:
        """Nothing is made twice, and nothing is forgotten."""
        self.pushed(reached.cut)

    def test_a_push_may_fail_anywhere(self) -> None:
        """Every error of the platform is judged as what it is."""
        self.pushed(reached.broken)

    def test_what_was_made_can_be_taken_away(self) -> None:
        """Retiring goes as far as the platform lets it."""
        self.pushed(reached.taken_away)

    def test_secrets_are_kept(self) -> None:
        """What signs a call is said nowhere."""
        self.pushed(reached.secret)
