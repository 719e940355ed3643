"""Rules that only take tags off share one rule where the reason is one."""

from __future__ import annotations

from scorewright.verify.run import verify
from scorewright_pardot import TARGET
from tests.pardot.making import HEAD, TOTAL, compile_model, compile_text, model_of, rules
from tests.verify.made import task_of

TWO = """
[marks]
hot = {}
[rules.page]
on = { visits = "any-page" }
points = { lead = 5 }
[thresholds.one]
when = { score = "lead", at_least = 20 }
then = [{ notify = "owner" }]
[thresholds.two]
when = { score = "lead", at_least = 20 }
then = [{ mark = "hot" }]
"""


def test_two_thresholds_that_close_alike_are_armed_again_by_one_rule():
    bundle = compile_text(TOTAL, TWO)
    again = {name: table for name, table in rules(bundle).items() if "below again" in name}
    assert list(again) == ["SW thresholds one: below again"]
    table = again["SW thresholds one: below again"]
    assert [act["of"] for act in table["actions"]] == [
        "sw/thresholds/one/crossed",
        "sw/thresholds/two/crossed",
    ]
    assert table["criteria"][0]["match"] == "any"
    item = next(item for item in bundle.objects if item.name == "SW thresholds one: below again")
    assert item.elements == ("thresholds.one", "thresholds.two")


def test_another_bound_is_another_reason():
    bundle = compile_text(
        TOTAL, TWO.replace("at_least = 20 }\nthen = [{ mark", "at_least = 30 }\nthen = [{ mark")
    )
    assert len([name for name in rules(bundle) if "below again" in name]) == 2


def test_it_holds():
    model = model_of(HEAD + TOTAL + TWO)
    verdict = verify(task_of(TARGET, model, compile_model(model)), TARGET, jobs=1, most_shown=1)
    assert verdict.holds
