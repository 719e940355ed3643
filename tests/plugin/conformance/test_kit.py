"""The kit finds every promise that is broken, and that one alone."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cached_property
from typing import ClassVar

import pytest

from scorewright.plugin.capability import Support
from scorewright.plugin.conformance import EmulatorConformance, PromiseBrokenError, TargetConformance, suite
from scorewright.plugin.conformance.__main__ import main
from scorewright.plugin.conformance.bench import Bench, Case, SpecFaultyError, checked
from scorewright.plugin.conformance.hostile import HOSTILE, crowd, long_names
from scorewright.plugin.conformance.specs import SPECS
from scorewright.plugin.features import FEATURES
from scorewright.plugin.usage import features_used
from scorewright_ledger import TARGET
from scorewright_ledger.target import LedgerTarget
from tests.conftest import ROOT
from tests.plugin.conformance.broken import EMULATED, EMULATED_FAULTS, STATIC, STATIC_FAULTS

SEEDED = STATIC["seeded"]
PROVEN = ("points-event", "limit-once", "threshold")
"""Features that are proven again for each broken emulator; the example plugin's own tests prove all of them."""


LONG = tuple(Case(name, spec.text, texts) for name, spec, texts in long_names())


class FewCases(Bench):
    """The kit at work on the specs that Point Ledger has most to say of."""

    @cached_property
    def cases(self):
        features = (*PROVEN, "event-any", "points-several", "when-score", "segment", "event-visits")
        return (
            *(case for feature in features for case in self.features[feature]),
            *(Case(name, spec.text) for name, spec in HOSTILE.items() if name != "two-hundred-of-each"),
            *LONG,
            Case("many-rules", crowd(count=60).text),
        )


def broken_promises(base, target, monkeypatch, without=()):
    """Run every test of one of the kit's classes on a target: the tests that fail, with what they say."""
    monkeypatch.setattr(suite, "Bench", FewCases)
    tests = type("Tests", (base,), {"target": target})()
    found = {}
    for name in sorted(name for name in dir(tests) if name.startswith("test_") and name not in without):
        test = getattr(tests, name)
        takes_feature = "feature" in test.__code__.co_varnames[: test.__code__.co_argcount]
        features = PROVEN if base is EmulatorConformance else [feature.id for feature in FEATURES]
        for arguments in [(feature,) for feature in features] if takes_feature else [()]:
            try:
                test(*arguments)
            except PromiseBrokenError as error:
                found[name] = found.get(name, "") + str(error)
    return found


def checks_of(base):
    return {name for name in dir(base) if name.startswith("test_")}


def test_the_tables_of_faults_cover_every_check_of_the_kit():
    assert checks_of(TargetConformance) == set(STATIC.values())
    assert checks_of(EmulatorConformance) == set(EMULATED.values())
    faults = [*STATIC_FAULTS.values(), *EMULATED_FAULTS.values()]
    assert {check for fault in faults for check in fault.found_by} == STATIC.keys() | EMULATED.keys()


@pytest.mark.parametrize("name", STATIC_FAULTS)
def test_a_broken_promise_is_found_by_its_own_check_alone(name, monkeypatch):
    target, found_by, says = STATIC_FAULTS[name]
    without = () if "seeded" in found_by else (SEEDED,)
    found = broken_promises(TargetConformance, target(), monkeypatch, without)
    assert found.keys() == {STATIC[check] for check in found_by}, found
    assert says in "\n".join(found.values())
    assert all("What to do: " in words for words in found.values())


@pytest.mark.parametrize("name", EMULATED_FAULTS)
def test_a_broken_emulator_is_found_by_its_own_check_alone(name, monkeypatch):
    target, found_by, says = EMULATED_FAULTS[name]
    found = broken_promises(EmulatorConformance, target(), monkeypatch)
    assert found.keys() == {EMULATED[check] for check in found_by}, found
    assert says in "\n".join(found.values())
    assert all("What to do: " in words for words in found.values())


def test_nothing_is_found_where_nothing_is_broken(monkeypatch):
    assert broken_promises(TargetConformance, TARGET, monkeypatch, (SEEDED,)) == {}
    assert broken_promises(EmulatorConformance, TARGET, monkeypatch) == {}


# --- the kit's own specs ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("feature", [feature.id for feature in FEATURES])
def test_every_feature_has_a_sound_spec_that_uses_it(feature):
    for number, spec in enumerate(SPECS[feature]):
        model = checked(f"{feature}-{number}", spec.text).model
        assert feature in {use.feature for use in features_used(model)}


def test_every_unkind_spec_is_sound():
    specs = [*HOSTILE.items(), *((name, spec) for name, spec, _ in long_names()), ("many", crowd())]
    assert all(checked(name, spec.text).ok for name, spec in specs)


@pytest.mark.parametrize("verb", ["submits", "visits", "opens", "clicks", "downloads"])
def test_a_crowd_is_of_what_the_target_has(verb):
    verbs = ("submits", "visits", "opens", "clicks", "downloads")
    refused = {"limit-once", *(f"event-{other}" for other in verbs if other != verb)}
    for without in (refused, refused - {"limit-once"}):
        used = {use.feature for use in features_used(checked("many", crowd(without, 3).text).model)}
        assert f"event-{verb}" in used
        assert not used & without


class WithoutLimits(LedgerTarget):
    """Point Ledger as if it had no limits: what has one is left to the compiler, without an object or a note."""

    def capabilities(self):
        return tuple(
            replace(row, support=Support.NOT_IMPLEMENTED, instead="leave it out")
            if row.feature == "limit-once"
            else row
            for row in super().capabilities()
        )

    def compile(self, request):
        left = {use.element for use in features_used(request.model) if use.feature == "limit-once"}
        rules = {key: rule for key, rule in request.model.rules.items() if rule.name not in left}
        return super().compile(replace(request, model=replace(request.model, rules=rules)))


def test_rules_that_the_table_refuses_need_no_object_and_no_note(monkeypatch):
    assert broken_promises(TargetConformance, WithoutLimits(), monkeypatch, (SEEDED,)) == {}


def test_a_spec_of_the_kit_can_be_had_to_repeat_a_play(capsys):
    class Tests(EmulatorConformance):
        target = EMULATED_FAULTS["postings that pay more than the rule says"].target()

    with pytest.raises(PromiseBrokenError) as error:
        Tests().test_it_agrees_with_the_reference_machine("limit-once")
    words = str(error.value)
    assert "python -m scorewright.plugin.conformance limit-once > limit-once.toml" in words
    assert "again: scorewright verify limit-once.toml --target ledger" in words
    assert main(["limit-once"]) == 0
    assert checked("limit-once", capsys.readouterr().out).ok
    assert main([]) == 0
    assert "limit-once" in capsys.readouterr().out.split()
    assert main(["limit-onec"]) == 2
    assert "did you mean 'limit-once'?" in capsys.readouterr().err


def test_the_long_texts_are_as_long_as_they_say_and_differ_only_at_their_end():
    for name, _, texts in long_names():
        length = int(name.rpartition("-")[2])
        assert {len(text) for text in texts} <= {length - 1, length}
        assert texts[0] != texts[1]
        assert texts[0][:-4] == texts[1][:-4]


# --- knobs ------------------------------------------------------------------------------------------------------------

VISITS = SPECS["event-visits"][0].text


def test_a_spec_of_ones_own_stands_in_for_the_kits(monkeypatch):
    class Tests(TargetConformance):
        target = TARGET
        specs: ClassVar = {"event-submits": VISITS}

    with pytest.raises(PromiseBrokenError, match="does not stand in the spec that you gave for it"):
        Tests().test_a_feature_is_as_the_table_says("event-submits")


def test_a_model_of_ones_own_is_put_through_everything():
    class Tests(TargetConformance):
        target = STATIC_FAULTS["an element without a note"].target()
        models: ClassVar = {"mine": SPECS["threshold"][0].text}

    with pytest.raises(PromiseBrokenError, match=r"mine: says nothing of thresholds\.ready"):
        Tests().test_every_element_has_a_note()


def test_a_model_of_ones_own_is_proven():
    class Tests(EmulatorConformance):
        target = EMULATED_FAULTS["postings that pay more than the rule says"].target()
        models: ClassVar = {"mine": SPECS["threshold"][0].text}

    with pytest.raises(PromiseBrokenError, match=r"mine: differs from the reference machine"):
        Tests().test_it_agrees_with_the_reference_machine("mine")


def test_a_faulty_spec_is_told_as_check_would_tell_it():
    class Tests(TargetConformance):
        target = TARGET
        models: ClassVar = {"mine": VISITS.replace("points = { points = 5 }", "points = { pints = 5 }")}

    with pytest.raises(SpecFaultyError, match=r"mine.toml:\d+:\d+"):
        Tests().test_every_element_has_a_note()


def test_a_class_that_names_no_target_is_told_to():
    class Tests(TargetConformance):
        pass

    with pytest.raises(AssertionError, match=r"say what Tests tests: target = TARGET"):
        Tests().test_the_protocol_is_kept()


def test_a_target_that_cannot_be_sent_to_another_process_is_told_why():
    class Local(type(TARGET)):
        pass

    class Tests(TargetConformance):
        target = Local()

    with pytest.raises(AssertionError, match="make it an instance of a class that stands in a module"):
        Tests().test_the_bytes_are_the_same_under_two_hash_seeds()


def test_many_breaches_are_shown_as_a_few_and_a_count():
    fault = STATIC_FAULTS["a counter from compile to compile"]

    class Tests(TargetConformance):
        target = fault.target()

    with pytest.raises(PromiseBrokenError) as error:
        Tests().test_asked_again_it_answers_the_same()
    assert re.search(r"… and \d+ more like these", str(error.value))
    assert len(str(error.value).splitlines()) < 20


def test_no_module_but_the_kit_may_import_the_kit():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (wall,) = (contract for contract in contracts if contract["id"] == "nobody-uses-the-kit")
    source = ROOT / "compiler" / "scorewright"
    rooms = {f"scorewright.{path.parent.name}" for path in source.glob("*/__init__.py")} - {
        "scorewright.plugin"
    }
    modules = {f"scorewright.plugin.{path.stem}" for path in (source / "plugin").glob("*.py")}
    targets = {path.parent.name for path in (ROOT / "targets").glob("*/__init__.py")}
    assert set(wall["source_modules"]) == rooms | modules - {"scorewright.plugin.__init__"} | targets
