"""Facts that are kept: points once and for good, as soon as it is seen that something holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_marketo.folders import FACTS_AND_TIERS, TRIGGERS
from scorewright_marketo.lower.bounds import by_awards, joined
from scorewright_marketo.lower.conditions import condition
from scorewright_marketo.lower.context import ONLY_ONCE
from scorewright_marketo.lower.drifting import timed
from scorewright_marketo.lower.edges import of_standing
from scorewright_marketo.lower.expr import both
from scorewright_marketo.lower.moments import say_moments
from scorewright_marketo.lower.nights import hold_all, run_nightly, taking_turns
from scorewright_marketo.lower.points import award, awarded, execute
from scorewright_marketo.lower.standing import reach_of
from scorewright_marketo.lower.timing import say_dates
from scorewright_marketo.lower.waits import wait_minutes
from scorewright_marketo.lower.watching import turned_by

if TYPE_CHECKING:
    from scorewright.model import conditions as con
    from scorewright.model.elements import Rule
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.objects import FlowStep

__all__ = ["lower_kept"]


def lower_kept(b: Builder, rule: Rule) -> None:
    """A rule without ``on`` that says ``keep``."""
    assert rule.when is not None
    b.lowering = "fact-kept"
    scores = tuple(key for key, _ in rule.points)
    flow = award(b, rule.points, rule.title, more=taking_turns(b, scores) is not None)
    _emit_kept(b, rule, rule.when, flow, scores)
    b.exact(
        "fact-kept",
        "A nightly batch with qualification Only once gives the points for good, at most a day late.",
        bounds=joined(by_awards(b, rule, few=1, when="crowded"), of_standing(b, rule, reach_of(rule))),
    )
    say_moments(b, rule, reach_of(rule))
    say_dates(b, rule)


def _emit_kept(
    b: Builder, rule: Rule, when: con.Condition, flow: tuple[FlowStep, ...], scores: tuple[str, ...]
) -> None:
    """Looked at by night; and at once, where a date or a window can be over by then."""
    name = b.campaign_name(f"Fact {rule.title}")
    b.rests_on("qualification-memory")
    due = condition(b, when)
    if not timed(b, when):
        run_nightly(b, name, due, flow, scores, role="fact", checks=(), qualification=ONLY_ONCE)
        return
    if taking_turns(b, scores) is None:
        b.campaign(name, FACTS_AND_TIERS, "executable", due, flow, role="fact", qualification=ONLY_ONCE)
        nightly_one = b.campaign_name(f"Nightly {rule.title}")
        run_nightly(b, nightly_one, due, (execute(b, name),), scores, role="nightly", checks=())
    else:
        run_nightly(b, name, due, flow, scores, role="fact", checks=(), qualification=ONLY_ONCE)
    targets = dict.fromkeys(target for key in scores for target in awarded(b, key))
    hold = hold_all(b, targets) if taking_turns(b, scores) is not None else ()
    b.campaign(
        b.campaign_name(f"When {rule.title} may hold"),
        TRIGGERS,
        "trigger",
        both(),
        (wait_minutes(b.options.wait), execute(b, name), *hold),
        triggers=turned_by(b, when),
        stage="live",
        role="watch",
        population=False,
        why="What holds for some hours only would be over before the night.",
    )
