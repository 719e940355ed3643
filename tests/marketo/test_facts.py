"""Every fact that could turn out otherwise, turned over on a model where it matters: what is built changes, and holds."""

from __future__ import annotations

import pytest

from scorewright_marketo import TARGET
from tests.marketo.compiling import SCORE, model_of
from tests.pardot.making import spec_model
from tests.verify.flips import flip, flips

COUNTED_WEEKLY = """
[rules.page]
on = { visits = "any-page", at_least = 3, within = "calendar week" }
points = { lead = 5 }
"""

TABLE = {
    "batch-person-in-minutes": "re-roll",
    "bot-constraint": "minimal",
    "created-at-is-known": "minimal",
    "created-without-change": "gitlab-2020",
    "day-windows-roll": "minimal",
    "empty-boolean-is-false": "pardot-score-decay",
    "filter-values-keep-blanks": "re-roll",
    "hour-windows-roll": "op-scoring",
    "late-anonymous-past": "percent-decay-half-floor",
    "lead-token-in-data-value": "percent-decay-half-floor",
    "link-is-address": "pardot-defaults",
    "negative-operators-match-empty": "cypress-degradation",
    "opportunity-triggers": "customer-segmentation",
    "page-without-host": "gitlab-2020",
    "qualification-memory": "first-n-only",
    "request-from-executable": "component-caps",
    "runs-interleave": "first-n-only",
    "score-token-signed": "first-n-only",
    "several-values": "percent-decay-half-floor",
    "week-starts-monday": SCORE + COUNTED_WEEKLY,
}
"""By the fact's id the model that ships, or the spec, on which its answer matters."""

_CLONES = "a person who clones reads in the sheet what to look at; nothing is built otherwise"
_EITHER = "what is built is right either way"
_CHANGES = "it matters where a live model changes: tests/marketo/migration"
_READ = "the client reads either: tests/marketo/client"
NOTHING_CHANGES = {
    "api-browse-below": _READ,
    "api-duplicate-is-709": "a push looks before it makes; the code is in the words of a refusal alone",
    "api-token-value-back": _READ,
    "api-trigger-conditions": _READ,
    "asset-name-length": "names are held to the length that is safe for everybody",
    "clone-keeps-score-names": _CLONES,
    "clone-repoints": _CLONES,
    "edits-of-active": _CHANGES,
    "empty-scores": _EITHER,
    "filter-counts-trigger-event": _EITHER,
    "new-score-on-decrease": "a threshold is looked at again after the trigger, so that a fall opens nothing",
    "renames-follow": _CHANGES,
    "trigger-order": "a fixed order need not be the one that the spec means",
    "no-count-limits": "it gives no number to hold anything to",
}
"""Facts whose answer changes nothing that is built, each with the reason."""


@pytest.mark.parametrize(("fact", "answer"), flips(TARGET))
def test_an_answer_changes_what_is_built_and_what_is_built_then_holds(fact, answer):
    if fact in NOTHING_CHANGES:
        return
    spec = TABLE[fact]
    found = flip(TARGET, model_of(spec) if "\n" in spec else spec_model(spec), fact, answer)
    assert found.changed, "nothing of it shows"
    assert not found.differs, found.differs


def test_where_pages_have_hosts_one_without_is_refused_and_the_way_out_works():
    rule = '[rules.r]\non = {{ visits = "careers" }}\npoints = {{ lead = 5 }}\n[assets]\ncareers = {{ {} }}\n'
    for page, refused in (
        ('pages = "/careers"', ("rules.r",)),
        ('pages = "/careers", names = { marketo = "www.example.com/careers" }', ()),
        ('pages = "/careers", match = "contains"', ()),
    ):
        found = flip(TARGET, model_of(SCORE + rule.format(page)), "page-without-host", False)
        assert (found.refused, found.differs) == (refused, "")


def test_how_long_the_log_goes_back_is_asked_of_the_table_alone():
    quiet = '[decay.quiet]\nscore = "lead"\nsteps = [{ after = "70d", subtract = 5 }]\n'
    page = '[rules.page]\non = { visits = "any-page" }\npoints = { lead = 5 }\n'
    found = flip(TARGET, model_of(SCORE + page + quiet), "retention-web", 60)
    assert found.changed, "a silence of 70 days is longer than a log of 60"
    assert not found.refused
    assert not found.differs, found.differs
