"""What ``scorewright sandbox`` refuses, in words."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from scorewright.cli.group import root


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere"], "no target 'nowhere'"),
        (["marketo", "--fault", "1234:0.1"], "cannot be ordered"),
        (["marketo", "--fault", "606"], "606:0.1"),
        (["marketo", "--set", "nonsense"], "KEY=VALUE"),
        (["marketo", "--set", "nonsense=1"], "nonsense"),
        (["marketo", "--built", "nowhere"], "no such folder"),
        (["marketo", "--state", "nowhere/at/all.db"], "unable to open"),
        (["marketo", "--port", "70000"], "70000"),
    ],
)
def test_wrong_usage_is_said_in_words(words, said):
    done = CliRunner().invoke(root, ["sandbox", *words])
    assert done.exit_code == 2
    assert said in done.output
