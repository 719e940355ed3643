"""What acceptances, waivers and options name is there; plugins are not imported to find out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scorewright.plugin import registry
from tests.checks.specs import only

ROOT = Path(__file__).parents[2]
RULE = '[rules.contact]\non = { submits = "any-form" }\npoints = { engagement = 50 }\n'
ACCEPT = '[accept.a]\ntarget = "pardot"\nnote = "n"\nfor = "{}"\nwhy = "W."\n'
WAIVE = '[waive.w]\ncheck = "unused"\nfor = "{}"\nwhy = "W."\n'


@pytest.mark.parametrize("kind", [ACCEPT, WAIVE])
@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("rules.contact", True),
        ("scores.engagement", True),
        ("values.form", True),
        ("model.timezone", True),
        ("lifecycle", True),
        ("rules.contcat", False),
        ("rules.*", False),
        ("rule.contact", False),
        ("contact", False),
    ],
)
def test_an_element_is_there(kind, name, right):
    text = f"[values]\nform = 5\n{RULE}{kind.format(name)}"
    found = only(text, "unknown-element")
    assert [finding.path[-1] for finding in found] == ([] if right else ["for"])


def test_a_near_name_is_offered():
    (finding,) = only(RULE + ACCEPT.format("rules.contcat"), "unknown-element")
    assert finding.help == 'did you mean "rules.contact"?'


def test_nothing_is_said_where_the_element_could_not_be_read():
    assert only(RULE.replace("submits", "submit") + ACCEPT.format("rules.contact"), "unknown-element") == []


# --- targets --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("[targets.{}]\nedition = 'plus'", ("targets", "{}")),
        ('[fields]\na = {{ type = "text", names = {{ {} = "A" }} }}', ("fields", "a", "names", "{}")),
        ('[assets]\na = {{ form = "A", names = {{ {} = "A" }} }}', ("assets", "a", "names", "{}")),
        ('[marks]\na = {{ names = {{ {} = "A" }} }}', ("marks", "a", "names", "{}")),
        ('[activities]\na = {{ names = {{ {} = "A" }} }}', ("activities", "a", "names", "{}")),
        ('[scores.a]\nkind = "fit"\nnames = {{ {} = "A" }}', ("scores", "a", "names", "{}")),
        (
            RULE.replace("{", "{{").replace("}", "}}")
            + ACCEPT.replace("pardot", "{}").replace('"{}"\nwhy', '"rules.contact"\nwhy'),
            ("accept", "a", "target"),
        ),
    ],
)
def test_a_platform_is_an_installed_target(text, path):
    assert only(text.format("marketo"), "target-not-installed") == []
    (finding,) = only(text.format("markteo"), "target-not-installed")
    assert finding.path == tuple(part.format("markteo") for part in path)
    assert finding.help == 'did you mean "marketo"?'


def test_a_target_of_somebody_else_is_known_when_it_is_installed(monkeypatch):
    text = "[targets.hubspot]\nportal = 'x'"
    assert len(only(text, "target-not-installed")) == 1
    monkeypatch.setattr(registry, "others", lambda: ("hubspot",))
    assert only(text, "target-not-installed") == []


def test_no_platform_is_imported_by_a_check():
    program = (
        "import sys; from tests.checks.specs import check;"
        "check('[targets.nobody]\\nx = 1\\n[targets.pardot]\\nx = 1');"
        "print([name for name in sys.modules if name.startswith(('scorewright_', 'httpx'))])"
    )
    env = {"PYTHONPATH": f"{ROOT}:{ROOT}/compiler:{ROOT}/targets", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=env, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"
