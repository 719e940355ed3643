"""The smallest spec of each feature about decay."""

from __future__ import annotations

from scorewright.plugin.conformance.spec import FORM, Spec

__all__ = ["SPECS"]


def _decay(steps: str, more: str = "", declared: str = "", score: str = "points") -> Spec:
    return Spec(f'{FORM}{declared}\n[decay.gone-quiet]\nscore = "{score}"\nsteps = [\n{steps}\n]\n{more}\n')


_SET = '  { after = "30d", at_least = 3, set = 3 },'
_TAKE = '  { after = "30d", subtract = 10 },'
_EVERY = '  { after = "30d", every = "30d", subtract = 10 },'

_PART = """
[scores.part]
kind = "engagement"

[assets]
offer = { link = "Offer" }

[rules.click]
on = { clicks = "offer" }
points = { part = 5 }
"""

SPECS: dict[str, Spec | tuple[Spec, ...]] = {
    "decay-set": _decay(_SET),
    "decay-subtract": _decay(_TAKE),
    "decay-percent": _decay('  { after = "30d", percent = 50 },'),
    "decay-steps": _decay(f'{_TAKE}\n  {{ after = "60d", subtract = 20 }},'),
    "decay-every": _decay(_EVERY),
    "decay-level": _decay(
        '  { after = "30d", at_least = 30, subtract = 4 },\n  { after = "30d", below = 30, subtract = 1 },'
    ),
    "decay-stop-at": _decay(_TAKE, "stop_at = 20"),
    "decay-limit": _decay(_EVERY, 'limit = { points = 30, per = "silence" }'),
    "decay-never-active": _decay(_SET, "never_active = true"),
    "decay-when": _decay(_SET, 'when = { field = "country", is = "Spain" }'),
    "decay-activity": _decay(_SET, 'counts_as_activity = ["submits", "clicks"]'),
    "decay-awards": _decay(_SET)._replace(activity='"awards"'),
    "decay-long": _decay('  { after = "180d", at_least = 3, set = 3 },'),
    "decay-actions": _decay(_SET, 'then = [{ mark = "quiet" }]', "\n[marks]\nquiet = {}\n"),
    "decay-part": _decay(
        '  { after = "30d", subtract = 5 },',
        declared=_PART,
        score="part",
    ),
}
