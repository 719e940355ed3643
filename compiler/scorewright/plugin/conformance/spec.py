"""A spec of the kit: what differs from one to the next; the rest is the same in all."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["FORM", "Spec"]

FORM = """
[assets.contact]
form = "Contact us"

[rules.form]
on = { submits = "contact" }
points = { points = 10 }
"""
"""The plainest rule, for specs whose point is something else."""

_HEAD = """\
language = 1

[model]
id = "conformance"
title = "Conformance kit"
timezone = "UTC"
"""
_SCORE = '\n[scores.points]\nkind = "engagement"\n'


class Spec(NamedTuple):
    """One spec: its tables, and keys that belong into ``[model]`` or into the one score that all have."""

    tables: str
    model: str = ""
    score: str = ""
    overall: bool = True
    """Whether that score is the overall one."""
    activity: str = '["visits", "submits", "clicks"]'
    """What ends a silence, as TOML."""

    @property
    def text(self) -> str:
        """The whole TOML text."""
        score = f"{_SCORE}{'overall = true' if self.overall else ''}\n{self.score}\n"
        head = f"{_HEAD}counts_as_activity = {self.activity}\n{self.model}\n"
        text = f"{head}{score}{self.tables}"
        while "\n\n\n" in text:
            text = text.replace("\n\n\n", "\n\n")
        return text.rstrip() + "\n"
