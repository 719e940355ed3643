"""The kit finds every promise that an API breaks."""

from __future__ import annotations

from functools import cached_property

import pytest

from scorewright.plugin.conformance import ApiConformance, PromiseBrokenError
from scorewright.plugin.conformance.bench import Bench
from tests.plugin.conformance.broken import API, API_FAULTS


class FewCases(Bench):
    """The kit at work on specs that have tags, rules, fields and lists between them."""

    @cached_property
    def cases(self):
        return tuple(
            case for name in ("points-keep", "points-fact", "event-changes") for case in self.features[name]
        )


def test_the_table_of_faults_has_every_check_of_the_kit():
    assert {name for name in dir(ApiConformance) if name.startswith("test_")} == set(API.values())
    # What cannot be cut off cannot bear a line that breaks either: one broken API shows both.
    assert {fault.found_by for fault in API_FAULTS.values()} == API.keys() - {"cut"}


@pytest.mark.parametrize("name", API_FAULTS)
def test_an_api_that_breaks_a_promise_is_found(name):
    target, found_by, says = API_FAULTS[name]
    kit = type("Api", (ApiConformance,), {"target": target, "_bench": FewCases(target)})()
    with pytest.raises(PromiseBrokenError) as caught:
        getattr(kit, API[found_by])()
    assert says in str(caught.value)
    assert "What to do: " in str(caught.value)
