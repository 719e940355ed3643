"""The smallest spec of each condition: a segment where that will do, for whoever can read it can read it elsewhere."""

from __future__ import annotations

from scorewright.plugin.conformance.spec import FORM, Spec

__all__ = ["SPECS"]


def _segment(when: str, declared: str = "") -> Spec:
    return Spec(f"{declared}\n[segments.people]\nwhen = {when}\n")


def _threshold(when: str, declared: str = "") -> Spec:
    return Spec(f'{FORM}{declared}\n[thresholds.ready]\nwhen = {when}\nthen = [{{ notify = "owner" }}]\n')


_REVENUE = '[fields]\nrevenue = { type = "number"'
_GRADE = """
[grades.profile]
criteria.near = { when = { field = "country", is = "Spain" }, thirds = 3 }
"""
_BAND = """
[bands.heat]
score = "points"
cases = [
  { label = "Hot", at_least = 50 },
  { label = "Cold" },
]
"""
_VIP = """
[marks]
vip = {}

[rules.demo]
on = { submits = "demo" }
points = { points = 20 }
then = [{ mark = "vip" }]

[assets]
demo = { form = "Demo" }
"""
_CUSTOMERS = '\n[segments.spanish]\nwhen = { field = "country", is = "Spain" }\n'
_NESTED = """{ any = [
  { crm = "lead" },
  { all = [
    { field = "country", is = "Spain" },
    { any = [{ field = "industry", is = "Education" }, { field = "industry", is = "Media" }] },
  ] },
] }""".replace("\n", "")

_CONTACT = '\n[assets]\ncontact = { form = "Contact us" }\n'
SPECS: dict[str, Spec | tuple[Spec, ...]] = {
    "when-text": _segment('{ field = "country", is = "Spain" }'),
    "when-word": _segment('{ field = "job-title", contains_word = "CEO" }'),
    "when-number": _segment('{ field = "employees", at_least = 50 }'),
    "when-date": _segment(
        '{ field = "trial-began", within_last = "30d" }', '[fields]\ntrial-began = { type = "date" }\n'
    ),
    "when-yes-no": _segment(
        '{ field = "wants-call", is = true }', '[fields]\nwants-call = { type = "yes_no" }\n'
    ),
    "when-choice": _segment(
        '{ field = "size", is = "Large" }',
        '[fields]\nsize = { type = "choice", values = ["Small", "Large"] }\n',
    ),
    "when-known": _segment('{ field = "phone", known = true }'),
    "when-account": _segment('{ field = "revenue", above = 10 }', f'{_REVENUE}, of = "account" }}\n'),
    "when-elsewhere": _segment('{ field = "revenue", above = 10 }', f'{_REVENUE}, source = "elsewhere" }}\n'),
    "when-score": _threshold('{ score = "points", at_least = 50 }'),
    "when-grade": _threshold('{ grade = "profile", at_least = "C" }', _GRADE),
    "when-band": _threshold('{ band = "heat", is = "Hot" }', _BAND),
    "when-mark": _segment('{ mark = "vip" }', _VIP),
    "when-segment": _segment('{ segment = "spanish" }', _CUSTOMERS),
    "when-member": _segment('{ member_of = "partners" }', '[assets]\npartners = { list = "Partners" }\n'),
    "when-opportunity": _segment('{ has_opportunity = "open" }'),
    "when-crm": _segment('{ crm = "contact" }'),
    "when-assigned": _segment("{ assigned = true }"),
    "when-mailable": _segment("{ mailable = true }"),
    "when-happened": _segment('{ submitted = "contact" }', _CONTACT),
    "when-happened-within": _segment('{ submitted = "contact", within = "30d" }', _CONTACT),
    "when-happened-count": _segment('{ submitted = "contact", at_least = 3 }', _CONTACT),
    "when-not": _segment('{ not = { field = "country", is = "Spain" } }'),
    "when-nested": _segment(_NESTED),
}
