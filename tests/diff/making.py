"""Two versions of a spec, written out and compared."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from scorewright.diff import diff_of, report
from scorewright.diff.side import read_side

HEAD = """\
language = 1

[model]
id = "school"
title = "School"
timezone = "UTC"
counts_as_activity = ["visits"]

[values]
page = 1
mql = 90
half-mql = { percent = 50, of = "mql" }

[assets]
contact = { form = "Contact us" }

[marks]
mql = {}

[segments.customers]
when = { field = "lead-source", is = "Customer" }

[scores.engagement]
kind = "engagement"
overall = true
floor = "half-mql"

[rules.any-page]
on = { visits = "any-page" }
points = { engagement = "page" }

[rules.contact]
on = { submits = "contact" }
when = { not = { segment = "customers" } }
points = { engagement = 50 }
limit = { times = 1, per = "30d" }

[thresholds.ready]
when = { score = "engagement", at_least = "mql" }
then = [
  { mark = "mql" },
]
"""


def side(text, label, agreements=""):
    """One version, read from files of its own."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "model.toml").write_text(text, "utf-8")
        if agreements:
            (folder / "agreements.toml").write_text(agreements, "utf-8")
        found = read_side(folder, label)
    assert not found.faults, [fault.message for fault in found.faults]
    return found


def compared(before, after, agreements=("", "")):
    """The report on two texts."""
    return report(diff_of(side(before, "old", agreements[0]), side(after, "new", agreements[1])))


def changed(old, new, text=HEAD):
    """The report on what one replacement does."""
    assert old in text
    return compared(text, text.replace(old, new))


def only(found):
    """The one change of a report."""
    (change,) = found["changes"]
    return change
