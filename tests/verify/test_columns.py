"""Every column of every table that is emitted is read by the emulator, or named here with why it changes nothing."""

from __future__ import annotations

import re

import pytest

from scorewright.plugin.registry import load
from tests.verify.shipped import SPECS, TARGETS, compiled, task_of

SAID_ONLY = {
    r"(.*\.)?(for|lowering|why|check|description)": "explains",
    r"baseline-scoring\.shipped": "says what stands there before anybody changes it",
    r"gauges\..*": "says where the proof looks; the fields of a step are compared as a whole",
    r"folders\..*|programs\..*": "says where things stand; others name them by the program",
    r".*\.(api|api_name|standard|can_be_deleted)": "says how the same thing is called elsewhere, and what was there before",
    r"smart-campaigns\.status": "every campaign is saved inactive, and the shape allows nothing else",
    r"tokens\.(coupled|inverse)": "warns whoever changes the number",
    r"tokens\.type": "the shape allows scores alone",
}


class Watched(dict):
    """A table that writes down which of its columns are read."""

    def __init__(self, table, path, read, there):
        super().__init__({key: watched(value, f"{path}.{key}", read, there) for key, value in table.items()})
        self.path, self.read = path, read
        there.update(f"{path}.{key}" for key in table)

    def __getitem__(self, key):
        self.read.add(f"{self.path}.{key}")
        return super().__getitem__(key)

    def get(self, key, default=None):
        self.read.add(f"{self.path}.{key}")
        return super().get(key, default)


def watched(value, path, read, there):
    if isinstance(value, dict):
        return Watched(value, path, read, there)
    return [watched(item, path, read, there) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("target", TARGETS)
def test_every_column_is_read_or_changes_nothing(target):
    read, there = set(), set()
    for spec in SPECS:
        made = compiled(spec, target)
        if made.files:
            task = task_of(made)
            tables = {
                kind: tuple(Watched(row, kind, read, there) for row in rows)
                for kind, rows in task.bundle.tables.items()
            }
            load(target).emulator(task.model, tables, task.facts)
    unread = {path for path in there - read if not any(re.fullmatch(said, path) for said in SAID_ONLY)}
    assert unread == set()
    assert len(read) > 40
