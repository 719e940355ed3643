"""What Marketo can do of each feature of the language, with reason and source.

``FULL`` is about meaning: smart lists and flows are always built by a person, from the sheet.
"""

from __future__ import annotations

from functools import cache

from scorewright.plugin.capability import Capability, Support
from scorewright.plugin.features import FEATURES

__all__ = ["capabilities"]

_FULL, _BOUNDED, _HAND = Support.FULL, Support.BOUNDED, Support.BY_HAND
_NEVER = Support.IMPOSSIBLE

_Row = tuple[Support, str, str, str]
"""Support, reason, source, and for what is refused the nearest thing that works."""

_NIGHT = "A nightly batch finds who differs; at most a day late."
_PROGRAM = "The trigger Program Status is Changed with New Status; statuses by name under [targets.marketo] statuses."
_LABELS = "Marketo product docs, smart list triggers and filters"
_STEPS = "Marketo product docs, flow actions"
_CUSTOM = "let the other system log a custom activity and use `does`"


def _event(trigger: str) -> _Row:
    return _FULL, f"The trigger {trigger}.", _LABELS, ""


def _step(name: str) -> _Row:
    return _FULL, f"The flow step {name}.", _STEPS, ""


def _filter(text: str) -> _Row:
    return _FULL, text, _LABELS, ""


_ROWS: dict[str, _Row] = {
    "event-visits": (_FULL, "The trigger Visits Web Page, by path.", "page-without-host", ""),
    "event-submits": _event("Fills Out Form; a landing page by its constraint Web Page"),
    "event-fails": (
        _NEVER,
        "Marketo records no failed form.",
        _LABELS,
        "score the form's success, or " + _CUSTOM,
    ),
    "event-opens": (
        _FULL,
        "The trigger Opens Email, people only while bots are ignored.",
        "bot-constraint",
        "",
    ),
    "event-clicks": (
        _FULL,
        "Clicks Link in Email, Clicks Link on Web Page; an ad by the query string of its landing page.",
        "bot-constraint",
        "",
    ),
    "event-downloads": (
        _FULL,
        "Clicks Link on Web Page, to the file, as in Adobe's own scoring program.",
        "file-is-link-click",
        "",
    ),
    "event-registers": (_FULL, _PROGRAM, _LABELS, ""),
    "event-attends": (_FULL, _PROGRAM, _LABELS, ""),
    "event-misses": (_FULL, _PROGRAM, _LABELS, ""),
    "event-watches": (
        _FULL,
        "A webinar on demand by its status; videos are refused, since Marketo records none.",
        _LABELS,
        "",
    ),
    "event-replies": (_NEVER, "Marketo records no reply to its own e-mails.", _LABELS, _CUSTOM),
    "event-chats": (_FULL, "The trigger Engages with a Dialogue.", _LABELS, ""),
    "event-joins": _event("Added to SFDC Campaign, or Program Status is Changed for an event or webinar"),
    "event-does": _event("of the custom activity, by its name"),
    "event-changes": _event("Data Value Changes; what is filled at a person's creation fires none"),
    "event-bounces": _event("Email Bounces, Email Bounces Soft"),
    "event-opportunity": (
        _FULL,
        "Added to Opportunity; Opportunity is Updated with the stage.",
        "opportunity-triggers",
        "",
    ),
    "event-starts-visit": (
        _NEVER,
        "Marketo records page views, but no visits.",
        _LABELS,
        "count page views in a day, or " + _CUSTOM,
    ),
    "event-searches": (
        _NEVER,
        "Marketo records no search on the site.",
        _LABELS,
        "visit the page of the search results, or " + _CUSTOM,
    ),
    "event-unsubscribes": _event("Unsubscribes from Email"),
    "event-resubscribes": _event("Data Value Changes: Unsubscribed from true to false"),
    "event-any": (_FULL, "Several triggers of one campaign; any of them starts it.", _LABELS, ""),
    "event-except": (
        _FULL,
        "is not with the excluded names; exceptions inside a pattern by who did none of them within the hour.",
        "several-values",
        "",
    ),
    "event-where": (
        _FULL,
        "A constraint of the trigger; seconds and minutes are refused, since Marketo has no such constraint.",
        _LABELS,
        "",
    ),
    "event-count": (
        _FULL,
        "The trigger waits, then the executable counts the past events; per visit is refused.",
        "hour-windows-roll",
        "",
    ),
    "event-match": (_FULL, "is, starts with or contains.", _LABELS, ""),
    "points-event": (
        _FULL,
        "A thin trigger executes one executable for each award, which changes the score.",
        "trigger-runs-executable",
        "",
    ),
    "points-negative": (_FULL, "A token with a negative value.", "score-operations", ""),
    "points-several": (_FULL, "A Change Score step for each score, totals first.", "score-operations", ""),
    "points-conditional": (_FULL, "Filters of the executable.", "trigger-runs-executable", ""),
    "points-fact": (_FULL, _NIGHT + " A record of the points takes them back.", "score-operations", ""),
    "points-keep": (_FULL, _NIGHT + " Qualification Only once.", "qualification-memory", ""),
    "rule-wait": (_FULL, "The trigger waits, then executes the award.", _STEPS, ""),
    "rule-actions": (_FULL, "Flow steps after Change Score.", _STEPS, ""),
    "rule-active": (_HAND, "A person activates and deactivates the campaigns on the days.", _LABELS, ""),
    "award-expires": (
        _FULL,
        "The award requests a campaign that waits and takes the points back.",
        "request-from-executable",
        "",
    ),
    "award-fades": (
        _FULL,
        "The award requests a campaign that waits and takes part after part, up to 100 of them.",
        "request-from-executable",
        "",
    ),
    "limit-once": (_FULL, "Qualification Only once, on the executable.", "qualification-memory", ""),
    "limit-first-n": (
        _BOUNDED,
        "A counter; two events in one second may count as one.",
        "runs-interleave",
        "",
    ),
    "limit-once-per-window": (_FULL, "Qualification Once every N hours or days.", "qualification-rolls", ""),
    "limit-n-per-window": (
        _BOUNDED,
        "A register of dates, or a count with waits; two events in one second may count as one.",
        "runs-interleave",
        "",
    ),
    "limit-points": (
        _BOUNDED,
        "A counter of awards, the last one cut; two events in one second may count as one.",
        "runs-interleave",
        "",
    ),
    "limit-points-per-window": (
        _BOUNDED,
        "An account that waits clear; two events in one second may both fit, and of more than 16 rests none is given.",
        "runs-interleave",
        "",
    ),
    "limit-calendar": (_BOUNDED, "A counter that a batch clears when the window begins.", _STEPS, ""),
    "limit-visit": (_NEVER, "Marketo knows no visits.", _LABELS, 'write per = "1d"'),
    "limit-by-asset": (
        _FULL,
        "An executable for each named asset; “any” is refused.",
        "qualification-memory",
        "",
    ),
    "limit-group": (
        _BOUNDED,
        "An account of points that awards write and waits clear; two events in one second may both fit.",
        "runs-interleave",
        "",
    ),
    "when-text": _filter("is, contains, starts with; endings by a padded helper field."),
    "when-word": (
        _BOUNDED,
        "contains on a padded helper field, for a list of separators; exact for a list that the spec writes.",
        "lead-token-in-data-value",
        "",
    ),
    "when-number": _filter("Comparisons, with an empty field told apart from 0."),
    "when-date": _filter("in past, in past before with is not empty, between."),
    "when-yes-no": _filter("true or false; Marketo has no unknown yes or no."),
    "when-choice": _filter("is, is not."),
    "when-known": _filter("is empty, is not empty."),
    "when-account": _filter("Company fields stand on the person."),
    "when-elsewhere": _filter("A field like another."),
    "when-score": _filter("A filter on the score field, with is 0 for an empty one."),
    "when-grade": _filter("is, on the field that holds the letter."),
    "when-band": _filter("The stretches of the score that have the label."),
    "when-mark": _filter("Member of List."),
    "when-segment": _filter("Member of Smart List."),
    "when-member": _filter("Member of List, Member of SFDC Campaign, Member of Program."),
    "when-opportunity": _filter("Has Opportunity with Is Won and Is Closed."),
    "when-crm": _filter("SFDC Type."),
    "when-assigned": _filter("The owner's e-mail address is empty or not."),
    "when-mailable": _filter("Has an address, not unsubscribed, not invalid, not suspended."),
    "when-happened": (
        _FULL,
        "The past filter; web visits are forgotten after a while, so “ever” is refused for them.",
        "retention-web",
        "",
    ),
    "when-happened-within": (
        _FULL,
        "The past filter with Date of Activity, as far back as the log goes.",
        "retention-web",
        "",
    ),
    "when-happened-count": _filter("Min. Number of Times; fewer by who is not in that smart list."),
    "when-not": _filter("The negative operator, the inactivity filter, or not in a smart list."),
    "when-nested": (_FULL, "Advanced filter logic at any depth.", "filter-logic", ""),
    "score-engagement": (_FULL, "A score field.", "score-operations", ""),
    "score-fit": (
        _FULL,
        "A score field; with a floor or ceiling, the excess is remembered in a helper field.",
        "score-operations",
        "",
    ),
    "score-sum": (_FULL, "Every change of a part is made on the sum too.", "score-operations", ""),
    "score-weights": (
        _FULL,
        "As a sum; what a share lacks of a whole point is kept in a helper field.",
        "score-operations",
        "",
    ),
    "score-feeds": (_FULL, "Each award changes both fields by the same token.", "score-operations", ""),
    "score-floor": (
        _FULL,
        "A choice in the step that subtracts; the safe value stands in the default.",
        "choices",
        "",
    ),
    "score-ceiling": (_FULL, "A choice in the step that adds.", "choices", ""),
    "score-start": (
        _FULL,
        "Person is Created, and a batch for everybody who is there.",
        "qualification-memory",
        "",
    ),
    "score-part": (_FULL, "A score field of its own.", "field-never-deleted", ""),
    "products": (
        _FULL,
        "A program for each product: built once, cloned, and edited by a list.",
        "clone-keeps-score-names",
        "",
    ),
    "input": (
        _FULL,
        "A nightly batch copies the value bit by bit, between the bounds; 15 % as 3 points for each 20.",
        "score-operations",
        "",
    ),
    "tier": (_FULL, _NIGHT + " Choices in the order of the cases.", "choices", ""),
    "tier-otherwise": (_FULL, "The default choice.", "choices", ""),
    "tier-unknown": (_FULL, "A choice for the empty field, before the others.", "choices", ""),
    "decay-set": (_FULL, "A nightly batch with =N; sums follow bit by bit.", "score-operations", ""),
    "decay-subtract": (_FULL, "A nightly batch; choices where it would pass the stop.", "choices", ""),
    "decay-percent": (
        _FULL,
        "Choices from the highest band down, or powers of two, up to a largest score.",
        "score-operations",
        "",
    ),
    "decay-steps": (_FULL, "A counter that activity sets back.", "qualification-default", ""),
    "decay-every": (
        _FULL,
        "Qualification Once every …, half a day less than the interval.",
        "qualification-rolls",
        "",
    ),
    "decay-level": (_FULL, "Choices on the score.", "choices", ""),
    "decay-stop-at": (_FULL, "Choices in the step that subtracts.", "choices", ""),
    "decay-limit": (_FULL, "The steps are written out, as many as the limit allows.", "score-operations", ""),
    "decay-never-active": (_FULL, "Inactivity filters and Created At alone.", "absence-filters", ""),
    "decay-when": (_FULL, "A choice that spares the others.", "choices", ""),
    "decay-activity": (
        _FULL,
        "An inactivity filter for each kind, or a stamped date.",
        "absence-filters",
        "",
    ),
    "decay-awards": (_FULL, "A date that each award stamps.", "before-matches-empty", ""),
    "decay-long": (_FULL, "A date that each activity stamps.", "retention-web", ""),
    "decay-actions": (_FULL, "Flow steps after the loss.", _STEPS, ""),
    "decay-part": (_FULL, "Any score can be set and lowered.", "score-operations", ""),
    "grade": (_FULL, _NIGHT + " The letter stands in a text field.", "choices", ""),
    "band": (_FULL, "Read as stretches of the score; written into a field by choices.", "choices", ""),
    "band-join": (_FULL, "Read by both scores; written by two lead tokens.", "lead-token-in-data-value", ""),
    "threshold": (
        _FULL,
        "Score is Changed, a wait, an executable that reads again, a list of who is past it.",
        "new-score-on-decrease",
        "",
    ),
    "threshold-gates": (_FULL, "Filters of the executable.", "filter-logic", ""),
    "threshold-or-on": (
        _FULL,
        "Triggers of their own, which run the same actions.",
        "trigger-runs-executable",
        "",
    ),
    "threshold-required": (_FULL, "is not empty.", _LABELS, ""),
    "threshold-unless": (_FULL, "The negated filters.", "filter-logic", ""),
    "threshold-limit": (_FULL, "The qualification of the executable that acts.", "qualification-memory", ""),
    "threshold-existing": (
        _FULL,
        "A batch before the switching on hands over, or only remembers.",
        _LABELS,
        "",
    ),
    "threshold-reads-mark": (
        _FULL,
        "Member of List, and activity in the silence's length, so that decay wakes nobody.",
        "absence-filters",
        "",
    ),
    "schedule": (
        _HAND,
        "Batches recur at hours of the subscription's time zone, which a person sets.",
        _LABELS,
        "",
    ),
    "schedule-zones": (_HAND, "A batch for each zone, at its own hour, which a person sets.", _LABELS, ""),
    "action-assign": _step("Sync Person to SFDC, and Change Owner for a user; a group is refused"),
    "action-notify": _step("Send Alert; the owner of an opportunity is refused"),
    "action-add-to-campaign": _step("Change Status in SFDC Campaign, which adds"),
    "action-add-to-list": _step("Add to List"),
    "action-remove-from-list": _step("Remove from List"),
    "action-lifecycle": _step("Change Data Value"),
    "action-task": _step("Create Task"),
    "action-stamp": _step("Change Data Value with {{system.dateTime}}"),
    "action-snapshot": _step("Change Data Value with the score as a lead token"),
    "action-set-field": _step("Change Data Value"),
    "action-moment": _step("Interesting Moment, with Sales Insight"),
    "action-mark": _step("Add to List"),
    "action-unmark": _step("Remove from List"),
    "action-reset": _step("Change Score with =N; sums follow bit by bit"),
    "mark": (_FULL, "Membership in a static list.", _STEPS, ""),
    "segment": (_FULL, "A smart list.", _LABELS, ""),
    "eligible": (_FULL, "Member of Smart List in every executable and batch.", _LABELS, ""),
    "exclude": (_FULL, "Not a member of the smart list, in every executable and batch.", _LABELS, ""),
    "model-active": (_HAND, "A person switches the triggers on and off on the days.", _LABELS, ""),
    "model-starts": (
        _HAND,
        "A person activates the triggers on the day; Marketo's triggers see nothing from before.",
        _LABELS,
        "",
    ),
    "bots-count": (_FULL, "No constraint Is Bot Activity.", "bot-constraint", ""),
}


@cache
def capabilities() -> tuple[Capability, ...]:
    """One row for each feature, in the order of the feature table."""
    rows = []
    for feature in FEATURES:
        support, reason, source, instead = _ROWS[feature.id]
        rows.append(Capability(feature.id, support, reason, source, instead))
    return tuple(rows)
