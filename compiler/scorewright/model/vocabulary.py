"""The closed word lists of the language: verbs and what they go with, tests, windows, actions, kinds."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "ASSET_KINDS",
    "BUILTIN_ASSETS",
    "BUILTIN_FIELDS",
    "LETTERS",
    "LIFECYCLE_STAGES",
    "LIFECYCLE_STAGES_PAST_MQL",
    "MATCH_MODES",
    "PAST",
    "TESTS_BY_TYPE",
    "VERBS",
    "Verb",
]


@dataclass(frozen=True, slots=True)
class Verb:
    """A thing that can happen: its present form, its past form, and what may stand behind it."""

    present: str
    past: str
    takes: str
    """``assets``, ``activities``, ``fields``, ``true``, or a list of words separated by blanks."""
    kinds: tuple[str, ...] = ()
    """The kinds of asset that the verb is said of."""
    properties: tuple[tuple[str, str], ...] = ()
    """What ``where`` can ask: property and its type."""


_TEXT = "text"
_NUMBER = "number"
_YES_NO = "yes_no"

VERBS: dict[str, Verb] = {
    verb.present: verb
    for verb in (
        Verb(
            "visits",
            "visited",
            "assets",
            ("pages",),
            (("seconds", _NUMBER), ("query-string", _TEXT), ("referrer", _TEXT)),
        ),
        Verb("submits", "submitted", "assets", ("form", "landing_page", "form_handler"), (("page", _TEXT),)),
        Verb("fails", "failed", "assets", ("form", "landing_page", "form_handler"), (("page", _TEXT),)),
        Verb("opens", "opened", "assets", ("email",), (("bot", _YES_NO), ("device", _TEXT))),
        Verb("clicks", "clicked", "assets", ("email", "link", "ad"), (("link", _TEXT), ("bot", _YES_NO))),
        Verb("downloads", "downloaded", "assets", ("file",)),
        Verb(
            "registers",
            "registered",
            "assets",
            ("webinar", "event"),
            (("status", _TEXT), ("minutes", _NUMBER)),
        ),
        Verb(
            "attends", "attended", "assets", ("webinar", "event"), (("status", _TEXT), ("minutes", _NUMBER))
        ),
        Verb("misses", "missed", "assets", ("webinar", "event"), (("status", _TEXT), ("minutes", _NUMBER))),
        Verb(
            "watches",
            "watched",
            "assets",
            ("video", "webinar"),
            (("percent-watched", _NUMBER), ("seconds", _NUMBER)),
        ),
        Verb("replies", "replied", "assets", ("email",), (("bot", _YES_NO), ("device", _TEXT))),
        Verb("chats", "chatted", "assets", ("chat",), (("status", _TEXT),)),
        Verb("joins", "joined", "assets", ("campaign", "event", "webinar"), (("status", _TEXT),)),
        Verb("does", "did", "activities"),
        Verb("changes", "changed", "fields", (), (("from", "any"),)),
        Verb("bounces", "bounced", "hard soft any", (), (("reason", _TEXT),)),
        # The one verb without a past form: the condition asks has_opportunity.
        Verb("opportunity", "", "created won lost", (), (("amount", _NUMBER), ("type", _TEXT))),
        Verb("starts_visit", "started_visit", "true"),
        Verb("searches", "searched", "true", (), (("query", _TEXT),)),
        Verb("unsubscribes", "unsubscribed", "true"),
        Verb("resubscribes", "resubscribed", "true"),
    )
}

PAST: dict[str, Verb] = {verb.past: verb for verb in VERBS.values() if verb.past}

ASSET_KINDS = (
    "pages",
    "form",
    "landing_page",
    "form_handler",
    "email",
    "file",
    "link",
    "ad",
    "webinar",
    "event",
    "video",
    "chat",
    "campaign",
    "list",
    "queue",
    "user",
    "group",
)

BUILTIN_ASSETS: dict[str, tuple[str, ...]] = {
    "any-page": ("pages",),
    "any-form": ("form", "landing_page", "form_handler"),
    "any-email": ("email",),
    "any-link": ("link",),
    "any-ad": ("ad",),
    "any-file": ("file",),
    "any-webinar": ("webinar",),
    "any-event": ("event",),
    "any-video": ("video",),
    "any-chat": ("chat",),
    "any-campaign": ("campaign",),
}

BUILTIN_FIELDS: dict[str, tuple[str, str]] = {
    "email": ("text", "person"),
    "email-domain": ("text", "person"),
    "first-name": ("text", "person"),
    "last-name": ("text", "person"),
    "job-title": ("text", "person"),
    "department": ("text", "person"),
    "phone": ("text", "person"),
    "company": ("text", "person"),
    "industry": ("text", "person"),
    "employees": ("number", "person"),
    "annual-revenue": ("number", "person"),
    "website": ("text", "person"),
    "city": ("text", "person"),
    "state": ("text", "person"),
    "country": ("text", "person"),
    "lead-source": ("text", "person"),
    "created": ("date", "person"),
}
"""Built-in field = (type, of).  Both platforms keep company, industry and the like on the person record."""

MATCH_MODES = ("is", "starts_with", "ends_with", "contains", "contains_word")

TESTS_BY_TYPE: dict[str, tuple[str, ...]] = {
    "text": ("is", "is_any", "in", "starts_with", "ends_with", "contains", "contains_word", "known"),
    "number": ("is", "is_any", "above", "at_least", "below", "at_most", "known"),
    "date": ("within_last", "older_than", "within_next", "on_or_after", "before", "known"),
    "yes_no": ("is", "known"),
    "choice": ("is", "is_any", "known"),
    "choices": ("is", "is_any", "known"),
}

LIFECYCLE_STAGES = ("inquiry", "engaged", "mql", "recycled", "disqualified")
LIFECYCLE_STAGES_PAST_MQL = ("sal", "sql", "opportunity", "customer")

LETTERS = ("F", "D-", "D", "D+", "C-", "C", "C+", "B-", "B", "B+", "A-", "A", "A+")
"""Letter grades from the lowest to the highest, a third apart."""
