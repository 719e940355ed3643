"""The page about the file that ``trace --person`` reads, with what the vocabulary and the reader know."""

from __future__ import annotations

from scorewright.explain.person.tell import MOST_EVENTS
from scorewright.model.vocabulary import VERBS

__all__ = ["CSV_EXAMPLE", "JSON_EXAMPLE", "person_files"]

JSON_EXAMPLE = """\
{
  "created": "2026-01-05",
  "fields": { "job-title": "Head of admissions", "employees": 250 },
  "events": [
    { "at": "2026-01-05T10:00", "visits": "/pricing", "times": 4 },
    { "at": "2026-01-07T16:30", "submits": "Contact us" },
    { "at": "2026-01-08T09:00:00+01:00", "clicks": "any-email", "name": "Newsletter 3", "known": "2026-01-09" },
    { "at": "2026-02-01", "sets": { "job-title": "CEO", "employees": null } }
  ]
}
"""

CSV_EXAMPLE = """\
at,event,what,value,name,times,known
2026-01-05,created
,field,job-title,Head of admissions
,field,employees,250
2026-01-05 10:00,visits,/pricing,,,4
2026-01-07 16:30,submits,Contact us
2026-01-08T09:00:00+01:00,clicks,any-email,,Newsletter 3,,2026-01-09
2026-02-01,sets,job-title,CEO
2026-02-01,sets,employees,
"""

_HEAD = f"""\
# One person's file

`scorewright trace PATH --person FILE` explains the scores of one person. FILE says who they are and what happened to
them, as JSON in the words of a spec's `[examples]`, or as CSV, one row for each thing. Everything that is wrong in it
is said in one run, each with its line. The two below say the same:

```json
{JSON_EXAMPLE}```

```text
{CSV_EXAMPLE}```

Times and dates are written as `2026-01-05`, `2026-01-05T10:00` or `2026-01-05 10:00:00`, on the wall clock of the
model's time zone, or with an offset (`+01:00`, `Z`). A date stands for its start. Events may stand in any order; those
of one instant happen in the order of the file. At most {MOST_EVENTS:,} events are read, each counted as often as it
happened.

## What the person has

| JSON | CSV row (`event`) | meaning |
|---|---|---|
| `"created": time` | `created`, with the time under `at` | since when the platform has known the person; must be there |
| `"fields": {{ field: value }}` | `field`, its id under `what`, the value under `value` | what is known of them then |
| `"scores": {{ score: number }}` | `score`, its id under `what`, the number under `value` | what an engagement score stands at then; `interest@mba` for the copy of a product |
| `"marks": [ mark ]` | `mark`, its id under `what` | the marks that they bear then |

Who has scores or marks then was there before: what they have counts, and nothing is handed over for it.

## What happens

| JSON key | CSV column | meaning |
|---|---|---|
| `at` | `at` | when it happened; must be there |
| the verb: `"visits": "/pricing"` | `event` the verb, `what` what it is done to | see below |
| `times` | `times` | how often, at that time; 1 when it is not written |
| `name` | `name` | the real page, form or e-mail where the id stands for several: `"submits": "any-form", "name": "Newsletter"` |
| `known` | `known` | when the platform learned of it, if later than `at` |
| `"with": {{ property: value }}` | a column with the property's name | properties of the event |
| `"sets": {{ field: value }}` | `sets`, the field under `what`, its new value under `value` | fields change; `null`, or an empty cell, makes one unknown |
| `"list": list, "on": true` | `list`, the list under `what`, `yes` or `no` under `value` | they are put on a list, or taken off |

Behind a verb stands an id of the spec, a name that the platform uses for it (a form's name, a page's path), or a built-in
asset such as `any-page`. A page need not be in the spec; whatever else the spec does not name is written with a
built-in asset and `name`. Two more words can be set than the spec has fields: `assigned_to`, the owner of the record, and
`crm_record`, which is `lead` or `contact`.

Values are written as JSON has them: whole numbers, `true` and `false`, texts, an array for a field with several
choices. In CSV they are plain: `250`, `yes` or `no`, texts, several choices with `;` between them; columns are separated
by `,`, `;` or tabs, and a line that begins with `#` is left out.

| verb | what it is done to | properties |
|---|---|---|
"""


def person_files() -> str:
    """The page."""
    rows = [
        f"| `{verb.present}` | {_takes(verb.takes, verb.kinds)} | {', '.join(f'`{name}` ({kind})' for name, kind in verb.properties)} |"
        for verb in VERBS.values()
        if verb.takes != "fields"
    ]
    return _HEAD + "\n".join(rows) + "\n"


def _takes(takes: str, kinds: tuple[str, ...]) -> str:
    if takes == "assets":
        return " or ".join(kind.replace("_", " ") for kind in kinds)
    if takes == "activities":
        return "an activity of the spec, which has the properties too"
    return "`true` (CSV: nothing)" if takes == "true" else " ".join(f"`{word}`" for word in takes.split())
