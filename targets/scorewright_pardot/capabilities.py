"""How far Account Engagement takes each feature of the language, with the reason and the nearest thing that works."""

from __future__ import annotations

from scorewright.plugin.capability import Capability, Support

__all__ = ["CAPABILITIES"]

_F, _B, _I = Support.FULL, Support.BOUNDED, Support.IMPOSSIBLE

_ROW = "a row of the baseline scoring; single assets by their own actions"
_ONCE = "by a rule that matches once on the state that the event leaves"
_CLOCK = "limit = { times = n }, or once per whole days, taken as bounded"
_FLOW = 'write { add_to_campaign = "…" } in its place, and let a Salesforce flow on that campaign do it'

CAPABILITIES: tuple[Capability, ...] = (
    # --- what happens
    Capability(
        "event-visits", _F, "Page View row; single pages by page actions", "page-views-are-no-criterion"
    ),
    Capability(
        "event-submits",
        _F,
        "three rows (form, handler, landing page); single ones by completion actions",
        "form-on-landing-page",
    ),
    Capability("event-fails", _F, "three error rows; any form only", "baseline-rescores-everyone"),
    Capability(
        "event-opens", _F, "Email Open row, which counts the first open of each e-mail", "opens-count-once"
    ),
    Capability(
        "event-clicks",
        _F,
        "rows for tracker links and custom redirects; single redirects by completion actions",
        "actions-add-to-baseline",
    ),
    Capability("event-downloads", _F, _ROW, "actions-add-to-baseline"),
    Capability(
        "event-registers", _F, f"any event by its row; named ones once each, {_ONCE}", "webinar-criterion"
    ),
    Capability(
        "event-attends",
        _F,
        f"any event by its row (checked in); named ones once each, {_ONCE}",
        "webinar-criterion",
    ),
    Capability(
        "event-misses",
        _B,
        f"named webinars once, {_ONCE}; who did it before the start is left out",
        "webinar-criterion",
    ),
    Capability(
        "event-watches",
        _I,
        "no criterion and no action sees that a video was watched, and what it is worth is left to the video's connector",
        "",
        "score the page that holds the video: on = { visits = … }",
    ),
    Capability("event-replies", _I, "replies are no activity of the platform", "", "use clicks"),
    Capability("event-chats", _F, "Olark Chat row; any chat", "baseline-rescores-everyone"),
    Capability(
        "event-joins",
        _B,
        f"once a campaign, {_ONCE}; who did it before the start is left out",
        "campaign-status-in-action",
    ),
    Capability(
        "event-does",
        _B,
        f"once an activity, {_ONCE}; who did it before the start is left out",
        "external-activity-criterion",
    ),
    Capability(
        "event-changes",
        _B,
        "once, where the condition asks for the field's new value; rules see what a field is, never that it changed",
        "",
        "score what the field is: when = { field = … }",
    ),
    Capability(
        "event-bounces",
        _I,
        "no row and no criterion counts bounces",
        "",
        "use a segment of people who may not be mailed",
    ),
    Capability("event-opportunity", _F, "rows Opportunity Created, Won and Lost"),
    Capability("event-starts-visit", _F, "Visitor Session row"),
    Capability("event-searches", _F, "Site Search Query row; a given query once, by a rule"),
    Capability("event-unsubscribes", _B, f"once, {_ONCE}; who did it before the start is left out"),
    Capability(
        "event-resubscribes",
        _I,
        "opting in again leaves no state of its own",
        "",
        "score who may be mailed: when = { mailable = true }",
    ),
    Capability("event-any", _F, "each event in its own row or action"),
    Capability("event-except", _F, "the row pays, and an action on the asset takes it back where it must"),
    Capability(
        "event-where", _B, "only what somebody searched for can be asked, once; other properties are refused"
    ),
    Capability(
        "event-count",
        _B,
        "the n-th of all time by a counter field; no count lies in a window",
        "increment-completion-action",
    ),
    Capability("event-match", _F, "pages by patterns; other assets must be named"),
    # --- points
    Capability("points-event", _F, "baseline row, the rest by page and completion actions"),
    Capability("points-negative", _F, "rows and actions take negative numbers"),
    Capability("points-several", _F, "an award moves each score's place"),
    Capability(
        "points-conditional",
        _B,
        "with a once-limit only: rules ask the condition when they run",
        "",
        "score the event for everybody",
    ),
    Capability(
        "points-fact", _F, "give and take rules with a tag that carries the points, or a field that rules set"
    ),
    Capability("points-keep", _F, "a rule that matches once"),
    Capability(
        "rule-wait",
        _B,
        "whole days, once or n times for ever: an engagement program waits beside each person, one wait at a time",
        "program-acts-as-rules",
        "limit = { times = 1 }, or score the event at once",
    ),
    Capability("rule-actions", _F, "actions on named assets, or of the rule that pays"),
    Capability(
        "rule-active",
        Support.BY_HAND,
        "somebody switches it on and off on the day; not what must be taken back",
    ),
    Capability(
        "award-expires",
        _B,
        "what is given once, or n times for ever, by an engagement program that waits beside each person; awards that can "
        "overlap are refused",
        "program-moves-scores",
    ),
    Capability(
        "award-fades",
        _B,
        "as expires, with a wait in the program for each time that something melts",
        "program-moves-scores",
    ),
    # --- limits
    Capability("limit-once", _F, "a rule that matches once", "match-once-unless-repeat"),
    Capability(
        "limit-first-n",
        _F,
        "a counter field and n rules that match once; named forms, files, redirects",
        "increment-completion-action",
    ),
    Capability(
        "limit-once-per-window",
        _B,
        "a tag left by an action, paid by a rule that repeats after the window",
        "repeat-counts-elapsed-days",
    ),
    Capability("limit-n-per-window", _I, "nothing counts within a window", "", _CLOCK),
    Capability(
        "limit-points",
        _F,
        "a counter field, and a rule for each award until the points are used up; named forms, files, redirects",
        "increment-completion-action",
    ),
    Capability("limit-points-per-window", _I, "nothing counts points within a window", "", _CLOCK),
    Capability("limit-calendar", _I, "nothing counts by the calendar", "", _CLOCK),
    Capability("limit-visit", _I, "only the Visitor Session row is per visit", "", "score starts_visit"),
    Capability("limit-by-asset", _F, "the construction for each named asset"),
    Capability("limit-group", _I, "rules share no count", "", "a limit on each rule"),
    # --- conditions
    Capability(
        "when-text",
        _F,
        "field criteria; long lists in several boxes of 255 characters",
        "value-box-characters",
    ),
    Capability(
        "when-word", _B, "contains, without collisions that [targets.pardot] names", "text-ignores-case"
    ),
    Capability("when-number", _F, "greater than and less than, on whole numbers"),
    Capability("when-date", _F, "days ago and dates", "dates-compare-in-days"),
    Capability("when-yes-no", _F, "is Yes, is No"),
    Capability("when-choice", _F, "is one of"),
    Capability("when-known", _F, "is empty, is not empty"),
    Capability(
        "when-account", _F, "account criteria; negations through a list", "negatives-skip-missing-records"
    ),
    Capability("when-elsewhere", _F, "a field like any other, written by the API"),
    Capability("when-score", _F, "the prospect score, a scoring category, a field that holds a score"),
    Capability("when-grade", _F, "the letters one by one"),
    Capability("when-band", _F, "asked of the score itself"),
    Capability("when-mark", _F, "a tag", "tag-isnt-matches-untagged"),
    Capability("when-segment", _F, "membership of the segment's dynamic list", "dynamic-list-lag"),
    Capability("when-member", _F, "list membership; CRM campaign and status"),
    Capability(
        "when-opportunity",
        _F,
        "opportunity status; negations through a list",
        "negatives-skip-missing-records",
    ),
    Capability("when-crm", _F, "CRM status; negations through a list"),
    Capability("when-assigned", _F, "assignment status"),
    Capability("when-mailable", _F, "e-mail status"),
    Capability(
        "when-happened",
        _F,
        "states that forms, files, redirects, webinars and campaigns leave; pages by a tag",
    ),
    Capability(
        "when-happened-within",
        _I,
        "no criterion on events has a window",
        "",
        "a mark that an event rule puts",
    ),
    Capability(
        "when-happened-count",
        _F,
        "a counter field to which actions on named forms, files, links and ads add; rules read the number",
        "increment-completion-action",
    ),
    Capability("when-not", _F, "pushed down to operators that are sound, else through a list"),
    Capability("when-nested", _F, "inner parts as dynamic lists", "nesting-depth"),
    # --- scores
    Capability("score-engagement", _F, "the prospect score, or a scoring category"),
    Capability("score-fit", _F, "a field that rules set (one source), or give and take rules"),
    Capability(
        "score-sum", _F, "as the overall score, which adds everything up", "overall-leaves-categories"
    ),
    Capability(
        "score-weights", _F, "rules move the overall score by the weighted points, where those are whole"
    ),
    Capability(
        "score-feeds",
        _F,
        "folder assets count in category and overall score; rules move both",
        "category-row-points",
    ),
    Capability(
        "score-floor",
        _B,
        "where something can fall below it, a rule sets it back later; a category comes back over some days",
        "sets-jump-back",
    ),
    Capability(
        "score-ceiling",
        _B,
        "where something can rise above it, a rule sets it back later; a category comes back over some days",
        "sets-jump-back",
    ),
    Capability("score-start", _F, "a rule that matches once, for people who come after the start"),
    Capability(
        "score-part", _F, "a scoring category (Plus and higher) or a custom field", "category-needs-plus"
    ),
    Capability("products", _F, "one scoring category each, with folders of its own"),
    Capability(
        "input",
        _B,
        "a fit score that is this field, or whose Salesforce formula reads it; else two rules for each of up to 40 numbers of points, or for each binary digit, which a formula tells",
    ),
    # --- tiers
    Capability(
        "tier", _F, "give and take rules with a tag that carries the points, or a field that rules set"
    ),
    Capability("tier-otherwise", _F, "a case of its own"),
    Capability("tier-unknown", _F, "a case of its own"),
    # --- decay
    Capability(
        "decay-set",
        _F,
        "the overall score is set; a category settles by several rules",
        "category-only-adjusts",
    ),
    Capability("decay-subtract", _F, "catch windows on the days since the last activity", "clock-sweep-days"),
    Capability(
        "decay-percent",
        _B,
        "bands of the score, lowest first, each in a window of its own",
        "clock-sweep-days",
    ),
    Capability("decay-steps", _F, "catch windows"),
    Capability(
        "decay-every",
        _B,
        "repeating rules; the last step before the rest comes early",
        "repeat-counts-elapsed-days",
    ),
    Capability("decay-level", _F, "bands, lowest first"),
    Capability("decay-stop-at", _F, "a band that sets the score before the others act"),
    Capability("decay-limit", _F, "so many steps as the limit allows"),
    Capability(
        "decay-never-active",
        _B,
        "only if people who were never active match 'last activity'",
        "never-active-matches",
    ),
    Capability("decay-when", _B, "criteria of the rule, looked at when it runs"),
    Capability("decay-activity", _B, "the platform's last activity is what it is", "activity-kinds"),
    Capability("decay-awards", _B, "the platform's last activity stands for awards", "activity-kinds"),
    Capability("decay-long", _F, "the last activity is a date, however far back"),
    Capability("decay-actions", _F, "actions of the rule"),
    Capability(
        "decay-part",
        _F,
        "a category can be moved by rules; the days since the last activity are the same for all scores",
    ),
    # --- grades and bands
    Capability("grade", _F, "a profile's criteria, three rules each", "profile-criteria-by-rule"),
    Capability("band", _F, "asked of the score; a rule for each label where a field is named"),
    Capability("band-join", _F, "a rule for each cell where a field is named"),
    # --- thresholds
    Capability("threshold", _F, "a rule that hands over and tags, and one that takes the tag off"),
    Capability("threshold-gates", _F, "criteria and groups"),
    Capability(
        "threshold-or-on",
        _F,
        "an action on named assets tags, a rule hands over; what leaves only a state raises a hand once for each asset",
    ),
    Capability("threshold-required", _F, "is not empty"),
    Capability("threshold-unless", _F, "the negation, through lists where it must"),
    Capability(
        "threshold-limit", _B, "once or n times for ever; once per whole days comes late instead of never"
    ),
    Capability("threshold-existing", _F, "with it no segmentation rule tags those past it"),
    Capability("threshold-reads-mark", _F, "a rule that disarms itself, guarded by recent activity"),
    Capability("schedule", _B, "rules run all the time; the hour is not kept"),
    Capability("schedule-zones", _B, "rules run all the time; neither hour nor zone is kept"),
    # --- actions
    Capability(
        "action-assign",
        _F,
        "to queue, user, group or by the active assignment rule; owned people keep their owner",
        "assignment-keeps-owner",
    ),
    Capability("action-notify", _F, "the assigned user or a named user; not the owner of an opportunity"),
    Capability("action-add-to-campaign", _F, "with a status", "campaign-status-in-action"),
    Capability("action-add-to-list", _F, "static lists"),
    Capability("action-remove-from-list", _F, "static lists"),
    Capability("action-lifecycle", _F, "a field is written"),
    Capability("action-task", _F, "a Salesforce task"),
    Capability("action-stamp", _I, "no action writes the present date", "", _FLOW),
    Capability("action-snapshot", _I, "no action copies a score", "", _FLOW),
    Capability("action-set-field", _F, "person fields"),
    Capability("action-moment", _I, "the platform has no interesting moments", "", _FLOW),
    Capability("action-mark", _F, "Apply tags"),
    Capability("action-unmark", _F, "Remove tags"),
    Capability(
        "action-reset",
        _F,
        "the overall score is set; a category comes to the number by several rules",
        "category-only-adjusts",
    ),
    # --- population
    Capability("mark", _F, "a tag"),
    Capability("segment", _F, "a dynamic list", "dynamic-list-lag"),
    Capability("eligible", _B, "every rule asks for it; baseline and actions score everybody"),
    Capability("exclude", _B, "every rule asks for it; baseline and actions score everybody"),
    Capability("model-active", Support.BY_HAND, "somebody resumes and pauses the rules on the day"),
    Capability("model-starts", _B, "the baseline counts the past", "baseline-rescores-everyone"),
    Capability(
        "bots-count",
        _I,
        "the platform filters bots as it does",
        "bots-are-filtered",
        "leave ignore_bots true",
    ),
)
"""One row a feature, in the order of ``scorewright.plugin.features``."""
