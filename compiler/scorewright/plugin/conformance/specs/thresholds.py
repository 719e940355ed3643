"""The smallest spec of each feature about thresholds, actions and the population."""

from __future__ import annotations

from scorewright.plugin.conformance.spec import FORM, Spec

__all__ = ["SPECS"]

_WHEN = '{ score = "points", at_least = 50 }'
_NOTIFY = '[{ notify = "owner" }]'
_VIP = """
[marks]
quiet = {}

[decay.gone-quiet]
score = "points"
steps = [
  { after = "30d", at_least = 3, set = 3 },
]
then = [{ mark = "quiet" }]
"""


def _ready(more: str = "", declared: str = "", then: str = _NOTIFY, when: str = _WHEN) -> Spec:
    return Spec(f"{FORM}{declared}\n[thresholds.ready]\nwhen = {when}\nthen = {then}\n{more}\n")


def _then(action: str, declared: str = "") -> Spec:
    return _ready(then=f"[{{ {action} }}]", declared=declared)


_MARK = "\n[marks]\nvip = {}\n"
_SCHEDULE = '\n[schedules.office]\nat = ["09:00"]\ndays = ["mon", "tue", "wed", "thu", "fri"]\n'
_SPANISH = '\n[segments.spanish]\nwhen = { field = "country", is = "Spain" }\n'

SPECS: dict[str, Spec | tuple[Spec, ...]] = {
    "threshold": _ready(),
    "threshold-gates": _ready(
        when='{ all = [{ score = "points", at_least = 50 }, { field = "country", is = "Spain" }] }'
    ),
    "threshold-or-on": _ready('or_on = [{ submits = "demo" }]', '\n[assets]\ndemo = { form = "Demo" }\n'),
    "threshold-required": _ready('required_fields = ["email"]'),
    "threshold-unless": _ready('unless = { field = "country", is = "Spain" }'),
    "threshold-limit": _ready("limit = { times = 1 }"),
    "threshold-existing": _ready("existing = true"),
    "threshold-reads-mark": _ready(
        declared=_VIP,
        when='{ all = [{ mark = "quiet" }, { score = "points", above = 8 }] }',
        then='[{ unmark = "quiet" }, { notify = "owner" }]',
    ),
    "schedule": _ready('schedule = "office"', _SCHEDULE),
    "schedule-zones": _ready(
        'schedule = "office"',
        f'{_SPANISH}{_SCHEDULE}zones = [{{ segment = "spanish", timezone = "Europe/Madrid" }}]\n',
    ),
    "action-assign": _then('assign = "sales"', '\n[assets]\nsales = { queue = "Inside sales" }\n'),
    "action-notify": _then('notify = "owner"'),
    "action-add-to-campaign": _then(
        'add_to_campaign = "ready", status = "Ready"',
        '\n[assets]\nready = { campaign = "Ready for sales" }\n',
    ),
    "action-add-to-list": _then(
        'add_to_list = "ready"', '\n[assets]\nready = { list = "Ready for sales" }\n'
    ),
    "action-remove-from-list": _then(
        'remove_from_list = "nurture"', '\n[assets]\nnurture = { list = "Nurture" }\n'
    ),
    "action-lifecycle": _then(
        'lifecycle = "mql"', '\n[fields]\nstage = { type = "text" }\n\n[lifecycle]\nfield = "stage"\n'
    ),
    "action-task": _then('task = "Call them", due = "2d"'),
    "action-stamp": _then('stamp = "ready-on"', '\n[fields]\nready-on = { type = "date" }\n'),
    "action-snapshot": _then(
        'snapshot = "points", in = "points-then"', '\n[fields]\npoints-then = { type = "number" }\n'
    ),
    "action-set-field": _then(
        'set_field = "state-of-play", to = "Ready"', '\n[fields]\nstate-of-play = { type = "text" }\n'
    ),
    "action-moment": _then('moment = "Ready for sales"'),
    "action-mark": _then('mark = "vip"', _MARK),
    "action-unmark": _ready(
        declared=_VIP,
        when='{ all = [{ mark = "quiet" }, { score = "points", above = 8 }] }',
        then='[{ unmark = "quiet" }]',
    ),
    "action-reset": _then('reset = "points", to = 10'),
    "mark": _then('mark = "vip"', _MARK),
    "segment": Spec(f"{FORM}{_SPANISH}"),
    "eligible": Spec(f"{FORM}{_SPANISH}", model='eligible = "spanish"'),
    "exclude": Spec(f"{FORM}{_SPANISH}", model='exclude = ["spanish"]'),
    "model-active": Spec(FORM, model="active = { from = 2026-03-01, until = 2026-12-31 }"),
    "model-starts": Spec(FORM, model="starts = 2026-03-01"),
    "bots-count": Spec(
        '\n[rules.open]\non = { opens = "any-email" }\npoints = { points = 1 }\n', model="ignore_bots = false"
    ),
}
