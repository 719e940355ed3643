"""How a rule with a limit sees its events: by tags that actions on assets leave, or by what an event leaves for good."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from scorewright.model import conditions as con
from scorewright.model.elements import Limit
from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower import happened
from scorewright_pardot.lower.awards import either_way, lacking, one_by_one, paid, unpaid, worth
from scorewright_pardot.lower.conditions import criteria
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.expression import both, either, tagged
from scorewright_pardot.lower.fitting import fit, member
from scorewright_pardot.lower.lasting import lasts
from scorewright_pardot.objects import Act, SegmentationRule

if TYPE_CHECKING:
    from scorewright.model.elements import Asset, Rule
    from scorewright.model.events import Event
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression

__all__ = [
    "OF_NO_ASSET",
    "ONCE_FOR_EACH",
    "Source",
    "awards_of",
    "each_alone",
    "hit_tag",
    "is_state",
    "leaves_a_state",
    "since_the_start",
    "sources_of",
    "trigger",
    "unseen",
]

OF_NO_ASSET = frozenset({"bounces", "changes", "does", "opportunity"})
"""Verbs whose objects are no assets: an activity, or a field, may be called as an asset is."""
ONCE_FOR_EACH = Limit("times", 1, None, by_asset=True)
"""What leaves only a state is paid so."""


class Source(NamedTuple):
    """One asset name of an event (``""`` and no asset for events without); ``slug`` tells it in tags."""

    event: Event
    asset: Asset | None
    name: str
    slug: str


def leaves_a_state(cx: Context, rule: Rule) -> bool:
    """Whether all that the rule scores is seen only as a state, so that it can be paid once for each asset."""
    return all(is_state(cx, event) for event in rule.on)


def is_state(cx: Context, event: Event) -> bool:
    """Whether the platform sees an event only by what it leaves."""
    if event.verb in {"registers", "attends", "misses", "joins"}:
        return not any(cx.model.assets[key].builtin for key in event.objects)
    return event.verb in {"does", "unsubscribes"} or (event.verb == "searches" and bool(event.where))


def sources_of(cx: Context, rule: Rule, event: Event) -> list[Source]:
    """Each asset that an event names, by each of its names.  Raises ``CannotLowerError``."""
    if event.within is not None:
        raise CannotLowerError(
            "no-window-on-events",
            "no criterion counts events within a window",
            "count them for ever (at_least without within), or score each event",
            event.path,
        )
    happened.rests_on_bots(cx, event)
    if event.excluding and all(
        key in cx.model.assets and not cx.model.assets[key].builtin for key in event.objects
    ):
        raise CannotLowerError(
            "asset-needs-a-name",
            "an action stands on all that its pattern takes, and the tag that it leaves does not say where it was left",
            "name what counts one by one, without a pattern",
            event.path,
        )
    found: list[Source] = []
    for key in event.objects:
        asset = None if event.verb in OF_NO_ASSET else cx.model.assets.get(key)
        if asset is None or asset.builtin:
            if rule.limit is not None and rule.limit.by_asset:
                raise CannotLowerError(
                    "asset-needs-a-name",
                    "each asset is counted apart, so each must be named",
                    "name them",
                    event.path,
                )
            found.append(Source(each_alone(event, key), asset, "", key))
        else:
            names = asset.texts_on("pardot")
            found += [
                Source(event, asset, name, key if len(names) == 1 else f"{key}-{i}")
                for i, name in enumerate(names, 1)
            ]
    return found or [Source(event, None, "", event.verb.replace("_", "-"))]


def each_alone(event: Event, key: str) -> Event:
    """The event of one activity, where it names several: each leaves a state of its own."""
    return replace(event, objects=(key,)) if event.verb == "does" else event


def hit_tag(cx: Context, rule: Rule, source: Source, slug: str = "") -> str:
    """The tag that an action on the asset leaves (``slug`` names one that several share); ``""`` where no action can stand."""
    asset = source.asset
    plain = source.event.verb in {"visits", "submits", "clicks", "downloads"} and not source.event.where
    if asset is None or asset.builtin or asset.kinds[0] not in happened.CARRIER_KINDS or not plain:
        return ""
    if asset.match != "is" and asset.kinds[0] != "pages":
        return ""
    tag = cx.tag(
        cx.names.tag("rules", rule.key, slug or source.slug, "hit"),
        rule,
        "An action on the asset leaves it; a rule pays for it.",
    )
    unseen(cx, rule, asset.kinds[0])
    act = Act(ACTIONS["tag-add"].text, tag)
    happened.carry(cx, (asset.kinds[0], source.name, asset.match), rule, (act,), "hit-tag")
    return tag


def unseen(cx: Context, rule: Rule, kind: str) -> None:
    """Actions do nothing for people who are still unknown; a form or an e-mail makes them known."""
    if kind not in happened.IDENTIFYING:
        off = unpaid if lasts(rule) else either_way
        lost = off(cx, rule, awards_of(cx, rule), "past-unknown")
        cx.lost_before_known(rule, f"{lacking(rule)}, until they do it again", lost)


def trigger(cx: Context, rule: Rule, group: tuple[Source, ...]) -> Expression:
    """That the event happened: by the tag of an action, or by a state, which remembers the past too."""
    trees: list[Expression] = []
    states: dict[Event, None] = {}
    for source in group:
        tag = hit_tag(cx, rule, source)
        if tag:
            trees.append(tagged(tag))
        else:
            states[source.event] = None
    if states:
        trees.append(since_the_start(cx, rule, group, tuple(states)))
    return either(*trees)


def since_the_start(
    cx: Context, rule: Rule, group: tuple[Source, ...], events: tuple[Event, ...]
) -> Expression:
    """A state that came after the start: who has it already is put on a list that the rule leaves out."""
    state = either(*(_state(cx, rule, event, group) for event in events))
    label = f"rules {rule.key} {group[0].slug}" if len(group) == 1 else f"rules {rule.key}"
    name = cx.static_list(
        cx.names.list(label, "did it before"), rule, "What they did before the start earns nothing."
    )
    put = Act(ACTIONS["list-add"].text, name)
    made = cx.made(rule, "limited-initial", "What they did before the start earns nothing.")
    segmentation = cx.names.rule(label, "did it before")
    cx.add(SegmentationRule(segmentation, fit(cx, state, rule), (put,), made), segmentation)
    bound = f"{lacking(rule)} for somebody who did it before the start and does it again"
    count = awards_of(cx, rule)
    values = unpaid(cx, rule, count, "existing")
    if cx.model.header.starts is not None:
        bound += f"; {worth(rule)} too many for what somebody did before the start who becomes known after it"
        values = (*values, *(either_way(cx, rule, count, "before-start")))
    cx.bounded("earlier-ones-never-earn", bound, bounds=values)
    if happened.adds_itself(cx, events):
        text = f"{worth(rule)} for somebody whom an action of the model adds, and then none for joining"
        cx.bounded("own-action-joins", text, bounds=either_way(cx, rule, count, "any"))
    if any(event.verb == "unsubscribes" for event in events):
        text = f"{worth(rule)} for somebody who was bounced for good"
        cx.bounded("do-not-email-is-a-state", text, bounds=paid(cx, rule, count, "any"))
    return both(state, member(cx, name, inside=False))


def _state(cx: Context, rule: Rule, event: Event, group: tuple[Source, ...]) -> Expression:
    """The state of an event; counted by asset, of the one asset in hand.

    A member's status, and that nobody may mail somebody, are what the last event has left: the next one can change them
    before the rule has looked.
    """
    if event.verb == "unsubscribes" or (event.verb == "joins" and event.where):
        cx.edge(*unpaid(cx, rule, awards_of(cx, rule), "crowded"))
    if event.verb == "changes" and _tells_the_change(rule, event):
        return criteria(cx, rule.when, rule)
    if len(group) == 1 and group[0].name and group[0].asset is not None:
        return happened.ever(cx, event, rule, group[0].name)
    return happened.ever(cx, event, rule)


def awards_of(cx: Context, rule: Rule) -> int | None:
    """How often the rule can pay one person; ``None``: any number of times."""
    limit = rule.limit or ONCE_FOR_EACH
    if limit.per is not None:
        return None
    apart = sum(len(sources_of(cx, rule, event)) for event in rule.on) if limit.by_asset else 1
    return len(one_by_one(rule, limit)) * apart


def _tells_the_change(rule: Rule, event: Event) -> bool:
    """Whether the rule's condition asks for the new value of every field that changes."""
    read = {item.field for item in con.walk(rule.when) if isinstance(item, con.FieldTest)}
    return set(event.objects) <= read and not event.where
