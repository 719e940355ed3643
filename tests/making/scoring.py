"""Made tables that score: scores, rules, tiers, inputs, decay, thresholds, each held to what the language asks."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from scorewright.model.vocabulary import VERBS
from tests.making.actions import actions
from tests.making.conditions import bounds, condition, event, test
from tests.making.world import Score

if TYPE_CHECKING:
    from tests.making.world import World

__all__ = ["decay", "input_", "rule", "schedule", "scores", "threshold", "tier"]


# --- scores ---------------------------------------------------------------------------------------------------------


def scores(w: World) -> None:
    """The scores: always a counter; sometimes another, one for each product, a fit score, combinations."""
    first = _add(w, "engagement", "engagement", decays=w.choose.flip())
    if w.choose.flip():
        _add(
            w,
            "interest",
            "engagement",
            each=_each(w),
            feeds=first if w.choose.flip() else None,
            decays=w.choose.flip(3),
        )
    if w.choose.flip():
        _add(w, "fit", "fit", each=w.choose.flip(4) and _each(w), feeds=first if w.choose.flip(4) else None)
    if len(w.scores) > 1 and w.choose.flip():
        _combined(w)


def _each(w: World) -> bool:
    return bool(w.tables.get("products")) and w.choose.flip()


def _add(
    w: World, word: str, kind: str, *, each: bool = False, decays: bool = False, feeds: Score | None = None
) -> Score:
    entry: dict[str, Any] = {"kind": kind}
    if not each and w.choose.flip(3) and w.once("the overall score"):
        entry["overall"] = True
    if w.choose.flip(4):
        entry["floor"] = w.number(-50, 0)
    if w.choose.flip(4):
        entry["ceiling"] = w.number(200, 999)
    if kind == "engagement" and w.choose.flip(5):
        entry["start"] = w.number(0, 10)
    if feeds is not None:
        entry["feeds"] = feeds.id
    score = Score(_declare(w, word, entry, each=each), kind, each, decays, feeds)
    w.scores.append(score)
    return score


def _combined(w: World) -> None:
    each = any(score.each for score in w.scores) and w.choose.flip()
    parts = [score for score in w.scores if each or not score.each]
    chosen = [score.id for score in w.choose.some(parts, 1, 3)]
    share = w.choose.flip()
    entry = {
        "kind": "combined",
        **({"percent_of": dict.fromkeys(chosen, 50)} if share else {"sum_of": chosen}),
    }
    w.scores.append(Score(_declare(w, "person", entry, each=each), "combined", each, decays=False))


def _declare(w: World, word: str, entry: dict[str, Any], *, each: bool) -> str:
    if each:
        entry["each"] = "product"
    if w.choose.flip(4):
        entry["names"] = w.names()
    return w.declare("scores", word, entry)


# --- rules ----------------------------------------------------------------------------------------------------------


def _points(w: World, given: list[Score], low: int) -> dict[str, int | str]:
    return {score.id: w.number(low, 50) for score in given}


def rule(w: World) -> None:
    """One rule, for what happens or for what is so."""
    each = _each(w)
    with w.in_product(each):
        if w.choose.flip(3):
            given = w.choose.some(w.scores_that("fit", "engagement"), 1, 2)
            entry: dict[str, Any] = {"when": condition(w, facts=True), "points": _points(w, given, -20)}
            if w.choose.flip(4):
                entry["keep"] = w.choose.flip()
            word = "holds"
        else:
            word, entry = "happens", _event_rule(w)
        if each:
            entry["each"] = "product"
        if w.choose.flip(6):
            entry["active"] = active(w)
        w.declare("rules", word, entry)


def _event_rule(w: World) -> dict[str, Any]:
    on = event(w)
    entry: dict[str, Any] = {"on": on}
    if w.choose.flip(3):
        entry["when"] = condition(w, facts=False)
    if w.choose.flip(5):
        entry["wait"] = w.duration()
    given = w.choose.some(w.scores_that("engagement"), 1, 2) if not w.choose.flip(6) else []
    limited = _counts(on) or w.choose.flip()
    by_points = limited and bool(given) and w.choose.flip(3)
    grouped = bool(given) and not given[0].each and w.choose.flip(4)
    if given:
        entry["points"] = _points(w, given, 1 if by_points or grouped else -10)
    if limited:
        entry["limit"] = (
            {"points": w.choose.integer(50, 200)} if by_points else {"times": w.choose.integer(1, 9)}
        )
        if w.choose.flip():
            entry["limit"]["per"] = w.window()
        if _verb_takes_assets(on) and w.choose.flip(4):
            entry["limit"]["each"] = "asset"
    if grouped:
        entry["group"] = _group(w, given[0])
    if not given or w.choose.flip(4):
        entry["then"] = actions(w)
    if given and not any(score.decays for one in given for score in one.reached()):
        _melt(w, entry)
    return entry


def _counts(on: dict[str, Any]) -> bool:
    return "at_least" in on or any("at_least" in one for one in on.get("any", ()))


def _verb_takes_assets(on: dict[str, Any]) -> bool:
    return all(VERBS[key].takes == "assets" for one in on.get("any", (on,)) for key in one if key in VERBS)


def _melt(w: World, entry: dict[str, Any]) -> None:
    how = w.choose.pick(("", "", "expires", "subtract", "percent"))
    if how == "expires":
        entry["expires"] = w.duration()
    elif how:
        by = {"subtract": w.number(1, 5)} if how == "subtract" else {"percent": w.choose.integer(1, 90)}
        entry["fades"] = {**by, "every": w.duration()}


def _group(w: World, score: Score) -> str:
    mine = [key for key, entry in w.tables.get("groups", {}).items() if entry["score"] == score.id]
    limit = {"points": w.choose.integer(60, 300), "per": w.window()}
    return w.again(mine) or w.declare("groups", "web", {"score": score.id, "limit": limit})


def active(w: World) -> dict[str, dt.date]:
    """The first day, the last, or both."""
    days = {"from": dt.date(2026, 2, 28), "until": dt.date(2027, 3, 1)}
    return {key: days[key] for key in w.choose.some([*days], 1, 2)}


# --- tiers and inputs -----------------------------------------------------------------------------------------------


def tier(w: World) -> None:
    """One tier, over a field or over conditions."""
    each = _each(w)
    with w.in_product(each):
        score = w.choose.pick(w.scores_that("fit", "engagement"))
        entry: dict[str, Any] = {"score": score.id}
        if w.choose.flip(3):
            entry["cases"] = w.choose.several(lambda: _case(w, {"when": condition(w, facts=True)}), 1, 3)
        else:
            kind = w.choose.pick(("number", "text", "date", "choice", "yes_no"))
            entry["field"] = w.field_of(kind)
            entry["cases"] = w.choose.several(lambda: _case(w, test(w, kind)), 1, 3)
            if w.choose.flip():
                entry["otherwise"] = w.number(-9, 9)
                entry["unknown"] = w.number(-20, 0)
        if each:
            entry["each"] = "product"
        w.declare("tiers", "seniority", entry)


def _case(w: World, fits: dict[str, Any]) -> dict[str, Any]:
    label = {"label": w.text()} if w.choose.flip(4) else {}
    return {**label, **fits, "points": w.number(-20, 60)}


def input_(w: World) -> None:
    """Points from a field."""
    there = [score for score in w.scores if not score.each and score.kind != "combined"]
    entry: dict[str, Any] = {"field": w.field_of("number"), "score": w.choose.pick(there).id}
    if w.choose.flip():
        entry["percent"] = w.choose.integer(1, 200)
    if w.choose.flip():
        entry["at_least"] = w.number(-10, 0)
    if w.choose.flip():
        entry["at_most"] = w.number(1, 60)
    w.declare("inputs", "review", entry)


# --- decay and thresholds -------------------------------------------------------------------------------------------


def decay(w: World, score: Score) -> None:
    """What silence takes from a score."""
    with w.in_product(score.each):
        entry: dict[str, Any] = {"score": score.id}
        own = not w.tables["model"].get("counts_as_activity")
        if own or w.choose.flip(4):
            entry["counts_as_activity"] = w.choose.some([*VERBS], 1, 4)
        if w.choose.flip(4):
            entry["never_active"] = w.choose.flip()
        if w.choose.flip(4):
            entry["when"] = condition(w, facts=False)
        entry["steps"] = w.choose.several(lambda: _step(w), 1, 3)
        if w.choose.flip(3):
            entry["stop_at"] = w.number(0, 30)
        if w.choose.flip(4):
            entry["limit"] = {"points": w.choose.integer(5, 100), "per": "silence"}
        if w.choose.flip(3):
            entry["then"] = actions(w)
        if w.choose.flip(4):
            entry["schedule"] = schedule(w)
        if score.each:
            entry["each"] = "product"
        w.declare("decay", "silence", entry)


def _step(w: World) -> dict[str, Any]:
    entry: dict[str, Any] = {"after": w.choose.pick(("30d", "60d", "90d", "2w", "180d"))}
    if w.choose.flip(3):
        entry["every"] = w.choose.pick(("7d", "30d"))
    if w.choose.flip(3):
        entry.update(bounds(w, 10, 100))
    how = w.choose.pick(("subtract", "percent", "set"))
    entry[how] = {"subtract": w.number(1, 30), "percent": w.choose.integer(1, 90), "set": w.number(0, 9)}[how]
    return entry


def threshold(w: World) -> None:
    """A handoff."""
    each = _each(w)
    with w.in_product(each):
        score = w.choose.pick(w.scores_that("engagement", "fit", "combined"))
        reads: dict[str, Any] = {"score": score.id, "at_least": w.number(30, 120)}
        if w.choose.flip():
            reads = {w.choose.pick(("all", "any")): [reads, condition(w, facts=False, depth=1)]}
        entry: dict[str, Any] = {"when": reads}
        if w.choose.flip(3):
            entry["or_on"] = w.choose.several(lambda: event(w), 1, 2)
        if w.choose.flip(3):
            entry["required_fields"] = w.choose.some(("email", "company", w.field_of("text")), 1, 2)
        if w.choose.flip(3):
            entry["unless"] = condition(w, facts=False, depth=1)
        if w.choose.flip(3) or any(_counts(one) for one in entry.get("or_on", ())):
            entry["limit"] = {
                "times": w.choose.integer(1, 3),
                **({"per": w.window()} if w.choose.flip() else {}),
            }
        if w.choose.flip(4):
            entry["schedule"] = schedule(w)
        if w.choose.flip(4):
            entry["existing"] = w.choose.flip()
        entry["then"] = actions(w)
        if each:
            entry["each"] = "product"
        w.declare("thresholds", "ready", entry)


def schedule(w: World) -> str:
    """Hours."""
    from tests.making.conditions import segment

    known = w.again([*w.tables.get("schedules", {})])
    if known is not None:
        return known
    entry: dict[str, Any] = {"at": w.choose.some(("08:00", "00:00", "23:59"), 1, 2)}
    if w.choose.flip():
        entry["days"] = w.choose.some(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), 1, 7)
    if w.choose.flip(3):
        entry["timezone"] = "Europe/Paris"
    if w.choose.flip(3):
        with w.in_product(False):
            entry["zones"] = [{"segment": segment(w, facts=False), "timezone": "America/New_York"}]
    return w.declare("schedules", "mornings", entry)
