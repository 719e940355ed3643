"""The pages say what the code says: those made from it are fresh, and what people wrote in them still holds."""

from __future__ import annotations

import datetime as dt
import re
import tomllib

import pytest

from scorewright.checks.catalogue import all_rules
from scorewright.checks.run import check_spec
from scorewright.cli.group import COMMANDS
from scorewright.plugin.emulation import GAUGES, SCHEDULES, SITUATIONS
from scorewright.schema.grammar import RECORDS, TABLES
from scorewright.schema.validate import validate
from tests.conftest import ROOT
from tests.docs.pages import between, made_pages
from tests.docs.reference import reference

LANGUAGE = (ROOT / "docs" / "language.md").read_text("utf-8")
WRITTEN = LANGUAGE.partition("<!-- reference -->")[0]
BLOCKS = re.findall(r"```toml\n(.*?)```", WRITTEN, re.DOTALL)


@pytest.mark.parametrize("path", made_pages(ROOT))
def test_a_page_is_fresh(path):
    assert (ROOT / path).read_text("utf-8") == made_pages(ROOT)[path], "run python -m tests.docs"


def test_the_reference_names_every_table_and_every_key():
    text = reference()
    for table in TABLES.values():
        assert f"`[{table.name}" in text
    for record in (*RECORDS.values(), *(table.record for table in TABLES.values())):
        for key in record.keys:
            assert f"| `{key.name}` |" in text


def test_every_link_inside_a_page_leads_to_a_heading():
    for path, text in made_pages(ROOT).items():
        if not path.endswith(".md") or path == "README.md":
            continue
        outside = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
        headings = {_anchor(found) for found in re.findall(r"^#+ (.*)$", outside, re.MULTILINE)}
        links = set(re.findall(r"\]\(#([^)]+)\)", outside))
        assert links <= headings, path


def _anchor(heading):
    return "".join(sign for sign in heading.lower() if sign.isalnum() or sign in " -_").replace(" ", "-")


def test_the_page_about_proofs_names_every_line_of_a_report_and_every_situation():
    page = made_pages(ROOT)["docs/verify.md"]
    source = (ROOT / "compiler/scorewright/verify/report.py").read_text("utf-8")
    lines = set(re.findall(r'f"(?:  )?([a-zA-Z]+(?: on)?) +\{', source)) - {"and", "life"}
    assert {"tried", "bound", "slack", "missed", "unseen", "walked", "FAULT", "depends on"} <= lines
    for line in lines:
        assert f"| `{line}` |" in page
    for name in (*SITUATIONS, *SCHEDULES, *GAUGES):
        assert f"| `{name}` |" in page


def test_the_pages_name_every_message_and_every_command():
    pages = made_pages(ROOT)
    for rule in all_rules().values():
        assert f"## {rule.code} {rule.name}" in pages["docs/checks.md"]
    for name in COMMANDS:
        assert f"\n## {name}\n" in pages["docs/cli.md"]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.strip().splitlines()[0])
def test_an_example_in_the_text_has_the_shape_of_the_language(block):
    assert validate({"language": 1, **tomllib.loads(block)}) == ()


def test_the_first_example_is_a_whole_model(tmp_path):
    (tmp_path / "model.toml").write_text(BLOCKS[0], "utf-8")
    checked = check_spec(tmp_path, today=dt.date(2026, 1, 1))
    assert checked.ok, checked.diagnostics


def test_between_the_markers_and_nowhere_else():
    text = "a\n<!-- x -->\nold\n<!-- /x -->\nb\n"
    assert between(text, "x", "new\n") == "a\n<!-- x -->\n\nnew\n<!-- /x -->\nb\n"
    assert between(text, "y", "new\n") == text
