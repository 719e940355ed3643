"""What the README says of a plugin's tests is what the example plugin's tests are."""

from __future__ import annotations

import re

from tests.conftest import ROOT


def test_the_readme_shows_the_example_plugins_own_tests():
    shown = re.search(r"<!-- kit -->\n```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert shown is not None
    code = (ROOT / "tests" / "plugins" / "ledger" / "test_ledger.py").read_text()
    assert _without_blanks(shown[1]) in _without_blanks(code)


def _without_blanks(text):
    return "\n".join(line for line in text.splitlines() if line.strip())
