"""What the differ says of a change: its gravity, its words, and what it reaches."""

from __future__ import annotations

import copy

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorewright.diff import diff_of, report
from scorewright.diff.facets import FACETS, HEADER, LIFECYCLE
from scorewright.diff.json_schema import diff_schema_of_one
from scorewright.diff.side import Side
from scorewright.diff.values import GRAVITIES
from scorewright.model import elements as el
from scorewright.model.read import read
from scorewright.schema.validate import validate
from tests.diff.making import HEAD, changed, compared, only, side
from tests.strategies import specs


def parts(change):
    return [(part["what"], part["before"], part["after"]) for part in change["parts"]]


def test_the_same_spec_says_the_same_also_in_another_order_and_with_other_comments():
    blocks = HEAD.split("\n\n")
    found = compared(HEAD, "\n\n".join([*blocks[:2], "# a comment", *reversed(blocks[2:])]))
    assert found["same"]
    assert not found["changes"]


@pytest.mark.parametrize(
    ("old", "new", "gravity", "element", "part"),
    [
        (
            "points = { engagement = 50 }",
            "points = { engagement = 60 }",
            "behaviour",
            "rules.contact",
            ("points", "engagement +50", "engagement +60"),
        ),
        (
            'points = { engagement = "page" }',
            "points = { engagement = 2 }",
            "behaviour",
            "rules.any-page",
            ("points", "engagement +1 (page)", "engagement +2"),
        ),
        (
            "times = 1,",
            "times = 2,",
            "behaviour",
            "rules.contact",
            ("limit", "at most 1 time within 30 days", "at most 2 times within 30 days"),
        ),
        (
            "when = { not = { segment",
            "# when = { not = { segment",
            "behaviour",
            "rules.contact",
            ("only when", "not in customers", None),
        ),
        (
            'is = "Customer"',
            'is_any = ["Customer", "Partner"]',
            "behaviour",
            "segments.customers",
            (
                "who is in it",
                "lead-source is 'Customer'",
                "lead-source is one of 'Customer', 'Partner'",
            ),
        ),
        (
            'timezone = "UTC"',
            'timezone = "UTC"\nexclude = ["customers"]',
            "reach",
            "model",
            ("not scored are", None, "customers"),
        ),
        (
            'form = "Contact us"',
            'form = "Talk to us"',
            "reach",
            "assets.contact",
            ("name", "'Contact us'", "'Talk to us'"),
        ),
        ('title = "School"', 'title = "Academy"', "words", "model", ("title", "School", "Academy")),
        (
            "{ mark",
            '{ notify = "owner" },\n  { mark',
            "agreement",
            "thresholds.ready",
            ("then", "mark mql", "notify the owner; mark mql"),
        ),
    ],
)
def test_one_change_is_one_line_with_its_gravity(old, new, gravity, element, part):
    change = only(changed(old, new))
    assert (change["gravity"], change["kind"], change["element"]) == (gravity, "changed", element)
    assert parts(change) == [part]


def test_a_named_value_is_one_change_with_its_reach_and_what_is_a_share_of_it():
    found = changed("mql = 90", "mql = 100")
    change = only(found)
    assert (change["gravity"], change["element"]) == ("agreement", "values.mql")
    assert parts(change) == [("number", "90", "100")]
    assert change["reached"] == ["scores.engagement", "thresholds.ready"]
    assert parts({"parts": change["moved"]}) == [("half-mql", "45", "50")]


def test_the_name_of_a_number_is_words_and_its_number_is_not():
    change = only(changed('at_least = "mql"', "at_least = 90"))
    assert change["gravity"] == "words"
    assert change["parts"][0]["after"].endswith("(the same, written otherwise)")
    assert only(changed('at_least = "mql"', "at_least = 91"))["gravity"] == "agreement"


def test_what_is_new_and_what_is_gone_say_all_that_they_say():
    more = HEAD + '\n[rules.more]\non = { clicks = "any-email" }\npoints = { engagement = -3 }\n'
    new, gone = only(compared(HEAD, more)), only(compared(more, HEAD))
    assert (new["kind"], gone["kind"]) == ("added", "removed")
    assert new["says"] == gone["says"] == "points engagement -3; for clicks any email"


def test_a_name_that_nobody_uses_yet_is_only_words():
    assert only(changed("page = 1", "page = 1\nform = 50"))["gravity"] == "words"


def test_another_type_of_a_field_is_told_with_whoever_asks_for_it():
    text = HEAD + '\n[fields]\nvip = { type = "number" }\n[segments.vips]\nwhen = { field = "vip", is = 1 }\n'
    change = only(compared(text, text.replace('"number"', '"yes_no"').replace("is = 1 }", "is = true }")))
    assert (change["element"], change["reached"]) == ("fields.vip", ["segments.vips"])


# --- renames --------------------------------------------------------------------------------------------------------


def test_a_renamed_rule_is_a_renaming_and_its_counts_begin_anew():
    change = only(changed("[rules.contact]", "[rules.contact-form]"))
    assert (change["kind"], change["was"], change["element"]) == (
        "renamed",
        "rules.contact",
        "rules.contact-form",
    )
    assert change["parts"] == []


def test_whoever_uses_a_renamed_thing_has_not_changed():
    text = HEAD.replace("contact = { form", "talk = { form").replace(
        'submits = "contact"', 'submits = "talk"'
    )
    assert [change["element"] for change in compared(HEAD, text)["changes"]] == ["assets.talk"]
    scores = HEAD.replace("scores.engagement]", "scores.lead]").replace("engagement =", "lead =")
    scores = scores.replace('score = "engagement"', 'score = "lead"')
    found = compared(HEAD, scores)["changes"]
    assert [(change["kind"], change["element"]) for change in found] == [("renamed", "scores.lead")]


def test_a_renaming_with_a_change_beside_it_is_told_by_the_title():
    text = HEAD.replace("[rules.contact]", '[rules.contact]\ntitle = "Contact form"')
    other = text.replace("[rules.contact]", "[rules.talk]").replace("engagement = 50", "engagement = 60")
    change = only(compared(text, other))
    assert change["kind"] == "renamed"
    assert parts(change) == [("points", "engagement +50", "engagement +60")]


def test_two_that_say_the_same_are_not_guessed_at():
    rule = '[rules.{}]\non = {{ clicks = "any-email" }}\npoints = {{ engagement = 3 }}\n'
    old, new = (HEAD + "".join(rule.format(key) for key in keys) for keys in (("a", "b"), ("c", "d")))
    assert sorted(change["kind"] for change in compared(old, new)["changes"]) == [
        "added",
        "added",
        "removed",
        "removed",
    ]


# --- agreements -----------------------------------------------------------------------------------------------------

SIGNED = """\
language = 1

[agreements.ready]
says = "engagement at least {}"
marketing = {{ by = "Marketing", on = 2026-03-01 }}
sales = {{ by = "Sales", on = 2026-03-01 }}
"""


def test_a_threshold_that_is_not_what_was_agreed_is_in_the_first_line():
    from scorewright.diff.render.text import text

    after = HEAD.replace("mql = 90", "mql = 100")
    found = compared(HEAD, after, (SIGNED.format(90), SIGNED.format(90)))
    (agreed,) = found["agreements"]
    assert (agreed["before"], agreed["after"]) == ("engagement at least 90", "engagement at least 100")
    assert agreed["state"] == "says-otherwise"
    assert text(found).splitlines()[1].startswith("Not what was agreed: ready.")
    signed = compared(HEAD, after, (SIGNED.format(90), SIGNED.format(100)))
    assert [each["state"] for each in signed["agreements"]] == ["agreed"]


def test_a_signature_that_is_missing_is_told():
    lone = "\n".join(SIGNED.format(90).splitlines()[:-1]) + "\n"
    (agreed,) = compared(HEAD, HEAD, (SIGNED.format(90), lone))["agreements"]
    assert agreed["state"] == "not-signed"
    assert [each["side"] for each in agreed["signed"]] == ["marketing"]


def test_agreements_that_nothing_touches_are_not_told():
    found = compared(HEAD, HEAD.replace("= 50 }", "= 51 }"), (SIGNED.format(90), SIGNED.format(90)))
    assert not found["agreements"]


# --- whatever a spec holds ------------------------------------------------------------------------------------------


def test_every_attribute_of_every_element_is_compared():
    kinds = {
        "values": el.Value,
        "terms": el.Terms,
        "fields": el.Field,
        "activities": el.Activity,
        "assets": el.Asset,
        "marks": el.Mark,
        "products": el.Product,
        "segments": el.Segment,
        "scores": el.Score,
        "groups": el.Group,
        "rules": el.Rule,
        "tiers": el.Tier,
        "inputs": el.Input,
        "decay": el.Decay,
        "grades": el.Grade,
        "bands": el.Band,
        "thresholds": el.Threshold,
        "schedules": el.Schedule,
        "goals": el.Goal,
        "examples": el.Example,
        "accept": el.Acceptance,
        "waive": el.Waiver,
    }
    assert kinds.keys() == FACETS.keys()
    for table, kind in {**kinds, "model": el.Header, "lifecycle": el.Lifecycle}.items():
        facets = {"model": HEADER, "lifecycle": LIFECYCLE}.get(table) or FACETS[table]
        told = {facet.attribute for facet in facets}
        unsaid = {"path", "product", "builtin"} | ({"id"} if table != "model" else set())
        assert {name for name in kind.__dataclass_fields__ if name not in unsaid} <= told, table


MADE = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def _side(made_data, texts):
    """A version in memory; ``None`` when the change made it unsound."""
    if validate(made_data):
        return None
    reading = read(made_data, texts, frozenset())
    return Side("made", reading.model, reading.uses) if reading.model and not reading.findings else None


@MADE
@given(specs())
def test_a_spec_against_itself_says_nothing_and_against_another_keeps_to_the_schema(made):
    one = _side(made.data, made.texts)
    assert diff_of(one, _side(copy.deepcopy(made.data), made.texts)).empty
    jsonschema.validate(report(diff_of(side(HEAD, "old"), one)), diff_schema_of_one())


@MADE
@given(specs(), st.randoms(use_true_random=False))
def test_whatever_number_or_text_is_changed_is_told_in_words_that_differ(made, random):
    data = copy.deepcopy(made.data)
    table, key = _change_one(data, random)
    old, new = _side(made.data, made.texts), _side(data, made.texts)
    if new is None:
        return
    found = diff_of(old, new)
    was, now = (_found(each.model, table, key) for each in (old, new))
    assert (was == now) or (table, key) in {change.name for change in found.changes}
    for change in found.changes:
        assert change.gravity in GRAVITIES
        assert all(part.before != part.after for part in change.parts), change


def _change_one(data, random):
    """Change one number or text, in place; give the table and id that it stands in."""
    tables = {
        name: entries for name, entries in data.items() if isinstance(entries, dict) and any(_leaves(entries))
    }
    table = random.choice(sorted(tables))
    holder, at = random.choice([*_leaves(tables[table])])
    value = holder[at]
    holder[at] = (
        not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else f"{value} x"
    )
    if table in {"model", "lifecycle"}:
        return table, ""
    return table, next(
        key
        for key, entry in tables[table].items()
        if entry is holder or _inside(entry, holder) or (holder is tables[table] and key == at)
    )


def _leaves(value):
    for at, item in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(item, (dict, list)):
            yield from _leaves(item)
        elif isinstance(item, (str, int)):
            yield value, at


def _inside(value, holder):
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(item is holder or _inside(item, holder) for item in items)


def _found(model, table, key):
    if table in {"model", "lifecycle"}:
        return model.header if table == "model" else model.lifecycle
    if table == "targets":
        return model.options.get(key)
    return next((item for name, item in getattr(model, table).items() if name.partition("@")[0] == key), None)


@pytest.mark.parametrize("count", [3, 30, 3_000])
def test_what_comes_and_goes_in_a_list_is_told_however_long_it_is(count):
    from scorewright.diff.render.text import text

    def of(*texts):
        listed = ", ".join(f'"{word}"' for word in texts)
        return HEAD + f'\n[terms.jobs]\nmatch = "contains"\nvalues = [{listed}]\n'

    same = [f"Title {number}" for number in range(count)]
    printed = text(compared(of(*same, "Old one"), of("New one", *same)))
    assert "'Old one'" in printed
    assert "'New one'" in printed


def test_no_cut_hides_what_changed_in_a_long_condition():
    from scorewright.diff.render.text import text

    def of(last):
        asked = "".join(
            f'  {{ field = "job-title", contains = "some long title {n}" }},\n' for n in range(60)
        )
        more = f'  {{ field = "company", is = "{last}" }},\n'
        return HEAD + f"\n[segments.many]\nwhen.any = [\n{asked}{more}{asked}]\n"

    printed = text(compared(of("Acme"), of("Ajax")))
    assert "Acme" in printed
    assert "Ajax" in printed
