"""The smallest spec of each feature about points and limits."""

from __future__ import annotations

from scorewright.plugin.conformance.spec import Spec

__all__ = ["SPECS"]

_ON = 'on = { submits = "contact" }\n'
_CONTACT = '\n[assets]\ncontact = { form = "Contact us" }\n'
_OTHER = '\n[scores.other]\nkind = "engagement"\n'
_GOOD = '{ field = "country", is = "Spain" }'


def _rule(more: str, points: str = "{ points = 10 }", declared: str = "") -> Spec:
    return Spec(f"{_CONTACT}{declared}\n[rules.form]\n{_ON}points = {points}\n{more}\n")


def _limit(limit: str) -> Spec:
    return _rule(f"limit = {{ {limit} }}")


SPECS: dict[str, Spec | tuple[Spec, ...]] = {
    "points-event": _rule(""),
    "points-negative": _rule("", "{ points = -10 }"),
    "points-several": _rule("", "{ points = 10, other = 5 }", _OTHER),
    "points-conditional": (_rule(f"when = {_GOOD}"), _rule(f"when = {_GOOD}\nlimit = {{ times = 1 }}")),
    "points-fact": Spec(
        f'\n[scores.fit]\nkind = "fit"\n\n[rules.near]\nwhen = {_GOOD}\npoints = {{ fit = 10 }}\n'
    ),
    "points-keep": Spec(f"\n[rules.near]\nwhen = {_GOOD}\npoints = {{ points = 10 }}\nkeep = true\n"),
    "rule-wait": (
        _rule(f'wait = "1d"\nwhen = {_GOOD}'),
        _rule(f'wait = "1d"\nwhen = {_GOOD}\nlimit = {{ times = 1 }}'),
    ),
    "rule-actions": _rule('then = [{ notify = "owner" }]'),
    "rule-active": _rule("active = { from = 2026-03-01, until = 2026-05-31 }"),
    "award-expires": (_rule('expires = "60d"'), _rule('expires = "60d"\nlimit = { times = 1 }')),
    "award-fades": (
        _rule('fades = { subtract = 1, every = "7d" }'),
        _rule('fades = { subtract = 1, every = "7d" }\nlimit = { times = 1 }'),
    ),
    "limit-once": _limit("times = 1"),
    "limit-first-n": _limit("times = 3"),
    "limit-once-per-window": _limit('times = 1, per = "30d"'),
    "limit-n-per-window": _limit('times = 3, per = "30d"'),
    "limit-points": _limit("points = 25"),
    "limit-points-per-window": _limit('points = 25, per = "90d"'),
    "limit-calendar": _limit('times = 1, per = "calendar day"'),
    "limit-visit": Spec(
        """
[rules.page]
on = { visits = "any-page" }
points = { points = 1 }
limit = { times = 1, per = "visit" }
"""
    ),
    "limit-by-asset": _limit('times = 1, each = "asset"'),
    "limit-group": _rule(
        'group = "web"',
        declared='\n[groups.web]\nscore = "points"\nlimit = { points = 25, per = "90d" }\n',
    ),
}
