"""How a hand that is raised is seen: by an action on the asset, or, once for each, by the state that an event leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower import happened
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.expression import both
from scorewright_pardot.lower.fitting import fit, member
from scorewright_pardot.lower.limited import PHASE_AWARDS
from scorewright_pardot.lower.triggers import OF_NO_ASSET, each_alone, is_state
from scorewright_pardot.objects import Act, AutomationRule, SegmentationRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Threshold
    from scorewright.model.events import Event
    from scorewright_pardot.lower.context import Context

__all__ = ["raise_on"]

_BEFORE = "Who did it before the start is not handed over for that."
_FIRST = "Nobody, before the first of these events."


def raise_on(cx: Context, threshold: Threshold, event: Event, put: Act) -> None:
    """Put the tag that says that a hand was raised, when the event happens.  Raises ``CannotLowerError``."""
    happened.rests_on_bots(cx, event)
    if is_state(cx, event) and event.nth == 1 and not event.excluding:
        _by_state(cx, threshold, event, put)
        return
    plain = event.verb in {"visits", "submits", "clicks", "downloads"} and not event.where and event.nth == 1
    if not plain or event.excluding:
        raise CannotLowerError(
            "no-event-for-it",
            "only an action on a named page, form, file or custom redirect, or what an event leaves for good, can tell that "
            "it happened",
            "name such assets (or a webinar, a campaign), without where and at_least",
            event.path,
        )
    for key in event.objects:
        happened.carriers(cx, event, cx.model.assets[key], threshold, actions=(put,), lowering="hand-raiser")


def _by_state(cx: Context, threshold: Threshold, event: Event, put: Act) -> None:
    """A rule that matches once for each asset, and leaves out who was in the state before the start."""
    cx.rest_on("match-once-unless-repeat", "first-run-searches-everyone")
    for slug, only in _assets(cx, event):
        state = happened.ever(cx, each_alone(event, slug), threshold, only)
        label = f"thresholds {threshold.key} {slug}"
        listed = cx.static_list(cx.names.list(label, "did it before"), threshold, _BEFORE)
        before = Act(ACTIONS["list-add"].text, listed)
        made = cx.made(threshold, "limited-initial", _BEFORE)
        earlier = cx.names.rule(label, "did it before")
        cx.add(SegmentationRule(earlier, fit(cx, state, threshold), (before,), made), earlier)
        name = cx.names.rule(label, "raises a hand")
        tree = fit(cx, both(state, member(cx, listed, inside=False)), threshold)
        raised = cx.made(threshold, "hand-raiser")
        cx.add(AutomationRule(name, tree, (put,), None, PHASE_AWARDS, _FIRST, raised), name)
    again, existing = (cx.acted(threshold, None, 0, when) for when in ("again", "existing"))
    text = "one handoff less for each further time with the same asset"
    cx.bounded("only-the-first-for-each", text, bounds=again)
    text = "one handoff less for somebody who did it before the start and does it again"
    if cx.model.header.starts is not None:
        text += "; one more for what somebody did before the start who becomes known after it"
        existing = (*existing, *cx.acted(threshold, None, None, "before-start"))
    cx.bounded("earlier-ones-never-earn", text, bounds=existing)
    if happened.adds_itself(cx, (event,)):
        text = "one handoff more for somebody whom an action of the model adds, and then none for joining"
        each = len(list(_assets(cx, event)))
        cx.bounded("own-action-joins", text, bounds=cx.acted(threshold, -each, each))
    if event.verb == "unsubscribes":
        text = "one handoff more for somebody who was bounced for good"
        cx.bounded("do-not-email-is-a-state", text, bounds=cx.acted(threshold, 0, 1))


def _assets(cx: Context, event: Event) -> Iterator[tuple[str, str]]:
    """What tells each asset of an event in names, and its own name; of an event without assets one."""
    named = False
    for key in event.objects:
        asset = None if event.verb in OF_NO_ASSET else cx.model.assets.get(key)
        names = asset.texts_on("pardot") if asset is not None else ("",)
        for place, name in enumerate(names, 1):
            named = True
            yield (key if len(names) == 1 else f"{key}-{place}"), name
    if not named:
        yield event.verb.replace("_", "-"), ""
