"""The span of a score is never too narrow: the reference machine finds no way out of it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from scorewright.checks.extremes import spans
from scorewright.model.history import FieldSet, Happening, Person
from scorewright.model.read import read
from scorewright.semantics import run
from tests.checks.specs import whole

DAY = 86_400
BEGIN = 1_767_225_600  # 2026-01-01

points = st.integers(-20, 20)
bounds = st.fixed_dictionaries(
    {}, optional={"start": st.integers(-20, 20), "floor": st.integers(-30, 0), "ceiling": st.integers(5, 40)}
)
limits = st.sampled_from(
    [
        None,
        {"times": 1},
        {"times": 2},
        {"times": 1, "per": "30d"},
        {"points": 15},
        {"times": 1, "each": "asset"},
    ]
)
event_rules = st.fixed_dictionaries(
    {
        "on": st.sampled_from([{"visits": "one"}, {"submits": "two"}, {"visits": "any-page"}]),
        "points": st.dictionaries(st.sampled_from(["a", "b"]), points, min_size=1),
    },
    optional={"limit": limits, "expires": st.just("20d")},
)
fact_rules = st.fixed_dictionaries(
    {
        "when": st.sampled_from([{"field": "yes", "is": True}, {"not": {"field": "number", "at_least": 5}}]),
        "points": st.dictionaries(st.sampled_from(["a", "b", "f"]), points, min_size=1),
    },
    optional={"keep": st.booleans()},
)
tiers = st.builds(
    lambda score, high, low, unknown: {
        "score": score,
        "field": "number",
        "cases": [{"at_least": 50, "points": high}],
        "otherwise": low,
        "unknown": unknown,
    },
    st.sampled_from(["a", "f"]),
    points,
    points,
    points,
)
steps = st.one_of(
    st.fixed_dictionaries({"after": st.just("10d"), "subtract": st.integers(1, 15)}),
    st.fixed_dictionaries({"after": st.just("20d"), "percent": st.sampled_from([30, 100])}),
    st.fixed_dictionaries({"after": st.just("30d"), "set": st.integers(-10, 20)}),
)
decays = st.fixed_dictionaries(
    {
        "score": st.just("b"),
        "counts_as_activity": st.just(["visits"]),
        "steps": st.lists(steps, min_size=1, max_size=2, unique_by=lambda step: step["after"]),
    },
    optional={"stop_at": st.integers(-5, 20)},
)


def named(prefix, values):
    return {f"{prefix}{number}": value for number, value in enumerate(values)}


@st.composite
def models(draw):
    rules = [*draw(st.lists(event_rules, max_size=4)), *draw(st.lists(fact_rules, max_size=3))]
    for rule in rules:
        if rule.get("limit", 1) is None:
            del rule["limit"]
    part = {"kind": "engagement", **draw(bounds)}
    if draw(st.booleans()):
        part["feeds"] = "b"
    combined = draw(st.sampled_from([{"sum_of": ["a", "f"]}, {"percent_of": {"b": 50, "f": 30}}]))
    data = {
        "fields": {"yes": {"type": "yes_no"}, "number": {"type": "number"}},
        "assets": {"one": {"pages": "/one"}, "two": {"form": ["Two", "Three"]}},
        "scores": {
            "a": part,
            "b": {"kind": "engagement", **draw(bounds)},
            "f": {"kind": "fit"},
            "c": {"kind": "combined", **combined},
        },
        "rules": named("r", rules),
        "tiers": named("t", draw(st.lists(tiers, max_size=2))),
        "decay": named("d", draw(st.lists(decays, max_size=1))),
        "thresholds": {
            "again": {"when": {"score": "a", "above": 15}, "then": [{"reset": "a", "to": draw(points)}]}
        },
    }
    if draw(st.booleans()):
        data["inputs"] = {
            "i": {"field": "number", "score": "a", "at_least": -5, "at_most": 10, "percent": 50}
        }
    reading = read(whole(data))
    assert reading.findings == ()
    return reading.model


moments = st.one_of(
    st.builds(lambda at: Happening(at, "visits", "one", name="/one"), st.integers(0, 90)),
    st.builds(
        lambda at, name: Happening(at, "submits", "two", name=name),
        st.integers(0, 90),
        st.sampled_from(["Two", "Three"]),
    ),
    st.builds(FieldSet, st.integers(0, 90), st.just("yes"), st.booleans()),
    st.builds(FieldSet, st.integers(0, 90), st.just("number"), st.none() | st.integers(-20, 100)),
)


@settings(deadline=None)
@given(models(), st.lists(moments, max_size=12))
def test_no_history_leads_out_of_the_span(model, history):
    told = tuple(
        moment._replace(at=BEGIN + moment.at * DAY)
        for moment in sorted(history, key=lambda moment: moment.at)
    )
    found = spans(model)
    timeline = run(model, Person(BEGIN, history=told), until=BEGIN + 150 * DAY)
    # The last change of an instant: the machine may tell an award and then its clamp.
    scores = {(change.at, change.name): change.after for change in timeline.changes if change.kind == "score"}
    for (_, name), score in scores.items():
        assert found[name].least <= score <= found[name].most
