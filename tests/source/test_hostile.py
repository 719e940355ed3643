"""Hostile input: any bytes and any path end in a document or in findings that can be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorewright.diagnostics.render import FORMATS, render
from scorewright.source.load import load
from scorewright.source.place import place
from tests.source.folder import write

if TYPE_CHECKING:
    from scorewright.source.load import Loaded


# Hostile input

FUZZ = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)

LINES = b"""language = 1
include = ['b.toml', 'l.txt']
[model]
[terms.x]\nfile = 'l.txt'
[rules.x]
[[rules]]
agreements = 1
terms = [1]
x = yes
'\x00
{ \xff
\xe2\x80\xae
"""

SNIPPETS = st.sampled_from(LINES.splitlines(keepends=True))

CONTENT = st.one_of(st.binary(max_size=60), st.lists(SNIPPETS, max_size=8).map(b"".join))


def assert_can_be_shown(loaded: Loaded) -> None:
    shown = place(loaded.findings, loaded.document, loaded.texts)
    assert bool(shown) == bool(loaded.findings)
    assert loaded.document is not None or shown
    for each in shown:
        assert each.place is not None
        if each.place.source is not None:
            lines = loaded.texts[each.place.file].split("\n")
            assert lines[each.place.line - 1] == each.place.source
            assert 1 <= each.place.column < each.place.end_column <= len(each.place.source) + 2
    for form in FORMATS:
        assert "\x1b" not in render(shown, form)


@FUZZ
@given(main=CONTENT, part=CONTENT, words=CONTENT, agreements=CONTENT)
def test_any_bytes_are_a_document_or_findings(tmp_path, main, part, words, agreements):
    files = {"a.toml": main, "b.toml": part, "l.txt": words, "agreements.toml": agreements}
    write(tmp_path, files)
    assert_can_be_shown(load(tmp_path, cwd=tmp_path))
    assert_can_be_shown(load(tmp_path / "a.toml", cwd=tmp_path))


@FUZZ
@given(st.text(max_size=20))
def test_any_path_is_a_document_or_a_finding(tmp_path, name):
    folder = tmp_path / "spec"
    write(folder, {"a.toml": "language = 1\n[model]\n"})
    try:
        path = folder / name
    except ValueError:
        return
    loaded = load(path, cwd=tmp_path)
    assert loaded.document is not None or loaded.findings
