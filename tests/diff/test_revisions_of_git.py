"""The older version is read from git's own store: list files and includes of that revision, nothing checked out."""

from __future__ import annotations

import json
import subprocess

import jsonschema
import pytest

from scorewright.diff.json_schema import diff_schema
from tests.conftest import ROOT
from tests.diff.making import HEAD


def git(folder, *words):
    subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *words],
        cwd=folder,
        check=True,
        capture_output=True,
    )


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository with one commit: a spec in a folder, its rules in a part, its terms in a list file."""
    folder = tmp_path / "repository"
    spec = folder / "models" / "school"
    (spec / "parts").mkdir(parents=True)
    (spec / "lists").mkdir()
    part = HEAD[HEAD.index("[rules.any-page]") : HEAD.index("[thresholds.ready]")]
    main = HEAD.replace(part, "").replace("language = 1\n", 'language = 1\ninclude = ["parts/rules.toml"]\n')
    main += '\n[terms.jobs]\nmatch = "contains"\nfile = "lists/jobs.txt"\n'
    main += '\n[rules.job]\nwhen = { field = "job-title", in = "jobs" }\npoints = { fit = 5 }\n'
    main += '\n[scores.fit]\nkind = "fit"\n'
    (spec / "model.toml").write_text(main, "utf-8")
    (spec / "parts" / "rules.toml").write_text("language = 1\n\n" + part, "utf-8")
    (spec / "lists" / "jobs.txt").write_text("Director\n", "utf-8")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "first")
    monkeypatch.chdir(folder)
    return folder


def compared(run, *words):
    code, printed, _ = run("diff", *words, "--format", "json")
    found = json.loads(printed)
    jsonschema.validate(found, diff_schema())
    return code, found


def test_parts_and_lists_are_those_of_the_revision_and_no_file_is_touched(run, repository):
    spec = repository / "models" / "school"
    (spec / "lists" / "jobs.txt").write_text("Director\nHead of\n", "utf-8")
    rules = spec / "parts" / "rules.toml"
    rules.write_text(rules.read_text("utf-8").replace("= 50 }", "= 60 }"), "utf-8")
    before = {path: path.read_bytes() for path in spec.rglob("*") if path.is_file()}
    code, found = compared(run, "models/school")
    assert code == 0
    changes = {change["element"]: change["parts"] for change in found["diff"]["changes"]}
    assert changes.keys() == {"terms.jobs", "rules.contact"}
    assert changes["terms.jobs"][0]["after"] == "'Director', 'Head of'"
    assert {path: path.read_bytes() for path in spec.rglob("*") if path.is_file()} == before
    status = subprocess.run(["git", "status", "--short"], cwd=repository, capture_output=True, check=True)
    assert len(status.stdout.splitlines()) == 2


@pytest.mark.parametrize("words", [("models/school",), ("models/school/model.toml",)])
def test_a_spec_is_named_by_its_folder_or_its_main_file_from_anywhere(run, repository, monkeypatch, words):
    assert compared(run, *words)[1]["diff"]["same"]
    monkeypatch.chdir(repository / "models")
    assert compared(run, "school")[1]["diff"]["same"]
    monkeypatch.chdir(repository / "models" / "school")
    assert compared(run, ".")[1]["diff"]["same"]


def test_branches_tags_and_commits_are_revisions_and_what_changed_since_can_be_an_exit_code(run, repository):
    git(repository, "tag", "v1")
    main = repository / "models" / "school" / "model.toml"
    main.write_text(main.read_text("utf-8").replace("mql = 90", "mql = 100"), "utf-8")
    git(repository, "commit", "-qam", "raise the threshold")
    assert compared(run, "models/school", "--exit-code")[0] == 0
    for base in ("v1", "HEAD~1", "main~1", "v1^{commit}"):
        code, found = compared(run, "models/school", "--base", base, "--exit-code")
        assert code == 3
        assert found["diff"]["counts"]["agreement"] == 1


def test_a_spec_that_was_not_there_is_new_as_a_whole(run, repository):
    new = repository / "models" / "new"
    new.mkdir()
    (new / "model.toml").write_text(HEAD, "utf-8")
    _, found = compared(run, "models/new")
    assert {change["kind"] for change in found["diff"]["changes"]} == {"added", "changed"}
    assert "rules.contact" in {change["element"] for change in found["diff"]["changes"]}


def test_a_folder_can_be_the_base(run, repository):
    _, found = compared(run, ROOT / "specs" / "gitlab-2020", "--base", ROOT / "specs" / "gitlab-2018")
    assert not found["diff"]["same"]


@pytest.mark.parametrize(
    "base", ["mian", "--help", "-x", "HEAD:models", "HEAD~9", "main..main", "a b", "\udc80"]
)
def test_a_base_that_is_not_there_is_told_with_what_to_do(run, repository, base):
    code, found = compared(run, "models/school", f"--base={base}")
    assert code == 1
    (told,) = found["diagnostics"]
    assert told["code"] == "SW801"
    assert "git fetch" in told["help"]


def test_without_a_repository_or_without_git_it_says_to_name_a_folder(run, tmp_path, monkeypatch):
    (tmp_path / "model.toml").write_text(HEAD, "utf-8")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    _, found = compared(run, tmp_path)
    assert found["diagnostics"][0]["code"] == "SW803"
    monkeypatch.setenv("PATH", str(tmp_path))
    _, found = compared(run, tmp_path)
    assert "cannot be started" in found["diagnostics"][0]["message"]


def test_an_older_version_with_errors_is_told_with_its_own_lines(run, repository):
    main = repository / "models" / "school" / "model.toml"
    sound = main.read_text("utf-8")
    main.write_text(sound.replace('feeds = "', "").replace("kind =", "kid ="), "utf-8")
    git(repository, "commit", "-qam", "broken")
    main.write_text(sound, "utf-8")
    code, found = compared(run, "models/school")
    assert code == 1
    assert {told["place"]["file"] for told in found["diagnostics"]} == {"models/school/model.toml"}


def test_links_and_bytes_that_are_no_text_do_no_harm(run, repository):
    spec = repository / "models" / "school"
    (spec / "link.toml").symlink_to("/etc/passwd")
    (spec / "noise.toml").write_bytes(b"\xff\xfe\x00")
    (spec / "späte Notiz.toml").write_text("language = 1\n", "utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "odd files")
    for name in ("link.toml", "noise.toml", "späte Notiz.toml"):
        (spec / name).unlink()
    code, found = compared(run, "models/school")
    assert code in {0, 1}
    assert found["diff"] is None or found["diff"]["same"]
