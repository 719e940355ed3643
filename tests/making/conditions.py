"""Made conditions, tests and events: every subject, every verb, and only tests that fit what they look at."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from scorewright.model.vocabulary import BUILTIN_ASSETS, LETTERS, VERBS

if TYPE_CHECKING:
    from tests.making.world import World

__all__ = ["band", "condition", "event", "grade", "segment"]

DAYS = (dt.date(2026, 1, 1), dt.date(2026, 6, 30), dt.date(2027, 12, 31))
FACTS = (
    "field",
    "mark",
    "past",
    "segment",
    "member_of",
    "has_opportunity",
    "crm",
    "assigned",
    "mailable",
    "all",
    "any",
    "not",
)
SCORED = ("score", "grade", "band")
PAST_VERBS = tuple(verb for verb in VERBS.values() if verb.past)
_DEPTH = 2


def condition(w: World, *, facts: bool, depth: int = 0) -> dict[str, Any]:
    """A condition; with ``facts`` one that reads no score, grade or band, as what holds must not."""
    subjects = FACTS if facts or not w.scores_that("engagement", "fit", "combined") else (*SCORED, *FACTS)
    subject = w.choose.pick(subjects if depth < _DEPTH else subjects[: -len(("all", "any", "not"))])
    if subject in {"all", "any"}:
        return {subject: [condition(w, facts=facts, depth=depth + 1) for _ in range(w.choose.integer(2, 3))]}
    if subject == "not":
        return {"not": condition(w, facts=facts, depth=depth + 1)}
    return _PLAIN[subject](w, facts)


def _field(w: World, _facts: bool) -> dict[str, Any]:
    kind = w.choose.pick(("text", "number", "date", "yes_no", "choice", "choices"))
    name = w.field_of(kind)
    return {"field": name, **test(w, kind)}


def _score(w: World, _facts: bool) -> dict[str, Any]:
    there = [s for s in w.scores if w.inside or not s.each or w.tables.get("products")]
    score = w.choose.pick(there)
    head: dict[str, Any] = {"score": score.id}
    if score.each and (not w.inside or w.choose.flip(3)):
        head["product"] = w.choose.pick([*w.tables["products"]])
    if w.choose.flip(5):
        return {**head, "is": w.number(0, 100)}
    return {**head, **bounds(w, 1, 90)}


def _grade(w: World, _facts: bool) -> dict[str, Any]:
    mode = w.choose.pick(("at_least", "is", "below"))
    return {"grade": grade(w), mode: w.choose.pick(LETTERS[1:])}


def _band(w: World, facts: bool) -> dict[str, Any]:
    if not _banded(w):
        return _field(w, facts)
    name = band(w)
    labels = _labels(w, name)
    return (
        {"band": name, "is_any": labels} if w.choose.flip(3) else {"band": name, "is": w.choose.pick(labels)}
    )


def _member(w: World, _facts: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {"member_of": w.asset(("list", "campaign"), builtin=False)}
    if "campaign" in w.tables["assets"].get(entry["member_of"], {}) and w.choose.flip():
        entry["status"] = w.texts()
    return entry


def _past(w: World, _facts: bool) -> dict[str, Any]:
    verb = w.choose.pick(PAST_VERBS)
    named = objects(w, verb.present)
    entry = {verb.past: named, **_beside(w, verb.present, named)}
    if w.choose.flip():
        entry["within"] = w.window()
    if w.choose.flip(3):
        entry[w.choose.pick(("at_least", "exactly", "at_most"))] = w.choose.integer(1, 9)
    return entry


_PLAIN = {
    "field": _field,
    "score": _score,
    "grade": _grade,
    "band": _band,
    "mark": lambda w, _: {"mark": w.mark()},
    "segment": lambda w, facts: {"segment": segment(w, facts=facts)},
    "member_of": _member,
    "has_opportunity": lambda w, _: {"has_opportunity": w.choose.pick(("open", "won", "lost", "any"))},
    "crm": lambda w, _: {"crm": w.choose.pick(("lead", "contact", "none"))},
    "assigned": lambda w, _: {"assigned": w.choose.flip()},
    "mailable": lambda w, _: {"mailable": w.choose.flip()},
    "past": _past,
}


# --- tests ----------------------------------------------------------------------------------------------------------


def test(w: World, kind: str) -> dict[str, Any]:
    """A test of a value of this type."""
    if w.choose.flip(6):
        return {"known": w.choose.flip()}
    return _TESTS[kind](w)


test.__test__ = False  # type: ignore[attr-defined]


def _text(w: World) -> dict[str, Any]:
    how = w.choose.pick(("is", "is_any", "in", "starts_with", "ends_with", "contains", "contains_word"))
    if how == "in":
        return {"in": w.terms()}
    if how == "is_any":
        return {"is_any": [w.text(), "Another text"]}
    return {how: w.text() if how == "is" else w.texts()}


def _number(w: World) -> dict[str, Any]:
    how = w.choose.pick(("is", "is_any", "range", "range"))
    if how == "range":
        return bounds(w, 0, 5000)
    return {"is": w.choose.integer(0, 5000)} if how == "is" else {"is_any": [1, 2, w.choose.integer(3, 99)]}


def bounds(w: World, low: int, high: int) -> dict[str, Any]:
    """One bound, or a lower and an upper one with numbers between them."""
    half = (low + high) // 2
    sides = w.choose.pick(("lower", "upper", "both"))
    entry: dict[str, Any] = {}
    if sides != "upper":
        entry[w.choose.pick(("at_least", "above"))] = w.number(low, half)
    if sides != "lower":
        entry[w.choose.pick(("below", "at_most"))] = w.number(half + 2, high)
    return entry


def _date(w: World) -> dict[str, Any]:
    how = w.choose.pick(("within_last", "older_than", "within_next", "day"))
    if how != "day":
        return {how: w.duration()}
    sides = w.choose.pick(("first", "last", "both"))
    first = {"on_or_after": DAYS[0]} if sides != "last" else {}
    return {**first, **({"before": w.choose.pick(DAYS[1:])} if sides != "first" else {})}


def _choice(w: World) -> dict[str, Any]:
    return {"is_any": ["Customer", "Prospect"]} if w.choose.flip() else {"is": "Customer"}


_TESTS = {
    "text": _text,
    "number": _number,
    "date": _date,
    "yes_no": lambda w: {"is": w.choose.flip()},
    "choice": _choice,
    "choices": _choice,
}


# --- events ---------------------------------------------------------------------------------------------------------

ANY = tuple(BUILTIN_ASSETS)


def event(w: World, *, depth: int = 0) -> dict[str, Any]:
    """Something that happens: one verb, or one of several."""
    if not depth and w.choose.flip(6):
        return {"any": [event(w, depth=1), event(w, depth=1)]}
    present = w.choose.pick([*VERBS])
    named = objects(w, present)
    entry = {present: named, **_beside(w, present, named)}
    if w.choose.flip(4):
        entry["at_least"] = w.choose.integer(2, 5)
        entry["within"] = w.window()
    return entry


def objects(w: World, present: str) -> Any:
    """What stands behind a verb: an id or several, a word, or ``true``."""
    verb = VERBS[present]
    if verb.takes == "true":
        return True
    make = {
        "assets": lambda: w.asset(verb.kinds),
        "activities": w.activity,
        "fields": lambda: w.field_of(w.choose.pick(("text", "number"))),
    }.get(verb.takes)
    if make is None:
        return w.choose.pick(verb.takes.split())
    return list(dict.fromkeys([make(), make()])) if w.choose.flip(4) else make()


def _beside(w: World, present: str, named: Any) -> dict[str, Any]:
    verb = VERBS[present]
    entry: dict[str, Any] = {}
    if named in ANY and w.choose.flip(3):
        name = w.declare_asset(w.choose.pick(verb.kinds))
        entry["except"] = [name] if w.choose.flip() else name
    properties = _properties(w, present, named)
    if properties and w.choose.flip(3):
        entry["where"] = {name: test(w, kind) for name, kind in w.choose.some(properties, 1, 2)}
    return entry


def _properties(w: World, present: str, named: Any) -> list[tuple[str, str]]:
    """What `where` can ask of an event, with the types."""
    if not isinstance(named, str):
        return [] if present in {"does", "changes"} else [*VERBS[present].properties]
    if present == "does":
        return [*w.tables["activities"][named].get("properties", {}).items()]
    return [("from", w.type_of(named))] if present == "changes" else [*VERBS[present].properties]


# --- what conditions name -------------------------------------------------------------------------------------------


def segment(w: World, *, facts: bool) -> str:
    """A segment; one that is in the making cannot be named yet, so there are no circles."""
    roles = [*w.roles.get("segments", {})]
    if w.inside and roles and w.choose.flip():
        return w.choose.pick(roles)
    known = w.again([*w.segments[True], *([] if facts else w.segments[False])])
    if known is not None:
        return known
    with w.in_product(False):
        when = condition(w, facts=facts, depth=1)
        name = w.declare("segments", "customers", {"when": when})
    w.segments[facts].append(name)
    return name


def grade(w: World) -> str:
    """A letter grade."""
    known = w.again([*w.tables.get("grades", {})])
    if known is not None:
        return known
    entry: dict[str, Any] = {"start": w.choose.pick(("D", "C-", "B+"))} if w.choose.flip() else {}
    if w.choose.flip(3):
        entry["hidden_until_match"] = w.choose.flip()
    with w.in_product(False):
        entry["criteria"] = {
            name: {"when": condition(w, facts=True, depth=1), "thirds": w.choose.integer(1, 3)}
            for name in ("industry", "size", "place")[: w.choose.integer(1, 3)]
        }
        return w.declare("grades", "profile", entry)


def _labels(w: World, name: str) -> list[str]:
    entry = w.tables["bands"][name]
    if "cases" in entry:
        return [case["label"] for case in entry["cases"]]
    first, second = (_labels(w, part) for part in entry["join"])
    return [one + two for one in first for two in second]


def _banded(w: World) -> list[Any]:
    return [score for score in w.scores if not score.each]


def band(w: World, *, join: bool = True) -> str:
    """A band of a score, or a class of two."""
    known = w.again([*w.tables.get("bands", {})]) if join else None
    if known is not None:
        return known
    with w.in_product(False):
        field = {"field": w.field_of("text", fresh=True)} if w.choose.flip(3) else {}
        if join and w.choose.flip(4):
            parts = [band(w, join=False), band(w, join=False)]
            return w.declare("bands", "class", {"join": parts, **field})
        score = w.choose.pick(_banded(w))
        second = [{"label": "B", "above": w.number(20, 40)}] if w.choose.flip() else []
        cases = [{"label": "A", "at_least": w.number(50, 90)}, *second, {"label": "C"}]
        return w.declare("bands", "letter", {"score": score.id, "cases": cases, **field})
