"""What happened, as criteria: states that the platform remembers, and days since the last activity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.model import conditions as con
from scorewright.model.actions import AddToCampaign
from scorewright_pardot.labels import ACTIONS
from scorewright_pardot.lower.context import CannotLowerError
from scorewright_pardot.lower.expression import either, leaf, tagged
from scorewright_pardot.lower.values import boxes
from scorewright_pardot.objects import Act, CompletionAction, CustomRedirect, PageAction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scorewright.model.elements import Asset, Element
    from scorewright.model.events import Event
    from scorewright_pardot.lower.context import Context
    from scorewright_pardot.lower.expression import Expression
    from scorewright_pardot.names import Names

__all__ = [
    "CARRIER_KINDS",
    "IDENTIFYING",
    "active_within",
    "adds_itself",
    "carried_tag",
    "carriers",
    "carry",
    "ever",
    "rests_on_bots",
    "seen_tag",
    "silent_for",
]

ANY = "- ANY -"

_STATE = {
    "form": ("form", "completed"),
    "form_handler": ("form_handler", "completed"),
    "landing_page": ("landing_page", "completed"),
    "file": ("file", "is"),
    "link": ("redirect", "is"),
    "ad": ("redirect", "is"),
}
"""Asset kind = criterion and operator that say that somebody completed it, ever."""

_STATUS = {"registers": "Registered", "attends": "Attended", "misses": "Absent"}

CARRIER_KINDS = ("pages", "form", "form_handler", "landing_page", "file", "link", "ad", "email")
"""Asset kinds that a page action or completion action can stand on."""

IDENTIFYING = frozenset({"form", "form_handler", "landing_page", "email"})
"""Asset kinds whose use makes a person known, so that their actions miss nobody."""


def silent_for(cx: Context, days: int) -> Expression:
    """The last activity lies so many days back or more."""
    cx.rest_on("activity-kinds", "clock-sweep-days")
    more = days - 1 if cx.flag("days-greater-than-is-strict") else days
    return leaf("time", "last activity", "days-greater", more)


def active_within(cx: Context, days: int) -> Expression:
    """The last activity lies less than so many days back."""
    cx.rest_on("activity-kinds")
    fewer = days if cx.flag("days-less-than-is-strict") else days - 1
    return leaf("time", "last activity", "days-less", fewer)


def ever(cx: Context, event: Event, element: Element, only: str = "") -> Expression:
    """Such an event happened at some time, as a state that the platform remembers; of one named asset ``only``."""
    if event.within is not None or event.nth > 1:
        raise CannotLowerError(
            "no-window-on-events",
            "no criterion asks what happened within a window, or how often",
            "leave the window out, or let an event rule with a limit put a mark that the condition reads",
            event.path,
        )
    if event.where and event.verb not in {"searches", "joins"}:
        raise CannotLowerError(
            "no-criterion-for-it",
            "no criterion asks for properties of an event",
            "leave `where` out, or name the assets that it stands for",
            event.path,
        )
    return _by_verb(cx, event, element, only)


def adds_itself(cx: Context, events: Iterable[Event]) -> bool:
    """Whether an action of the model makes somebody a member of a campaign that the person may join: one state for both."""
    model = cx.model
    chains = (item.then for table in (model.rules, model.decay, model.thresholds) for item in table.values())
    added = {action.campaign for chain in chains for action in chain if isinstance(action, AddToCampaign)}
    names = {text.casefold() for key in added for text in model.assets[key].texts_on("pardot")}
    joined = {
        text.casefold()
        for event in events
        if event.verb == "joins"
        for key in event.objects
        for text in model.assets[key].texts_on("pardot")
    }
    return bool(names & joined)


def rests_on_bots(cx: Context, event: Event) -> None:
    """Opens and clicks can be a bot's."""
    if event.verb in {"opens", "clicks"}:
        cx.rest_on("bots-are-filtered")


def _by_verb(cx: Context, event: Event, element: Element, only: str) -> Expression:
    cx.rest_on("criteria-labels")
    rests_on_bots(cx, event)
    if event.excluding:
        raise CannotLowerError(
            "no-criterion-for-it",
            "no criterion says 'any but these'",
            "name the assets that count",
            event.path,
        )
    if event.verb in {"submits", "downloads", "clicks", "visits"}:
        return either(
            *(_asset_state(cx, event, cx.model.assets[key], element, only) for key in event.objects)
        )
    if event.verb in _STATUS and cx.flag("webinar-criterion"):
        return either(*_named(cx, event, element, only))
    if event.verb == "joins":
        return either(*(_joined(cx, event, name, element) for name in _names(cx, event, only)))
    if event.verb in {"searches", "unsubscribes"}:
        return (
            _searched(cx, event)
            if event.verb == "searches"
            else leaf("email-status", "", "is", "Do Not Email")
        )
    if event.verb == "opportunity":
        kinds = {"created": ("Open", "Won", "Lost"), "won": ("Won",), "lost": ("Lost",)}[event.objects[0]]
        return either(*(leaf("opportunity-status", "", "is", kind) for kind in kinds))
    if event.verb == "does" and cx.flag("external-activity-criterion"):
        activities = (cx.model.activities[key] for key in event.objects)
        names = (item.names.get("pardot", item.title) for item in activities)
        return either(
            *(leaf("external-activity", cx.need("external activity", name, element), "is") for name in names)
        )
    raise CannotLowerError(
        "no-criterion-for-it",
        f"no criterion remembers that somebody {event.verb.replace('_', ' ')}",
        "use an event that leaves a state (a form, a file, a custom redirect, a webinar, a campaign)",
        event.path,
    )


def _searched(cx: Context, event: Event) -> Expression:
    """A search for a text, whole or as a part; a box reads ``;`` as or, so each text has one of its own."""
    cx.rest_on("value-box-semicolon")
    cx.flag("text-ignores-case")
    operator, texts = _query(event)
    most = cx.number("value-box-characters")
    found = [boxes((text,), most) for text in texts]
    if None in found:
        longest = max(texts, key=len)
        raise CannotLowerError(
            "text-too-long",
            f"a text of {len(longest)} characters does not fit into a value box of {most}",
            "shorten it, or look for a part of it with contains",
            event.path,
            ("value-box-characters",),
        )
    return either(*(leaf("query", "", operator, box) for each in found for box in each or ()))


def _query(event: Event) -> tuple[str, tuple[str, ...]]:
    for name, test in event.where:
        if name == "query" and isinstance(test, con.Matches) and test.mode in {"is", "contains"}:
            return test.mode, test.texts
        if name == "query" and isinstance(test, con.Is):
            return "is", tuple(str(value) for value in test.values)
    raise CannotLowerError(
        "no-criterion-for-it",
        "the platform can ask what somebody searched for, not whether they searched",
        'say what: where = { query = { contains = "…" } }',
        event.path,
    )


def _names(cx: Context, event: Event, only: str) -> list[tuple[str, str]]:
    """Kind and name of each asset; they must be named one by one."""
    found: list[tuple[str, str]] = []
    for key in event.objects:
        asset = cx.model.assets[key]
        if asset.builtin or asset.match != "is":
            raise _needs_names(event)
        found += [(asset.kinds[0], name) for name in asset.texts_on("pardot") if only in {"", name}]
    return found


def _named(cx: Context, event: Event, element: Element, only: str) -> list[Expression]:
    named = _names(cx, event, only)
    return [leaf("webinar", cx.need(kind, name, element), "is", _STATUS[event.verb]) for kind, name in named]


def _joined(cx: Context, event: Event, named: tuple[str, str], element: Element) -> Expression:
    """Member of a CRM campaign, with one of the statuses where the event asks for them."""
    name = cx.need("campaign", named[1], element)
    for key, test in event.where:
        texts = [str(value) for value in test.values] if isinstance(test, con.Is) else []
        if isinstance(test, con.Matches) and test.mode == "is":
            texts = list(test.texts)
        if key != "status" or not texts:
            raise CannotLowerError(
                "no-criterion-for-it",
                "a campaign can be asked for its status only",
                'where = { status = { is = "…" } }',
                event.path,
            )
        return either(*(leaf("campaign-status", name, "is", text) for text in texts))
    return leaf("campaign", name, "is")


def _needs_names(event: Event) -> CannotLowerError:
    return CannotLowerError(
        "asset-needs-a-name",
        "the platform sees this only by the name of each asset",
        "name the assets one by one, without a pattern",
        event.path,
    )


def _asset_state(cx: Context, event: Event, asset: Asset, element: Element, only: str) -> Expression:
    if asset.kinds[0] in {"pages", "email"}:
        cx.rest_on("page-views-are-no-criterion", "page-actions-apply-tags")
        return tagged(carried_tag(cx, event, asset, element))
    if asset.builtin:
        if "ad" in asset.kinds:
            raise _needs_names(event)  # an ad is seen only where a redirect was made for it
        return either(*(leaf(_STATE[kind][0], ANY, _STATE[kind][1]) for kind in asset.kinds))
    if asset.match != "is":
        raise _needs_names(event)
    kind = asset.kinds[0]
    criterion, operator = _STATE[kind]
    names = (cx.need(kind, name, element) for name in asset.texts_on("pardot") if only in {"", name})
    return either(*(leaf(criterion, name, operator) for name in names))


def seen_tag(names: Names, asset: Asset) -> str:
    """The tag that says that an asset was used, by whoever asks."""
    return names.tag("assets", asset.id, "seen")


def carried_tag(cx: Context, event: Event, asset: Asset, element: Element) -> str:
    """A tag that an action on the asset puts whenever it is used; gives the tag's name."""
    tag = cx.tag(seen_tag(cx.names, asset), element, "An action on the asset leaves it; rules read it.")
    carriers(cx, event, asset, element, actions=(Act(ACTIONS["tag-add"].text, tag),), lowering="hit-tag")
    return tag


def carriers(
    cx: Context, event: Event, asset: Asset, element: Element, *, actions: tuple[Act, ...], lowering: str
) -> None:
    """Stand actions on each page, form, file, redirect or e-mail that an asset names."""
    kind = asset.kinds[0]
    if asset.builtin or kind not in CARRIER_KINDS or (asset.match != "is" and kind != "pages"):
        raise _needs_names(event)
    for name in asset.texts_on("pardot"):
        carry(cx, (kind, name, asset.match), element, actions, lowering)


def carry(
    cx: Context, place: tuple[str, str, str], element: Element, actions: tuple[Act, ...], lowering: str
) -> tuple[type, str]:
    """Stand actions on one page or asset; what stands there already is kept.  Gives the key of what carries them."""
    kind, name, match = place
    cx.rest_on("actions-are-for-known-people")
    made = cx.made(element, lowering)
    if kind == "pages":
        title = f"{cx.names.prefix} {element.name.replace('.', ' ')}: {name}"
        if not cx.flag("page-actions-apply-tags"):
            title = _one_for_the_page(cx, place, actions)
        return _stand(cx, PageAction(title, name, match, actions, made), title)
    if kind == "ad":
        cx.add(CustomRedirect(name, made), name)
    elif kind != "email" or name:
        cx.need("custom redirect" if kind == "link" else kind.replace("_", " "), name, element)
    if any(act.label == ACTIONS["score"].text for act in actions):
        cx.rest_on("actions-lose-scores")
    cx.rest_on(*(("form-on-landing-page",) if kind == "form" else ()))
    return _stand(cx, CompletionAction(kind, name, actions, made), f"{kind}\0{name}")


def _one_for_the_page(cx: Context, place: tuple[str, str, str], actions: tuple[Act, ...]) -> str:
    """Where one page action of all that match a page runs, and leaves no tag: the name of the one that a page has."""
    _, path, match = place
    tags = {ACTIONS["tag-add"].text, ACTIONS["tag-remove"].text}
    others = [item for item in cx.objects.values() if isinstance(item, PageAction) and item.path != path]
    if any(act.label in tags for act in actions):
        reason = "a page action leaves no tag, so nothing can ask who saw a page"
    elif any(way != "is" for item in others for way in (match, item.match)):
        reason = "of several page actions that match a page only one runs, and a pattern may match what another names"
    else:
        reason = ""
    if reason:
        raise CannotLowerError(
            "no-event-for-it",
            reason,
            "score the page views themselves, page by page, or a form, file or custom redirect that follows them",
            facts=("page-actions-apply-tags",),
        )
    return f"{cx.names.prefix} page: {path}"


def _stand(cx: Context, item: PageAction | CompletionAction, name: str) -> tuple[type, str]:
    key = (type(item), name)
    standing = cx.objects.get(key)
    if standing is None:
        cx.add(item, name)
        return key
    assert isinstance(standing, (PageAction, CompletionAction))
    new = tuple(
        act for act in item.actions if act not in standing.actions or act.label == ACTIONS["score"].text
    )
    cx.objects[key] = standing._replace(actions=(*standing.actions, *new))
    cx.users[key].update(dict.fromkeys(item.made.elements))
    return key
