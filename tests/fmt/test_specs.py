"""Every shipped spec is in canonical form, so that a reader of one sees what fmt makes of theirs."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest

from scorewright.fmt import format_text
from scorewright.fmt.comments import read_comments
from scorewright.fmt.file import render

SPECS = Path(__file__).parents[2] / "specs"
FILES = sorted(path.relative_to(SPECS).as_posix() for path in SPECS.rglob("*.toml"))


def test_there_are_specs():
    assert len(FILES) > 20


@pytest.mark.parametrize("name", FILES)
def test_a_shipped_file_is_canonical(name):
    text = (SPECS / name).read_bytes().decode()
    assert format_text(text) == text, f"run: scorewright fmt specs/{name}"


@pytest.mark.parametrize("name", FILES)
def test_the_layout_comes_from_the_data_alone(name):
    data = tomllib.loads((SPECS / name).read_text("utf-8"))
    crammed = "".join(f"{key} = {_inline(value)}\n" for key, value in data.items())
    assert format_text(crammed) == render(data, read_comments(""))


def _inline(value):
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}={_inline(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_inline, value)) + "]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value)
