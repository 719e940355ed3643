"""Event rules: thin triggers that execute one executable for each award, which holds everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model.conditions import ScoreTest, walk
from scorewright.model.values import Duration, Number, Window, round_half_up
from scorewright_marketo.lower import events
from scorewright_marketo.lower.actions import actions
from scorewright_marketo.lower.assets import asset_texts
from scorewright_marketo.lower.conditions import condition
from scorewright_marketo.lower.context import RefusedError
from scorewright_marketo.lower.expr import Both, both, either
from scorewright_marketo.lower.limits import group_plans, plan, spell
from scorewright_marketo.lower.points import Variant, awarded, execute, put, shift
from scorewright_marketo.lower.silence import award_stamps
from scorewright_marketo.objects import Clause, FlowStep

if TYPE_CHECKING:
    from scorewright.model.elements import Rule
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.expr import Expr
    from scorewright_marketo.lower.limits import Plan

__all__ = ["lower_event_rule", "say_dates"]

TRIGGERS, AWARDS = "01 Triggers", "02 Awards"
_MOST_MELTS = 24


def lower_event_rule(b: Builder, rule: Rule) -> None:
    """The trigger and its executables; with ``each = "asset"`` one pair for each asset."""
    b.lowering = "award"
    b.rests_on("score-operations", "trigger-order")
    if rule.limit is not None and rule.limit.by_asset:
        texts = tuple(dict.fromkeys(text for event in rule.on for text in asset_texts(b, event)))
        for text in texts if len(texts) > 1 else (None,):
            _award(b, rule, text)
    else:
        _award(b, rule, None)
    _say_siblings(b, rule)
    name = "award-after-wait" if rule.wait else "award-after-count" if _counting(rule) else "award"
    b.exact(name, _message(rule))
    say_dates(b, rule)


def _message(rule: Rule) -> str:
    wait = (
        f"waits {spell(rule.wait)}, then "
        if rule.wait
        else "waits until the event can be counted, then "
        if _counting(rule)
        else ""
    )
    return f"A thin trigger {wait}executes the award, where filters, qualification and Change Score stand."


def _say_siblings(b: Builder, rule: Rule) -> None:
    """A condition on a score that another rule changes at the same kind of event: nobody promises who comes first."""
    read = {item.score for item in walk(rule.when) if isinstance(item, ScoreTest)}
    if not read or rule.wait is not None:
        return
    verbs = {event.verb for event in rule.on}
    rivals = [
        other
        for other in b.model.rules.values()
        if other is not rule and any(event.verb in verbs for event in other.on)
    ]
    written = {name for other in rivals for key, _ in other.points for name in awarded(b, key)}
    if read & written and not b.fact("trigger-order"):
        b.bounded(
            "sibling-order",
            "The award reads a score that other awards of the same event change.",
            "one award, for a person whom the same event carries over the condition's bound",
            "trigger-order",
            path=(*rule.path, "when"),
        )


def _counting(rule: Rule) -> bool:
    return any(event.nth > 1 for event in rule.on)


def say_dates(b: Builder, rule: Rule) -> None:
    """A rule between dates is switched by a person: no filter knows today's date."""
    from scorewright.plugin.notes import Result

    if rule.active is None:
        return
    first = f"activate it on {rule.active.first}" if rule.active.first else ""
    last = f"deactivate it after {rule.active.last}" if rule.active.last else ""
    b.note(
        "dates-by-hand",
        Result.BY_HAND,
        f"In force between dates: {' and '.join(filter(None, (first, last)))}.",
        path=(*rule.path, "active"),
    )


def _award(b: Builder, rule: Rule, only: str | None) -> None:
    title = rule.title if only is None else f"{rule.title} - {only}"
    suffix = "" if only is None else f" {only}"
    plans = group_plans(b, rule) if rule.group is not None else (plan(b, rule, suffix),)
    when = both(condition(b, rule.when), _counts(b, rule))
    names: list[str] = []
    for part in plans:
        name = b.campaign_name(f"Award {title}{part.label}")
        stamps = award_stamps(b, (key for key, _ in rule.points))
        flow = (
            *_points(b, rule, part),
            *part.after,
            *stamps,
            *_later(b, rule),
            *actions(b, rule.then),
        )
        b.campaign(
            name,
            AWARDS,
            "executable",
            both(when, part.filters),
            flow,
            qualification=part.qualification,
            role=f"award{suffix}{part.label}",
        )
        names.append(name)
    triggers = tuple(dict.fromkeys(clause for event in rule.on for clause in events.triggers(b, event, only)))
    wait = _wait(b, rule)
    if _long_count(b, rule):
        names.insert(0, _count_executable(b, rule, title))
    b.campaign(
        b.campaign_name(f"When {title}"),
        TRIGGERS,
        "trigger",
        Both(()),
        (*wait, *(execute(b, name) for name in names)),
        triggers=triggers,
        stage="live",
        role=f"when{suffix}",
        population=False,
        checks=_bot_check(b, rule),
    )


def _bot_check(b: Builder, rule: Rule) -> tuple[str, ...]:
    mails = any(event.verb in {"opens", "clicks"} for event in rule.on)
    if mails and b.model.header.ignore_bots:
        return (
            "Admin > Email > Bot Activity is on, so that the constraint Is Bot Activity means something.",
        )
    return ()


def _wait(b: Builder, rule: Rule) -> tuple[FlowStep, ...]:
    if rule.wait is not None:
        return (FlowStep("Wait", (("Duration", spell(rule.wait)),)),)
    if _counting(rule) and not _long_count(b, rule):
        return (FlowStep("Wait", (("Duration", f"{b.options.wait} minutes"),)),)
    return ()


def _counts(b: Builder, rule: Rule) -> Expr:
    """The count that ``at_least`` asks for.  After the wait the event itself is in the log, so it counts."""
    counted = [event for event in rule.on if event.nth > 1]
    if not counted:
        return Both(())
    if _long_count(b, rule):
        return Clause(_counter(b, rule), "at least", (str(counted[0].nth),))
    path = counted[0].path
    if len(counted) != len(rule.on):
        raise RefusedError(
            "not-implemented",
            path,
            "some of these events are counted and some are not",
            "write one rule for each",
        )
    if rule.limit is None or rule.limit.count != 1 or rule.limit.kind != "times":
        raise RefusedError(
            "not-implemented",
            path,
            "a rule that counts events is lowered with a limit of one award in a window",
            "write limit = { times = 1, per = … }",
        )
    if any(event.within is not None and event.within.rolling is not None for event in counted) and not b.fact(
        "hour-windows-roll"
    ):
        b.bounded(
            "window-edge",
            "The window is counted from midnight.",
            "one event too many or too few at the window's edge",
            "hour-windows-roll",
            path=path,
        )
    return either(*(events.happened(b, event, event.nth, _widened(event.within, rule)) for event in counted))


def _long_count(b: Builder, rule: Rule) -> bool:
    """Whether “ever” is asked of something that the log forgets: then a counter of our own remembers."""
    event = rule.on[0]
    forgets = event.verb in {"visits", "downloads", "changes"} or (
        event.verb == "clicks" and _clicks_links(b, rule)
    )
    return len(rule.on) == 1 and event.nth > 1 and event.within is None and forgets


def _clicks_links(b: Builder, rule: Rule) -> bool:
    return any("link" in b.model.assets[key].kinds for key in rule.on[0].objects if key in b.model.assets)


def _counter(b: Builder, rule: Rule) -> str:
    return b.helper(
        "Seen", "score", f"How often “{rule.title}” has happened, for longer than Marketo's log goes back."
    )


def _count_executable(b: Builder, rule: Rule, title: str) -> str:
    """Count the event before the award looks at the count."""
    name = b.campaign_name(f"Count {title}")
    b.campaign(
        name,
        AWARDS,
        "executable",
        Both(()),
        (put(_counter(b, rule), "+1"),),
        role="count",
        why="Counts the event before the award.",
    )
    return name


def _widened(window: Window | None, rule: Rule) -> Window | None:
    """The window as seen at the end of a wait of hours: that much longer.  Minutes are left alone."""
    if window is None or window.rolling is None or rule.wait is None or rule.wait.seconds < 3600:
        return window
    return Window(rolling=Duration((window.rolling.seconds + rule.wait.seconds) // 3600, "h"))


def _points(b: Builder, rule: Rule, part: Plan) -> tuple[FlowStep, ...]:
    """The award itself, or what is left of it."""
    steps: list[FlowStep] = []
    group = b.model.groups.get(rule.group) if rule.group is not None else None
    for key, number in rule.points:
        clip = part.clip if part.clip is not None and (group is None or group.score == key) else None
        signed = None if clip is None else clip * (1 if number.value >= 0 else -1)
        for name in reversed(awarded(b, key)):
            if signed is not None and part.variants:
                variants = tuple(Variant(variant.condition, signed) for variant in part.variants)
                steps.extend(shift(b, name, variants, number, rule.title))
            else:
                steps.extend(shift(b, name, (), number if signed is None else signed, rule.title))
    return tuple(steps)


# --- awards that end ----------------------------------------------------------------------------------------------------------


def _later(b: Builder, rule: Rule) -> tuple[FlowStep, ...]:
    """Points that expire or melt: a requested campaign waits and takes them back."""
    if rule.expires is None and rule.fades is None:
        return ()
    for key, _ in rule.points:
        if _is_reset(b, key):
            raise RefusedError(
                "not-implemented",
                (*rule.path, "expires" if rule.expires else "fades"),
                "a reset cancels what is still to come, and people who wait in a flow cannot be told",
                "leave out the reset of this score, or use a decay",
            )
    known = b.memo.get(("later", rule.key))
    if known is None:
        b.rests_on("request-from-executable")
        name = b.campaign_name(f"Later {rule.title}")
        known = b.memo["later", rule.key] = name
        steps = _expiry(b, rule) if rule.expires is not None else _melting(b, rule)
        requested = Clause("Campaign is Requested", "is", ("Flow Action",), "Source")
        b.campaign(
            name,
            AWARDS,
            "trigger",
            Both(()),
            steps,
            triggers=(requested,),
            stage="live",
            role="later",
            population=False,
            why="Takes the points back when their time is over.",
        )
    return (FlowStep("Request Campaign", (("Campaign", f"{b.program}.{known}"),)),)


def _is_reset(b: Builder, key: str) -> bool:
    from scorewright.model.actions import Reset

    model = b.model
    tables = (model.rules, model.thresholds, model.decay)
    chains = [item.then for table in tables for item in table.values()]
    return any(
        isinstance(action, Reset) and action.score in awarded(b, key) for chain in chains for action in chain
    )


def _expiry(b: Builder, rule: Rule) -> tuple[FlowStep, ...]:
    assert rule.expires is not None
    steps: list[FlowStep] = [FlowStep("Wait", (("Duration", spell(rule.expires)),))]
    for key, number in rule.points:
        for name in reversed(awarded(b, key)):
            back = Number(-number.value, number.name)
            steps.extend(shift(b, name, (), back, f"{rule.title} back"))
    return tuple(steps)


def _melting(b: Builder, rule: Rule) -> tuple[FlowStep, ...]:
    fades = rule.fades
    assert fades is not None
    steps: list[FlowStep] = []
    rests = {key: number.value for key, number in rule.points}
    for _ in range(_MOST_MELTS):
        losses = {
            key: _melt(rest, fades.subtract.value if fades.subtract else None, fades.percent)
            for key, rest in rests.items()
        }
        if not any(losses.values()):
            break
        steps.append(FlowStep("Wait", (("Duration", spell(fades.every)),)))
        for key, loss in losses.items():
            rests[key] -= loss
            for name in reversed(awarded(b, key)):
                steps.extend(shift(b, name, (), -loss, f"{rule.title} melts"))
    if any(rests.values()) and fades.percent is None:
        raise RefusedError(
            "not-implemented",
            (*rule.path, "fades"),
            f"the award melts in more than {_MOST_MELTS} steps",
            "take larger steps, or use a decay",
        )
    return tuple(steps)


def _melt(rest: int, subtract: int | None, percent: int | None) -> int:
    size = abs(rest)
    loss = (
        min(size, subtract) if subtract is not None else min(size, round_half_up(size * (percent or 0), 100))
    )
    return loss if rest > 0 else -loss
