"""The way out of each refused shape, carried out: what the message offers, written into the spec that was refused."""

from __future__ import annotations

__all__ = ["WAYS_OUT"]

Edit = tuple[str, str]
"""What stands in the refused spec, and what is to stand there."""

_ONCE = "points = { points = 5 }\nlimit = { times = 1 }"
_PLAIN = "points = { points = 5 }"


def _instead(on: str, other: str) -> tuple[Edit, ...]:
    return ((f"on = {on}", f"on = {other}"),)


def _by_flow(action: str) -> tuple[Edit, ...]:
    """A Salesforce flow does it to whoever is added to a campaign."""
    return (
        (action, '{ add_to_campaign = "ready" }'),
        (
            '[assets.contact]\nform = "Contact us"',
            '[assets]\ncontact = { form = "Contact us" }\nready = { campaign = "Ready" }',
        ),
    )


def _logged(event: str) -> tuple[Edit, ...]:
    """Another system logs an activity of its own."""
    return (
        (event, '{ does = "logged" }'),
        ("[scores.points]", "[activities]\nlogged = {}\n\n[scores.points]"),
    )


_PAGE_OF_FILM = '[assets]\nfilm = { pages = "/film" }\n'
_CALL = '[assets]\ncall = { link = "Call us" }\n'
_ANY_WEBINAR_BY_NAME = '[assets]\ntalk = { webinar = "Spring talk" }\n\n[rules.scored]'

_PARDOT: dict[tuple[str, int], tuple[Edit, ...]] = {
    ("event-fails", 0): (('"contact"', '"any-form"'), ('contact = { form = "Contact us" }\n', "")),
    ("event-opens", 0): (('"news"', '"any-email"'), ('news = { email = "News" }\n', "")),
    ("event-registers", 1): (("[rules.scored]", _ANY_WEBINAR_BY_NAME), ('"any-webinar"', '"talk"')),
    ("event-attends", 1): (("[rules.scored]", _ANY_WEBINAR_BY_NAME), ('"any-webinar"', '"talk"')),
    ("event-misses", 1): (("[rules.scored]", _ANY_WEBINAR_BY_NAME), ('"any-webinar"', '"talk"')),
    ("event-misses", 2): (("[rules.scored]", _ANY_WEBINAR_BY_NAME), ('"any-event"', '"talk"')),
    ("event-watches", 0): (('{ video = "Film" }', '{ pages = "/film" }'), ("watches", "visits")),
    ("event-watches", 1): (
        ("[rules.scored]", f"{_PAGE_OF_FILM}\n[rules.scored]"),
        ('watches = "any-video"', 'visits = "film"'),
    ),
    ("event-watches", 2): (('{ webinar = "Spring talk" }', '{ pages = "/talk" }'), ("watches", "visits")),
    ("event-replies", 0): _instead('{ replies = "any-email" }', '{ clicks = "any-email" }'),
    ("event-changes", 0): ((_PLAIN, f'when = {{ field = "job-title", contains = "Director" }}\n{_ONCE}'),),
    ("event-bounces", 0): (('on = { bounces = "hard" }', "when = { mailable = false }"),),
    ("event-bounces", 1): (('on = { bounces = "any" }', "when = { mailable = false }"),),
    ("event-resubscribes", 0): (("on = { resubscribes = true }", "when = { mailable = true }"),),
    ("event-count", 0): ((', within = "7d"', ""),),
    ("event-match", 0): ((', match = "starts_with"', ""),),
    ("points-conditional", 0): (
        ("points = { points = 10 }", "points = { points = 10 }\nlimit = { times = 1 }"),
    ),
    ("rule-wait", 0): (('wait = "1d"', 'wait = "1d"\nlimit = { times = 1 }'),),
    ("award-expires", 0): (('expires = "60d"', 'expires = "60d"\nlimit = { times = 1 }'),),
    ("award-fades", 0): (
        (
            'fades = { subtract = 1, every = "7d" }',
            'fades = { subtract = 1, every = "7d" }\nlimit = { times = 1 }',
        ),
    ),
    ("limit-n-per-window", 0): (('times = 3, per = "30d"', 'times = 1, per = "30d"'),),
    ("limit-points-per-window", 0): ((', per = "90d"', ""),),
    ("limit-calendar", 0): (('"calendar day"', '"1d"'),),
    ("limit-visit", 0): (
        ('{ visits = "any-page" }', "{ starts_visit = true }"),
        ('limit = { times = 1, per = "visit" }', ""),
    ),
    ("limit-group", 0): (
        ('group = "web"', "limit = { points = 25 }"),
        ('[groups.web]\nscore = "points"\nlimit = { points = 25, per = "90d" }\n', ""),
    ),
    ("when-happened-within", 0): ((', within = "30d"', ""),),
    ("score-weights", 0): (("points = { mail = 3 }", "points = { mail = 4 }"),),
    ("decay-never-active", 0): (("never_active = true", ""),),
    ("action-stamp", 0): _by_flow('{ stamp = "ready-on" }'),
    ("action-snapshot", 0): _by_flow('{ snapshot = "points", in = "points-then" }'),
    ("action-moment", 0): _by_flow('{ moment = "Ready for sales" }'),
    ("bots-count", 0): (("ignore_bots = false", "ignore_bots = true"),),
}

_MARKETO: dict[tuple[str, int], tuple[Edit, ...]] = {
    ("event-fails", 0): _instead('{ fails = "contact" }', '{ submits = "contact" }'),
    ("event-fails", 1): _logged('{ fails = "any-form" }'),
    ("event-watches", 0): _logged('{ watches = "film" }'),
    ("event-watches", 1): _logged('{ watches = "any-video" }'),
    ("event-replies", 0): _logged('{ replies = "any-email" }'),
    ("event-starts-visit", 0): (
        ("{ starts_visit = true }", '{ visits = "any-page" }'),
        (_PLAIN, f'{_PLAIN}\nlimit = {{ times = 1, per = "1d" }}'),
    ),
    ("event-searches", 0): (
        ("[rules.scored]", '[assets]\nfound = { pages = "/search" }\n\n[rules.scored]'),
        ("{ searches = true }", '{ visits = "found" }'),
    ),
    ("event-where", 1): _logged('{ searches = true, where = { query = { contains = "price" } } }'),
    ("limit-visit", 0): (('per = "visit"', 'per = "1d"'),),
}

WAYS_OUT: dict[str, dict[tuple[str, int], tuple[Edit, ...]]] = {"pardot": _PARDOT, "marketo": _MARKETO}
"""Target = feature and place of the shape = what to write."""
