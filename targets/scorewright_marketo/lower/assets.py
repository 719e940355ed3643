"""Events that are done to an asset: which activity shows them, and by which names the asset is told."""

from __future__ import annotations

from re import split
from typing import TYPE_CHECKING, NamedTuple

from scorewright_marketo.labels import ACTIVITIES, NEGATED, TEXT_OPERATORS
from scorewright_marketo.lower.bounds import by_event
from scorewright_marketo.lower.exceptions import Spared, narrow
from scorewright_marketo.lower.operators import test_operator
from scorewright_marketo.lower.refusal import RefusedError
from scorewright_marketo.lower.statuses import STATUSES, say_told_by_status, wanted
from scorewright_marketo.names import counted
from scorewright_marketo.objects import Constraint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scorewright.model.elements import Asset
    from scorewright.model.events import Event
    from scorewright_marketo.labels import ActivityLabels
    from scorewright_marketo.lower.context import Builder
    from scorewright_marketo.lower.exceptions import Told

__all__ = ["Shape", "asset_texts", "by_asset", "paths"]


class Shape(NamedTuple):
    """One way in which an event shows: labels, what its primary attribute must be, and constraints."""

    labels: ActivityLabels
    operator: str
    values: tuple[str, ...]
    constraints: tuple[Constraint, ...]
    spared: tuple[Spared, ...] = ()
    """What a trigger cannot leave out, since it has one condition on the asset: who did this just now is not meant."""


_REQUIRED = {
    "form": "form",
    "form_handler": "form",
    "email": "e-mail",
    "webinar": "program",
    "event": "program",
    "campaign": "SFDC campaign",
    "chat": "dialogue",
}
"""Kinds of assets that must be there by name before a trigger can ask for them."""


def asset_texts(b: Builder, event: Event) -> tuple[str, ...]:
    """Every asset of an event by its name: what ``each = "asset"`` counts apart; refused for patterns and built-ins."""
    texts: list[str] = []
    for key in event.objects:
        asset = b.model.assets.get(key)
        if asset is None or asset.builtin or asset.match != "is":
            raise RefusedError(
                "each-asset-unlisted",
                event.path,
                "each asset is counted by an executable of its own, so the assets must be named one by one",
                "name the assets, or leave `each` out",
            )
        texts.extend(asset.texts_on("marketo"))
    return tuple(dict.fromkeys(texts))


def by_asset(b: Builder, event: Event, only: str | None) -> Iterator[Shape]:
    """The shapes of an event with assets; ``only`` narrows it to one asset's name."""
    assets = [b.model.assets[key] for key in event.objects]
    banned = [b.model.assets[key] for key in event.excluding]
    groups: dict[tuple[str, str, bool], list[Asset]] = {}
    for asset in assets:
        kind = "form" if len(asset.kinds) > 1 else asset.kinds[0]
        groups.setdefault((kind, asset.match, asset.builtin), []).append(asset)
    for (kind, match, builtin), members in groups.items():
        texts = tuple(dict.fromkeys(text for asset in members for text in asset.texts_on("marketo")))
        if only is not None:
            texts = tuple(text for text in texts if text == only)
            if not texts:
                continue
        told = narrow(event, kind, match, () if builtin else texts, banned)._replace(status=_status(b, event))
        _require(b, kind, told)
        for shape in _SHAPES.get((event.verb, kind), _SHAPES.get(("", kind), _nothing))(b, event, told):
            left_out = tuple(
                Spared(operator, paths(b, operator, texts) if kind == "pages" else texts)
                for operator, texts in told.spared
            )
            yield shape._replace(spared=left_out)


_WHERE = {
    "landing_page": (
        "landing page",
        "A form filled out there shows this Web Page in the activity log; else write names = { marketo = … }.",
    ),
    "link": (
        "link",
        "A click on it shows this Link in the activity log; else write names = { marketo = … }.",
    ),
    "file": (
        "file",
        "A click on it shows this Link in the activity log; else write names = { marketo = … }.",
    ),
    "ad": ("advert", "Its address carries this in the query string, letter by letter, without blanks."),
}
"""What has no name on any list of Marketo: how to see whether the log calls it so."""


def _require(b: Builder, kind: str, told: Told) -> None:
    kind_text, check = _WHERE.get(kind, ("", ""))
    for text in told.texts if check else ():
        b.require(kind_text, text, check)
    if told.operator in {"is", "is not"} and kind in _REQUIRED:
        for text in told.texts:
            b.require(
                _REQUIRED[kind],
                text,
                "Marketo shows it under exactly this name; a local asset is called Program.Name.",
            )


def _visit(b: Builder, _event: Event, told: Told) -> Iterator[Shape]:
    b.rests_on("page-without-host")
    yield Shape(ACTIVITIES["page"], told.operator, paths(b, told.operator, told.texts), ())


def _landing_page(b: Builder, _event: Event, told: Told) -> Iterator[Shape]:
    page = Constraint("Web Page", told.operator, paths(b, told.operator, told.texts))
    yield Shape(ACTIVITIES["form"], "is any", (), (page,) if told.texts else ())


def _form(_b: Builder, _event: Event, told: Told) -> Iterator[Shape]:
    without = (Constraint("Web Page", "is not", told.pages),) if told.pages else ()
    yield Shape(ACTIVITIES["form"], told.operator, told.texts, without)


def _mail_open(_b: Builder, _event: Event, told: Told) -> Iterator[Shape]:
    yield Shape(ACTIVITIES["email-open"], told.operator, told.texts, ())


def _mail_click(_b: Builder, _event: Event, told: Told) -> Iterator[Shape]:
    yield Shape(ACTIVITIES["email-click"], told.operator, told.texts, ())


def _link(b: Builder, event: Event, told: Told) -> Iterator[Shape]:
    b.rests_on("link-is-address")
    if not told.texts:  # a download is a click too, and an event of its own
        b.rests_on("file-is-link-click")
        if _plain_files(b):
            _say_any_link(b, event, "every download of a file that the spec names without an ending")
        yield Shape(ACTIVITIES["link"], "not contains", b.options.file_extensions, ())
        return
    if told.operator in NEGATED.values():
        _say_any_link(b, event, "every download", "except")
    yield Shape(ACTIVITIES["link"], told.operator, told.texts, ())


def _say_any_link(b: Builder, event: Event, which: str, *key: str) -> None:
    if _first(b, "any-link-counts-files"):
        b.bounded(
            "any-link-counts-files",
            "A download is a click on a link, and a trigger has one condition on the link.",
            f"{which}, which counts as a click on a link as well; name the links that count, and it is exact",
            "file-is-link-click",
            path=(*event.path, *key),
            bounds=by_event(b, event),
        )


def _ad(b: Builder, event: Event, told: Told) -> Iterator[Shape]:
    """A click on an advert shows as the visit of its landing page, by what stands in the query string."""
    if not told.texts or told.operator not in TEXT_OPERATORS.values():
        yield from _nothing(b, event, told)
        return
    if _first(b, "ad-by-address"):
        ads = [b.model.assets[key] for key in event.objects]
        # the name stands somewhere in a query string, so a whole name or a beginning is only looked for in it
        longer = any("ad" in ad.kinds and ad.match != "contains" for ad in ads)
        b.bounded(
            "ad-by-address",
            "A click on an advert shows as a page view with the advert's name in the query string.",
            "one event more for each reload, and for each further page whose address still carries the name"
            + ("; and one for each click on another advert whose name holds this one" if longer else ""),
            "page-without-host",
            bounds=by_event(b, event),
        )
    yield Shape(ACTIVITIES["page"], "is any", (), (Constraint("Querystring", "contains", told.texts),))


def _file(b: Builder, event: Event, told: Told) -> Iterator[Shape]:
    b.rests_on("file-is-link-click", "link-is-address")
    if told.texts:
        yield Shape(ACTIVITIES["link"], told.operator, told.texts, ())
        return
    plain = _plain_files(b)
    if "starts with" in plain:
        raise RefusedError(
            "event-impossible",
            event.path,
            f"Marketo has no event of its own for a download: a file is a link, told by its ending, and what begins with “{plain['starts with'][0]}” may have one or none",
            "give the whole name of that file, or name the files that count here",
        )
    inside = (*b.options.file_extensions, *plain.get("contains", ()))
    yield Shape(ACTIVITIES["link"], "contains", inside, ())
    if "is" in plain:
        yield Shape(ACTIVITIES["link"], "is", plain["is"], ())


def _plain_files(b: Builder) -> dict[str, tuple[str, ...]]:
    """The files that the spec names without any of the endings by which others are told, by the operator to ask with."""
    found: dict[str, tuple[str, ...]] = {}
    for asset in b.model.assets.values():
        if asset.kinds == ("file",) and not asset.builtin and asset.match in TEXT_OPERATORS:
            texts = tuple(text for text in asset.texts_on("marketo") if not _ends(b, text))
            if texts:
                operator = TEXT_OPERATORS[asset.match]
                found[operator] = (*found.get(operator, ()), *texts)
    return found


def _ends(b: Builder, text: str) -> bool:
    return any(ending.casefold() in text.casefold() for ending in b.options.file_extensions)


def _chat(_b: Builder, _event: Event, told: Told) -> Iterator[Shape]:
    yield Shape(ACTIVITIES["chat"], told.operator, told.texts, told.status)


def _campaign(_b: Builder, _event: Event, told: Told) -> Iterator[Shape]:
    added = tuple(item._replace(name="Status") for item in told.status)
    yield Shape(ACTIVITIES["campaign-add"], told.operator, told.texts, added)
    yield Shape(ACTIVITIES["campaign-status"], told.operator, told.texts, told.status)


def _program(b: Builder, event: Event, told: Told) -> Iterator[Shape]:
    builtin = [b.model.assets[key] for key in event.objects if b.model.assets[key].builtin]
    kinds = {asset.kinds[0] for asset in builtin if asset.kinds[0] in _OTHER}
    if len(kinds) == 1 and _first(b, "any-program-counts"):
        _say_any_program(b, event, *kinds)
    say_told_by_status(b, event)
    yield Shape(ACTIVITIES["program"], told.operator, told.texts, told.status)


_OTHER = {"webinar": "event", "event": "webinar"}


def _say_any_program(b: Builder, event: Event, kind: str) -> None:
    """Both kinds are programs, and nothing that is known of the trigger tells one kind from the other."""
    rule = (
        b.model.rules.get(b.element.key) if b.element is not None and b.element.path[0] == "rules" else None
    )
    most = max((abs(number.value) for _, number in rule.points), default=0) if rule is not None else 0
    counts = (
        f"earns what {kind}s earn: up to {counted(most, 'point')} each"
        if most
        else f"counts as {'an' if kind == 'event' else 'a'} {kind}"
    )
    b.bounded(
        "any-program-counts",
        f"Any {kind} is any program that has the status, whatever its kind; name the programs,"
        ' or tell them by the beginning of their names (match = "starts_with"), and it is exact.',
        f"every {_OTHER[kind]}, and every other program with the same status, also {counts}",
        bounds=by_event(b, event),
    )


def _first(b: Builder, note: str) -> bool:
    """Whether the element has not said this yet: its events are asked for more than once."""
    key = (note, b.element.name if b.element is not None else "", b.product)
    said = key in b.memo
    b.memo[key] = True
    return not said


def _nothing(_b: Builder, event: Event, told: Told) -> Iterator[Shape]:
    named = "" if told.texts else " of any name"
    raise RefusedError(
        "event-impossible",
        event.path,
        f"Marketo records nothing when somebody {event.verb} {', '.join(event.objects)}{named}",
        "let the other system log a custom activity and use `does`",
    )


_SHAPES = {
    ("visits", "pages"): _visit,
    ("submits", "landing_page"): _landing_page,
    ("submits", "form"): _form,
    ("submits", "form_handler"): _form,
    ("opens", "email"): _mail_open,
    ("clicks", "email"): _mail_click,
    ("clicks", "link"): _link,
    ("clicks", "ad"): _ad,
    ("downloads", "file"): _file,
    ("chats", "chat"): _chat,
    ("joins", "campaign"): _campaign,
    ("", "event"): _program,
    ("", "webinar"): _program,
}
"""By verb and kind of asset; an empty verb means any."""


def _status(b: Builder, event: Event) -> tuple[Constraint, ...]:
    for name, test in event.where:
        if name == "status" and event.verb == "joins":
            operator, values = test_operator(test, (*event.path, "where", name))
            return (Constraint("New Status", operator, values),)
    if event.verb in STATUSES:
        texts = wanted(b, event.verb)
        b.require(
            "program status",
            ", ".join(texts),
            f"The channels of these programs have the status {', '.join(texts)}.",
        )
        return (Constraint("New Status", "is", texts),)
    return ()


def _refuse_without_host(text: str) -> None:
    """Where Marketo tells a page with its host, no operator leaves that out and asks for the rest in whole."""
    raise RefusedError(
        "fact-found-otherwise",
        (),
        f"the instance answers page-without-host with no, so a page is told with its host, and “{text}” has none",
        f'write the host, as in names = {{ marketo = "www.example.com/{text.strip("/")}" }}, or match = "contains"',
        ("page-without-host",),
    )


def paths(b: Builder, operator: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Paths as Marketo stores them: no host, no query string; whole ones with and without the last slash."""
    without_host = b.fact("page-without-host")
    found: dict[str, None] = {}
    for text in texts:
        whole_name = operator in {"is", "is not", "starts with"}
        path = text.removeprefix("https://").removeprefix("http://")
        path = split("[?#]" if whole_name else "[?]", path, maxsplit=1)[0]
        if (
            whole_name and "#" in text and "/" not in text
        ):  # no path has this sign, but the name of a page may
            found[text] = None
        host, slash, rest = path.partition("/")
        if not without_host and whole_name and "." not in host:
            _refuse_without_host(text)
        if without_host and "." in host and not path.startswith("/"):
            path = "/" + rest if slash or operator == "is" else path
        found[path] = None
        if whole_name and "/" not in path:  # a path, or what the log calls the page
            found[f"/{path}"] = None
        if operator in {"is", "is not"} and path.rstrip("/"):
            for whole in (path, f"/{path}") if "/" not in path else (path,):
                found[whole.rstrip("/")] = None
                found[whole.rstrip("/") + "/"] = None
    return tuple(found)
