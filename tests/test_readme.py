"""The README's example is a spec that compiles, and what it shows of the output is in the output."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from scorewright.cli.group import COMMANDS
from scorewright.compiling import compile_spec
from scorewright.project import Project

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
SPEC = re.search(r"<!-- spec -->\n```toml\n(.*?)```", README, re.DOTALL)
PERSON = re.search(r"<!-- person -->\n```json\n(.*?)```", README, re.DOTALL)
TRACED = re.findall(r"<!-- trace (.*?) -->\n```text\n(.*?)```", README, re.DOTALL)
VERIFIED = re.search(r"<!-- verify (.*?) -->\n```text\n(.*?)```", README, re.DOTALL)
CHANGED = re.search(r"<!-- diff (.*?) -->\n```text\n(.*?)```", README, re.DOTALL)
PLANNED = re.search(r"<!-- plan (.*?) -->\n```text\n(.*?)```", README, re.DOTALL)
SHOWN = re.findall(r"<!-- from (\w+)/([\w.-]+) -->\n```toml\n(.*?)```", README, re.DOTALL)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    assert SPEC is not None
    path = tmp_path_factory.mktemp("readme") / "model.toml"
    path.write_text(SPEC[1])
    compiled = compile_spec(
        path, project=Project(path.parent), targets=(), edition=None, instance=None, today=date(2026, 11, 1)
    )
    assert [item.message for item in compiled.diagnostics if item.severity == "error"] == []
    return {target: dict(tree) for target, tree in compiled.files.items()}


def test_the_readme_shows_output_of_both_targets() -> None:
    assert {target for target, _, _ in SHOWN} == {"pardot", "marketo"}


@pytest.mark.parametrize(("target", "name", "text"), SHOWN, ids=lambda value: str(value)[:20])
def test_what_the_readme_shows_is_in_the_output(
    files: dict[str, dict[str, bytes]], target: str, name: str, text: str
) -> None:
    assert text in files[target][name].decode()


@pytest.mark.parametrize(("options", "shown"), TRACED)
def test_what_the_readme_says_of_a_person_is_what_trace_says(tmp_path: Path, capsys, options, shown) -> None:
    from scorewright.cli import main

    assert SPEC is not None
    assert PERSON is not None
    spec, person = tmp_path / "model.toml", tmp_path / "person.json"
    spec.write_text(SPEC[1])
    person.write_text(PERSON[1])
    assert main(["trace", str(spec), "--person", str(person), *options.split()]) == 0
    assert shown in capsys.readouterr().out


def test_what_the_readme_compiles_is_proven(tmp_path: Path, capsys) -> None:
    from scorewright.cli import main

    assert SPEC is not None
    spec = tmp_path / "model.toml"
    spec.write_text(SPEC[1])
    assert VERIFIED is not None
    code = main(["verify", str(spec), *VERIFIED[1].split(), "--jobs", "1"])
    heads = [line for line in capsys.readouterr().out.splitlines() if line and line[0] != " "]
    assert (code, heads) == (0, VERIFIED[2].splitlines())


def test_the_readme_traces_somebody() -> None:
    assert TRACED


def test_the_readme_names_every_command() -> None:
    assert [name for name in COMMANDS if f"`{name} " not in README and f"`{name}`" not in README] == [
        "completion"
    ]


def test_every_link_of_the_readme_leads_somewhere() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_what_the_readme_says_of_a_change_is_what_diff_says(tmp_path: Path, capsys) -> None:
    from scorewright.cli import main

    assert SPEC is not None
    assert CHANGED is not None
    spec = SPEC[1]
    for line in CHANGED[1].split(", "):
        name = line.partition(" = ")[0]
        spec, count = re.subn(rf"^{name} = .*$", line, spec, count=1, flags=re.MULTILINE)
        assert count == 1
    for folder, text in (("before", SPEC[1]), ("now", spec)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "model.toml").write_text(text)
    assert main(["diff", str(tmp_path / "now"), "--base", str(tmp_path / "before")]) == 0
    assert CHANGED[2] in capsys.readouterr().out


def test_what_the_readme_says_of_a_plan_is_what_plan_says(tmp_path: Path) -> None:
    from scorewright.push.render import text
    from scorewright.push.report import plan_report
    from tests.push.stage import Stage

    assert SPEC is not None
    assert PLANNED is not None
    stage = Stage("marketo", tmp_path / "spec")
    stage.folder.mkdir()
    spec = stage.folder / "model.toml"
    spec.write_text(SPEC[1])
    stage.push()
    name = PLANNED[1].partition(" = ")[0]
    spec.write_text(re.sub(rf"^{name} = .*$", PLANNED[1], SPEC[1], count=1, flags=re.MULTILINE))
    said = text(plan_report(stage.plan()))
    assert PLANNED[2] in said, said
    stage.store.close()


def test_the_demo_ends_in_line_twice(tmp_path: Path) -> None:
    words = [
        "sh",
        ROOT / "tests" / "demo.sh",
        Path(sys.executable).parent,
        tmp_path,
        "specs/pardot-score-decay",
    ]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("in line: spec, lock file and instance agree") == 2
    assert "1 objects to write" in done.stdout
