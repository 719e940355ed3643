"""Accounts: what counts against a limit in points, what of the last award still fits, and what a wait takes off again."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING, NamedTuple

from scorewright_marketo.lower.expr import Both, either
from scorewright_marketo.lower.points import Variant
from scorewright_marketo.lower.sums import put
from scorewright_marketo.lower.waits import emit_requested, request, wait
from scorewright_marketo.objects import DO_NOTHING, Choice, Clause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Rule
    from scorewright.model.values import Duration, Number
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr
    from scorewright_marketo.objects import FlowStep

__all__ = ["Cuts", "Kept", "accounts", "cuts_by_count", "expire_by_request", "fits", "most_awards"]

Cuts = tuple[tuple[str, tuple[Variant, ...]], ...]
"""For each score, what of an award is given instead of all of it, and when."""

_MOST_ROOMS = 16
"""Rests that are told apart: each is a choice in three steps, and a campaign that takes it off again."""


class Kept(NamedTuple):
    """A limit in points over a rolling window: who still has room, what is cut, and what is booked after an award."""

    room: Expr
    cuts: Cuts
    after: tuple[FlowStep, ...]
    dropped: int
    """The most points of one award that are not given although they would fit."""


def _sizes(rule: Rule) -> dict[str, int]:
    return {key: abs(number.value) for key, number in rule.points}


def fits(rule: Rule, limit: int) -> int | None:
    """How many whole awards fit, where each is the same for all scores and the last needs no cut; else ``None``."""
    sizes = {size for size in _sizes(rule).values() if size}
    size = sizes.pop() if len(sizes) == 1 and all(_sizes(rule).values()) else 0
    return limit // size if size and limit % size == 0 else None


# --- counted ----------------------------------------------------------------------------------------------------------


def most_awards(rule: Rule, limit: int) -> int | None:
    """How many awards give something to some score; ``None``: one of nothing always fits."""
    sizes = _sizes(rule).values()
    return max(-(-limit // size) for size in sizes) if all(sizes) else None


def cuts_by_count(rule: Rule, limit: int, counter: str) -> Cuts:
    """What the award gives that follows so many others: each score has an account of its own."""
    most = most_awards(rule, limit)
    return tuple((key, tuple(_by_count(number.value, limit, counter, most))) for key, number in rule.points)


def _by_count(points: int, limit: int, counter: str, most: int | None) -> Iterator[Variant]:
    if not points:
        return
    whole, rest = divmod(limit, abs(points))
    full = whole + (1 if rest else 0)
    if most is None or full < most:
        yield Variant(Clause(counter, "at least", (str(full),)), 0)
    if rest:
        yield Variant(Clause(counter, "is", (str(whole),)), rest if points > 0 else -rest)


# --- rolling ----------------------------------------------------------------------------------------------------------


def accounts(b: Builder, rule: Rule, limit: int, duration: Duration, suffix: str) -> Kept:
    """An account for each score: written at an award, and what was written is taken off when the window has passed."""
    room: list[Expr] = []
    cuts, after, dropped = [], [], 0
    for key, number in rule.points:
        if not number.value:  # nothing always fits
            room.append(Both(()))
            continue
        what = "Points" if len(rule.points) == 1 else f"Points {b.model.scores[key].title}"
        account = b.counter(
            f"{what}{suffix}", "score", f"How many points of “{rule.title}” lie in the last {duration}."
        )
        rests = _rests(abs(number.value), limit)
        dropped = max(dropped, min(abs(number.value) - 1, limit) if rests is None else 0)
        room.append(_room(account, limit, abs(number.value) if rests is None else 1))
        given = tuple(_variants(account, number.value, limit, rests))
        cuts.append((key, given))
        after += _book(b, rule, (account, duration, f"{rule.title}{suffix}"), (key, number, given))
    return Kept(either(*room), tuple(cuts), tuple(after), dropped)


def _rests(size: int, limit: int) -> list[int] | None:
    """What can be left when an award comes that does not fit whole; ``None``: too many to tell apart."""
    step = gcd(size, limit)
    found = [room for room in range(step, size, step) if room <= limit]
    return found if len(found) <= _MOST_ROOMS else None


def _room(account: str, limit: int, least: int) -> Expr:
    """An empty account is one of 0, whatever a comparison makes of it."""
    return either(Clause(account, "at most", (str(limit - least),)), Clause(account, "is", ("0",)))


def _variants(account: str, points: int, limit: int, rests: list[int] | None) -> Iterator[Variant]:
    sign, least = (1 if points > 0 else -1), (abs(points) if rests is None else 1)
    yield Variant(Clause(account, "greater than", (str(limit - least),)), 0)
    for rest in rests or ():
        yield Variant(Clause(account, "is", (str(limit - rest),)), sign * rest)


def _book(
    b: Builder,
    rule: Rule,
    account: tuple[str, Duration, str],
    award: tuple[str, Number, tuple[Variant, ...]],
) -> list[FlowStep]:
    """What is given is booked; the requests come first, since they read the account as the award has read it."""
    (label, duration, title), (_, number, given) = account, award
    size = abs(number.value)
    ends = expire_by_request(b, label, size, duration, title)
    name = b.memo["expiry", label, size, duration]
    b.memo.setdefault(("booked", rule.key), []).append((number, name))
    later, booked = [], []
    for condition, amount, _ in given:
        rest = abs(amount if isinstance(amount, int) else amount.value)
        step = expire_by_request(b, label, rest, duration, title) if rest else None
        later.append(Choice(condition, dict(step.fields)["Campaign"] if step is not None else DO_NOTHING))
        booked.append(Choice(condition, f"+{rest}" if rest else DO_NOTHING))
    return [ends._replace(varies="Campaign", choices=tuple(later)), put(label, f"+{size}", tuple(booked))]


# --- waits ------------------------------------------------------------------------------------------------------------


def expire_by_request(b: Builder, account: str, amount: int, duration: Duration, title: str) -> FlowStep:
    """Take an amount off an account after a wait, in a campaign that is requested: executables cannot wait."""
    key = ("expiry", account, amount, duration)
    if key not in b.memo:
        name = b.campaign_name(f"After {duration}, {amount} less for {title}")
        b.memo[key] = name
        b.rests_on("request-from-executable")
        emit_requested(
            b,
            name,
            (wait(duration), put(account, f"-{amount}")),
            role=f"expire-{amount}",
            why=f"Makes room again when an award is {duration} old.",
        )
    return request(b, b.memo[key])
