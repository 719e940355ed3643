"""The smallest spec of each feature about what happens: events, and what can be said of one."""

from __future__ import annotations

from scorewright.plugin.conformance.spec import Spec

__all__ = ["SPECS"]


def _rule(on: str, declared: str = "", more: str = "") -> Spec:
    return Spec(f"{declared}\n[rules.scored]\non = {on}\npoints = {{ points = 5 }}\n{more}")


_ONCE = "limit = { times = 1 }\n"
_CONTACT = '[assets]\ncontact = { form = "Contact us" }\n'
_FAIR = '[assets]\nfair = { campaign = "Spring fair" }\n'


def _meeting(verb: str) -> tuple[Spec, ...]:
    return (
        _rule(f'{{ {verb} = "talk" }}', '[assets]\ntalk = { webinar = "Spring talk" }\n'),
        _rule(f'{{ {verb} = "any-webinar" }}'),
        _rule(f'{{ {verb} = "any-event" }}'),
    )


SPECS: dict[str, tuple[Spec, ...]] = {
    "event-visits": (
        _rule('{ visits = "pricing" }', '[assets]\npricing = { pages = "/pricing" }\n'),
        _rule('{ visits = "any-page" }'),
    ),
    "event-submits": (_rule('{ submits = "contact" }', _CONTACT), _rule('{ submits = "any-form" }')),
    "event-fails": (_rule('{ fails = "contact" }', _CONTACT), _rule('{ fails = "any-form" }')),
    "event-opens": (
        _rule('{ opens = "news" }', '[assets]\nnews = { email = "News" }\n'),
        _rule('{ opens = "any-email" }'),
    ),
    "event-clicks": (
        _rule('{ clicks = "offer" }', '[assets]\noffer = { link = "Offer" }\n'),
        _rule('{ clicks = "any-link" }'),
    ),
    "event-downloads": (
        _rule('{ downloads = "guide" }', '[assets]\nguide = { file = "Guide.pdf" }\n'),
        _rule('{ downloads = "any-file" }'),
    ),
    "event-registers": _meeting("registers"),
    "event-attends": _meeting("attends"),
    "event-misses": _meeting("misses"),
    "event-watches": (
        _rule('{ watches = "film" }', '[assets]\nfilm = { video = "Film" }\n'),
        _rule('{ watches = "any-video" }'),
        _rule('{ watches = "talk" }', '[assets]\ntalk = { webinar = "Spring talk" }\n'),
    ),
    "event-replies": (_rule('{ replies = "any-email" }'),),
    "event-chats": (_rule('{ chats = "any-chat" }'),),
    "event-joins": (_rule('{ joins = "fair" }', _FAIR),),
    "event-does": (
        _rule('{ does = "trial" }', '[activities]\ntrial = { properties = { plan = "text" } }\n'),
    ),
    "event-changes": (
        _rule('{ changes = "job-title" }'),
        _rule(
            '{ changes = "job-title" }',
            more=f'when = {{ field = "job-title", contains = "Director" }}\n{_ONCE}',
        ),
    ),
    "event-bounces": (_rule('{ bounces = "hard" }'), _rule('{ bounces = "any" }')),
    "event-opportunity": (_rule('{ opportunity = "created" }'),),
    "event-starts-visit": (_rule("{ starts_visit = true }"),),
    "event-searches": (_rule("{ searches = true }"),),
    "event-unsubscribes": (_rule("{ unsubscribes = true }"),),
    "event-resubscribes": (_rule("{ resubscribes = true }"),),
    "event-any": (
        _rule(
            '{ any = [{ submits = "contact" }, { clicks = "offer" }] }',
            '[assets]\ncontact = { form = "Contact us" }\noffer = { link = "Offer" }\n',
        ),
        _rule('{ any = [{ submits = "any-form" }, { clicks = "any-link" }] }'),
    ),
    "event-except": (
        _rule('{ submits = "any-form", except = "survey" }', '[assets]\nsurvey = { form = "Survey" }\n'),
    ),
    "event-where": (
        _rule('{ joins = "fair", where = { status = { is = "Attended" } } }', _FAIR),
        _rule('{ searches = true, where = { query = { contains = "price" } } }', more=_ONCE),
    ),
    "event-count": (
        _rule('{ submits = "contact", at_least = 3, within = "7d" }', _CONTACT, _ONCE),
        _rule('{ submits = "contact", at_least = 3 }', _CONTACT, _ONCE),
    ),
    "event-match": (
        _rule('{ submits = "demos" }', '[assets]\ndemos = { form = "Demo", match = "starts_with" }\n'),
        _rule('{ visits = "blog" }', '[assets]\nblog = { pages = "/blog", match = "starts_with" }\n'),
    ),
}
"""By feature: the plainest shape first; a target need lower only one of them."""
