"""The smallest spec of each feature about scores, products, tiers, grades and bands."""

from __future__ import annotations

from scorewright.plugin.conformance.spec import FORM, Spec

__all__ = ["SPECS"]

_FIT = """
[scores.fit]
kind = "fit"

[rules.near]
when = { field = "country", is = "Spain" }
points = { fit = 10 }
"""
_PART = '\n[scores.part]\nkind = "engagement"\n'
_PART_RULE = """
[assets]
offer = { link = "Offer" }

[rules.click]
on = { clicks = "offer" }
points = { part = 3 }
"""
_TWO = """
[assets]
contact = { form = "Contact us" }
offer = { link = "Offer" }

[scores.web]
kind = "engagement"

[scores.mail]
kind = "engagement"

[rules.form]
on = { submits = "contact" }
points = { web = 10 }

[rules.click]
on = { clicks = "offer" }
points = { mail = 3 }

[scores.person]
kind = "combined"
overall = true
"""
_HEAT = """
[bands.heat]
score = "points"
cases = [
  { label = "Hot", at_least = 50 },
  { label = "Cold" },
]
"""
_FITS = """
[bands.suits]
score = "fit"
cases = [
  { label = "A", at_least = 10 },
  { label = "B" },
]

[bands.class]
join = ["suits", "heat"]
"""


def _tier(more: str = "") -> Spec:
    return Spec(
        f"""
[scores.fit]
kind = "fit"

[tiers.place]
score = "fit"
field = "country"
cases = [
  {{ is = "Spain", points = 20 }},
  {{ is = "France", points = 10 }},
]
{more}
"""
    )


def _input(bounds: str) -> Spec:
    return Spec(
        f"""
[fields]
review = {{ type = "number" }}

[scores.fit]
kind = "fit"

[inputs.manual-review]
field = "review"
score = "fit"
{bounds}
"""
    )


SPECS: dict[str, Spec | tuple[Spec, ...]] = {
    "score-engagement": Spec(FORM),
    "score-fit": Spec(_FIT),
    "score-sum": Spec(f'{_TWO}sum_of = ["web", "mail"]\n', overall=False),
    "score-weights": Spec(f"{_TWO}percent_of = {{ web = 100, mail = 50 }}\n", overall=False),
    "score-feeds": Spec(f'{_PART}feeds = "points"\n{_PART_RULE}'),
    "score-floor": Spec(f"{FORM.replace('10', '-10')}", score="floor = 0"),
    "score-ceiling": Spec(FORM, score="ceiling = 100"),
    "score-start": Spec(FORM, score="start = 5"),
    "score-part": Spec(f"{_PART}{_PART_RULE}"),
    "products": Spec(
        """
[assets]
mba-form = { form = "MBA request" }
master-form = { form = "Master request" }

[products.mba]
assets = { request = "mba-form" }

[products.master]
assets = { request = "master-form" }

[scores.interest]
kind = "engagement"
each = "product"

[rules.request]
each = "product"
on = { submits = "request" }
points = { interest = 20 }
"""
    ),
    "input": (_input("at_least = 0\nat_most = 30"), _input("")),
    "tier": _tier(),
    "tier-otherwise": _tier("otherwise = 5\nunknown = 0"),
    "tier-unknown": _tier("unknown = -5"),
    "grade": Spec(
        """
[grades.profile]
start = "D"
criteria.near = { when = { field = "country", is = "Spain" }, thirds = 3 }
"""
    ),
    "band": Spec(f"{FORM}{_HEAT}"),
    "band-join": Spec(f"{FORM}{_FIT}{_HEAT}{_FITS}"),
}
