"""The features of the language, as rows of every target's capability table."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["FEATURES", "Feature"]


class Feature(NamedTuple):
    """One thing that a spec can say.  ``group`` is the heading in the matrix, ``say`` how it looks in a spec."""

    id: str
    group: str
    title: str
    say: str


_EVENTS = (
    ("visits", "Visits a page"),
    ("submits", "Submits a form"),
    ("fails", "Fails to submit a form"),
    ("opens", "Opens an e-mail"),
    ("clicks", "Clicks a link"),
    ("downloads", "Downloads a file"),
    ("registers", "Registers for a webinar or event"),
    ("attends", "Attends a webinar or event"),
    ("misses", "Misses a webinar or event"),
    ("watches", "Watches a video"),
    ("replies", "Replies to an e-mail"),
    ("chats", "Chats"),
    ("joins", "Joins a campaign"),
    ("does", "Does an activity of your own"),
    ("changes", "A field changes"),
    ("bounces", "An e-mail bounces"),
    ("opportunity", "An opportunity is created, won or lost"),
    ("starts_visit", "Starts a visit"),
    ("searches", "Searches the site"),
    ("unsubscribes", "Unsubscribes"),
    ("resubscribes", "Opts in again"),
)

_ACTIONS = (
    ("assign", "Assign to a queue, user or group"),
    ("notify", "Notify somebody"),
    ("add_to_campaign", "Add to a CRM campaign"),
    ("add_to_list", "Add to a list"),
    ("remove_from_list", "Remove from a list"),
    ("lifecycle", "Set the lifecycle stage"),
    ("task", "Create a task"),
    ("stamp", "Stamp a date"),
    ("snapshot", "Copy a score into a field"),
    ("set_field", "Set a field"),
    ("moment", "Record an interesting moment"),
    ("mark", "Put a mark"),
    ("unmark", "Take a mark off"),
    ("reset", "Reset a score"),
)


def _id(word: str) -> str:
    return word.replace("_", "-")


FEATURES: tuple[Feature, ...] = (
    *(
        Feature(f"event-{_id(verb)}", "What happens", title, f"on = {{ {verb} = … }}")
        for verb, title in _EVENTS
    ),
    Feature("event-any", "What happens", "Any of several events", "on = { any = [ … ] }"),
    Feature("event-except", "What happens", "All but some assets", "except = …"),
    Feature("event-where", "What happens", "A property of the event", "where = { … }"),
    Feature("event-count", "What happens", "The n-th event in a window", "at_least = 3, within = …"),
    Feature("event-match", "What happens", "Assets by a pattern", 'match = "contains"'),
    Feature("points-event", "Points", "Points for an event, every time", "points = { … }"),
    Feature("points-negative", "Points", "Negative points for an event", "points = { x = -5 }"),
    Feature("points-several", "Points", "One award in several scores", "points = { a = 1, b = 2 }"),
    Feature("points-conditional", "Points", "An event scored under a condition", "on = …, when = …"),
    Feature("points-fact", "Points", "Points while something is so", "when = …, points = …"),
    Feature("points-keep", "Points", "Points once and for good when something is so", "keep = true"),
    Feature("rule-wait", "Points", "An award decided after a wait", "wait = …"),
    Feature("rule-actions", "Points", "Actions at an award", "then = [ … ]"),
    Feature("rule-active", "Points", "A rule in force between dates", "active = { … }"),
    Feature("award-expires", "Points", "Points that expire", "expires = …"),
    Feature("award-fades", "Points", "Points that melt", "fades = { … }"),
    Feature("limit-once", "Limits", "Once", "limit = { times = 1 }"),
    Feature("limit-first-n", "Limits", "The first n", "limit = { times = 3 }"),
    Feature(
        "limit-once-per-window", "Limits", "Once in a rolling window", 'limit = { times = 1, per = "30d" }'
    ),
    Feature(
        "limit-n-per-window", "Limits", "N times in a rolling window", 'limit = { times = 3, per = "30d" }'
    ),
    Feature("limit-points", "Limits", "At most so many points", "limit = { points = 20 }"),
    Feature(
        "limit-points-per-window",
        "Limits",
        "So many points in a window",
        'limit = { points = 20, per = "90d" }',
    ),
    Feature("limit-calendar", "Limits", "A calendar window", 'per = "calendar day"'),
    Feature("limit-visit", "Limits", "A window of one visit", 'per = "visit"'),
    Feature("limit-by-asset", "Limits", "Each asset counted apart", 'each = "asset"'),
    Feature("limit-group", "Limits", "A limit that rules share", "group = …"),
    Feature("when-text", "Conditions", "A text field", "field = …, is = …"),
    Feature("when-word", "Conditions", "A whole word in a text field", "contains_word = …"),
    Feature("when-number", "Conditions", "A number field", "field = …, at_least = …"),
    Feature("when-date", "Conditions", "A date field", "field = …, within_last = …"),
    Feature("when-yes-no", "Conditions", "A yes/no field", "field = …, is = true"),
    Feature("when-choice", "Conditions", "A choice field", 'field = …, is = "…"'),
    Feature("when-known", "Conditions", "A field is known or unknown", "known = …"),
    Feature("when-account", "Conditions", "A field of the account", 'of = "account"'),
    Feature("when-elsewhere", "Conditions", "A field computed outside", 'source = "elsewhere"'),
    Feature("when-score", "Conditions", "A score", "score = …, above = …"),
    Feature("when-grade", "Conditions", "A letter grade", "grade = …"),
    Feature("when-band", "Conditions", "A band's label", "band = …"),
    Feature("when-mark", "Conditions", "A mark", "mark = …"),
    Feature("when-segment", "Conditions", "A segment", "segment = …"),
    Feature("when-member", "Conditions", "Member of a list or campaign", "member_of = …"),
    Feature("when-opportunity", "Conditions", "Has an opportunity", "has_opportunity = …"),
    Feature("when-crm", "Conditions", "The kind of CRM record", "crm = …"),
    Feature("when-assigned", "Conditions", "Has an owner", "assigned = …"),
    Feature("when-mailable", "Conditions", "May be mailed", "mailable = …"),
    Feature("when-happened", "Conditions", "Something happened, ever", "visited = …"),
    Feature("when-happened-within", "Conditions", "Something happened in a window", 'within = "30d"'),
    Feature("when-happened-count", "Conditions", "Something happened so many times", "exactly = …"),
    Feature("when-not", "Conditions", "Not", "not = { … }"),
    Feature("when-nested", "Conditions", "Conditions nested deeper than two", "any = [ { all = [ … ] } ]"),
    Feature("score-engagement", "Scores", "A counter", 'kind = "engagement"'),
    Feature("score-fit", "Scores", "The sum of what holds", 'kind = "fit"'),
    Feature("score-sum", "Scores", "A sum of scores", "sum_of = [ … ]"),
    Feature("score-weights", "Scores", "A weighted sum", "percent_of = { … }"),
    Feature("score-feeds", "Scores", "A part that feeds a total", "feeds = …"),
    Feature("score-floor", "Scores", "A floor", "floor = …"),
    Feature("score-ceiling", "Scores", "A ceiling", "ceiling = …"),
    Feature("score-start", "Scores", "A starting score", "start = …"),
    Feature("score-part", "Scores", "A score beside the overall one", "overall = false"),
    Feature("products", "Scores", "A copy for each product", 'each = "product"'),
    Feature("input", "Scores", "Points from a field", "[inputs.<id>]"),
    Feature("tier", "Tiers", "Tiers", "[tiers.<id>]"),
    Feature("tier-otherwise", "Tiers", "Points when no case fits", "otherwise = …"),
    Feature("tier-unknown", "Tiers", "Points when the field is unknown", "unknown = …"),
    Feature("decay-set", "Decay", "Set to a number", "set = 3"),
    Feature("decay-subtract", "Decay", "Subtract", "subtract = 10"),
    Feature("decay-percent", "Decay", "Percent", "percent = 10"),
    Feature("decay-steps", "Decay", "Several steps", "steps = [ …, … ]"),
    Feature("decay-every", "Decay", "Again and again in one silence", "every = …"),
    Feature("decay-level", "Decay", "Two speeds by level", "at_least = 30, subtract = 4"),
    Feature("decay-stop-at", "Decay", "A point where decay stops", "stop_at = …"),
    Feature(
        "decay-limit", "Decay", "At most so much in a silence", 'limit = { points = 30, per = "silence" }'
    ),
    Feature("decay-never-active", "Decay", "Decay of who was never active", "never_active = true"),
    Feature("decay-when", "Decay", "Decay for some people", "when = …"),
    Feature("decay-activity", "Decay", "A choice of what ends a silence", "counts_as_activity = [ … ]"),
    Feature("decay-awards", "Decay", "Awards end a silence", 'counts_as_activity = "awards"'),
    Feature("decay-long", "Decay", "A silence longer than 90 days", 'after = "180d"'),
    Feature("decay-actions", "Decay", "Actions at a step", "then = [ … ]"),
    Feature("decay-part", "Decay", "Decay of a score beside the overall one", "score = …"),
    Feature("grade", "Grades and bands", "A letter grade", "[grades.<id>]"),
    Feature("band", "Grades and bands", "Labels by score", "[bands.<id>]"),
    Feature("band-join", "Grades and bands", "Classes joined from bands", "join = [ … ]"),
    Feature("threshold", "Thresholds", "A threshold that fires again", "[thresholds.<id>]"),
    Feature("threshold-gates", "Thresholds", "A threshold over several conditions", "when.all = [ … ]"),
    Feature("threshold-or-on", "Thresholds", "Hand raisers", "or_on = [ … ]"),
    Feature("threshold-required", "Thresholds", "Required fields", "required_fields = [ … ]"),
    Feature("threshold-unless", "Thresholds", "A threshold that is shut", "unless = …"),
    Feature("threshold-limit", "Thresholds", "Fires so many times", "limit = { times = 1 }"),
    Feature("threshold-existing", "Thresholds", "People past it at the start", "existing = true"),
    Feature("threshold-reads-mark", "Thresholds", "A wake-up", "when = { mark = … }"),
    Feature("schedule", "Thresholds", "Fixed hours", "schedule = …"),
    Feature("schedule-zones", "Thresholds", "Hours by the person's zone", "zones = [ … ]"),
    *(Feature(f"action-{_id(verb)}", "Actions", title, f"{{ {verb} = … }}") for verb, title in _ACTIONS),
    Feature("mark", "Population", "A mark on people", "[marks.<id>]"),
    Feature("segment", "Population", "A segment", "[segments.<id>]"),
    Feature("eligible", "Population", "An eligible population", "eligible = …"),
    Feature("exclude", "Population", "Excluded people", "exclude = [ … ]"),
    Feature("model-active", "Population", "A model in force between dates", "active = { … }"),
    Feature("model-starts", "Population", "A first day", "starts = …"),
    Feature("bots-count", "Population", "Bots that count", "ignore_bots = false"),
)
"""Every feature, in the order of the matrix."""
