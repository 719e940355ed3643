"""What stands on an instance at once while a change is made: fields that stay for good, triggers that still listen."""

from __future__ import annotations

import pytest

from scorewright_marketo.migration.peak import peak
from tests.marketo.compiling import SCORE, compile_text

RULE = '[rules.{0}]\non = {{ submits = "{0}" }}\npoints = {{ lead = 5 }}\n{1}'
ASSETS = '[assets]\na = { form = "A" }\nb = { form = "B" }\n'
FIELDS = "custom fields after the change, old ones included"
TRIGGERS = "trigger campaigns while the change is made, old ones included"


def counted(before, after):
    then, now = (compile_text(SCORE + ASSETS + text) for text in (before, after))
    return {quota.name: quota.used for quota in peak(now, then)}


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (RULE.format("a", ""), RULE.format("a", ""), {}),
        (RULE.format("a", ""), RULE.format("a", "") + RULE.format("b", ""), {}),
        (RULE.format("a", ""), RULE.format("b", ""), {TRIGGERS: 2}),
        (RULE.format("a", "limit = { times = 2 }\n"), RULE.format("a", ""), {FIELDS: 1}),
    ],
)
def test_what_is_there_at_once_is_counted_where_it_is_more_than_in_the_end(before, after, found):
    assert counted(before, after) == found
