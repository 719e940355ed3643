"""What happens to a person, in the platform's words: activities, field changes, memberships."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.model.history import FieldSet, Happening, Listed
from scorewright_marketo.emulator import words
from scorewright_marketo.emulator.state import Activity
from scorewright_marketo.labels import CONSTRAINTS, FIELD_TYPES
from scorewright_marketo.names import words as titled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorewright.model.elements import Model
    from scorewright.model.history import Person, Scalar
    from scorewright_marketo.emulator.clock import Clock
    from scorewright_marketo.emulator.platform import Platform
    from scorewright_marketo.emulator.state import Value

__all__ = ["Told", "Translator"]

_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.\-]*:)?//([^/?#]*)", re.IGNORECASE)
_HOST = "www.example.com"
_STATUSES = {
    "registers": ("registered", "Registered"),
    "attends": ("attended", "Attended"),
    "misses": ("missed", "No Show"),
    "watches": ("watched", "Attended On-demand"),
}
_STAGES = {"won": "Closed Won", "lost": "Closed Lost"}
_WEB = {"visits", "downloads"}


class Told(NamedTuple):
    """Something that the platform learns: what changes on the person, and what goes into the log.

    ``starts`` says whether campaigns start by it; ``quiet`` that the fields change without anybody being told.
    ``was`` are fields that must have had a value before, or this could not have happened; so it is with a status in
    ``programs`` and ``campaigns``: what happens there is that it changes.
    """

    activities: tuple[Activity, ...] = ()
    fields: tuple[tuple[str, Value], ...] = ()
    was: tuple[tuple[str, Value], ...] = ()
    lists: tuple[tuple[str, bool], ...] = ()
    campaigns: tuple[tuple[str, str], ...] = ()
    programs: tuple[tuple[str, str, int], ...] = ()
    opportunities: tuple[str, ...] = ()
    starts: bool = True
    quiet: bool = False


class Translator:
    """From a person's history to what one instance sees of it."""

    def __init__(self, model: Model, platform: Platform, clock: Clock) -> None:
        self.model, self.platform, self.clock = model, platform, clock
        options: Mapping[str, Any] = model.options.get("marketo", {})
        self._statuses: Mapping[str, Any] = options.get("statuses", {})
        self._stages: Mapping[str, Any] = options.get("stages", {})
        self.tells_ads = any("ad" in asset.kinds and not asset.builtin for asset in model.assets.values())
        """Whether adverts carry their names in their addresses; else a click is no more than the page view behind it."""

    def history(self, person: Person) -> list[tuple[int, Told]]:
        """Everything that is told, each with when it becomes known, in that order."""
        rows = []
        for place, item in enumerate(person.history):
            known = item.known if isinstance(item, Happening) and item.known is not None else item.at
            rows.append((max(known, person.created), item.at, place, item))
        rows.sort(key=lambda row: row[:3])
        return [(known, self._told(item, late=known > item.at)) for known, _, _, item in rows]

    def _told(self, item: FieldSet | Happening | Listed, *, late: bool) -> Told:
        if isinstance(item, FieldSet):
            return Told(fields=self.field(item.field, item.value))
        if isinstance(item, Listed):
            names = self.model.assets[item.list].texts_on("marketo")
            return Told(lists=tuple((name, item.on) for name in names))
        told = _VERBS.get(item.verb, _unseen)(self, item)
        anonymous = late and any(activity.kind in {"page", "link"} for activity in told.activities)
        return told._replace(starts=self.platform.late_anonymous_past) if anonymous else told

    # --- fields -----------------------------------------------------------------------------------------------------

    def field(self, key: str, value: Scalar) -> tuple[tuple[str, Value], ...]:
        """A field's new value; the domain of an address is no field here, so it is the address that changes."""
        if key == "email-domain":
            return (("Email Address", f"somebody@{value}" if value else None),)
        label = words.field_label(self.model, key)
        if label == "SFDC Type":
            return ((label, str(value).capitalize() if value and value != "none" else None),)
        item = self.model.fields.get(key)
        return ((label, self._value(value, FIELD_TYPES[item.type] if item is not None else "string")),)

    def _value(self, value: Scalar, kind: str) -> Value:
        if isinstance(value, tuple):
            return ";".join(value) or None
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        return self.clock.read(str(value)) if kind == "datetime" else value

    # --- events -----------------------------------------------------------------------------------------------------

    def name_of(self, item: Happening, kind: str) -> str:
        """What the platform calls the real asset; one that the spec does not name has a name of its own."""
        found = words.asset_name(self.model, self.model.assets.get(item.what), item.name, kind)
        return f"Other {kind}" if found is None else found

    def kinds_of(self, item: Happening) -> tuple[str, ...]:
        """Of what kind the asset is; a name that is told may say it where the id stands for several."""
        asset = self.model.assets.get(item.what)
        kinds = asset.kinds if asset is not None else ()
        if len(kinds) > 1 and item.name is not None:
            for other in self.model.assets.values():
                texts = [text.casefold() for text in other.texts]
                if not other.builtin and set(other.kinds) & set(kinds) and item.name.casefold() in texts:
                    return other.kinds
        return kinds

    def status(self, item: Happening) -> str:
        """The program status that a verb means on this instance."""
        key, default = _STATUSES[item.verb]
        told = item.properties.get("status")
        known: list[str] = list(self._statuses.get(key, (default,)))
        return str(told) if told is not None and str(told) in known else known[0]

    def stage(self, what: str) -> str:
        """The opportunity stage that a word means on this instance."""
        return str(next(iter(self._stages.get(what, (_STAGES[what],)))))

    def page(self, address: str) -> tuple[str, str]:
        """What Web Page and Querystring show of an address."""
        rest, _, query = address.partition("#")[0].partition("?")
        found = _ADDRESS.match(rest)
        if found is not None:
            host, path = found[1], rest[found.end() :]
        else:
            first, slash, tail = rest.partition("/")
            host, path = (first, slash + tail) if "." in first else ("", rest)
        path = path if path.startswith("/") else f"/{path}"
        return (path if self.platform.page_without_host else (host or _HOST) + path), query


def _text(item: Happening, name: str) -> Value:
    value = item.properties.get(name)
    return ";".join(value) if isinstance(value, tuple) else value


def _extras(item: Happening, *names: str) -> dict[str, Value]:
    """Properties by what the constraint is called."""
    return {CONSTRAINTS[name]: _text(item, name) for name in names}


def _one(kind: str, item: Happening, attributes: Mapping[str, Value]) -> Told:
    return Told((Activity(kind, item.at, attributes),))


def _visits(to: Translator, item: Happening) -> Told:
    page, query = to.page(to.name_of(item, "pages"))
    told = _text(item, "query-string")
    asked = query if told is None else told
    return _one("page", item, {"Web Page": page, "Querystring": asked, **_extras(item, "referrer")})


def _submits(to: Translator, item: Happening) -> Told:
    """A form that stands on a landing page shows the page beside the form."""
    page = _text(item, "page")
    if to.kinds_of(item) == ("landing_page",):
        form, where = "Form of the page", to.page(to.name_of(item, "landing_page"))[0]
    else:
        kind = "form_handler" if to.kinds_of(item) == ("form_handler",) else "form"
        form, where = to.name_of(item, kind), "/elsewhere"
    where = to.page(str(page))[0] if page is not None else where
    return _one("form", item, {"Form Name": form, "Web Page": where})


def _opens(to: Translator, item: Happening) -> Told:
    bot = bool(item.properties.get("bot"))
    extras = _extras(item, "device")
    return _one("email-open", item, {"Email": to.name_of(item, "email"), "Is Bot Activity": bot, **extras})


def _clicks(to: Translator, item: Happening) -> Told:
    kinds = to.kinds_of(item)
    if "ad" in kinds:
        if not to.tells_ads:
            return Told()
        return _one("page", item, {"Web Page": "/landing", "Querystring": f"utm={to.name_of(item, 'ad')}"})
    if "link" in kinds:
        if item.properties.get("bot") and to.model.header.ignore_bots:
            return Told()  # no trigger of the web tells bots: who is known to be one was kept out by the site
        return _link(to, item, to.name_of(item, "link"))
    bot = bool(item.properties.get("bot"))
    told = {"Email": to.name_of(item, "email"), "Is Bot Activity": bot, **_extras(item, "link")}
    return _one("email-click", item, told)


def _downloads(to: Translator, item: Happening) -> Told:
    named = item.name is not None or not to.model.assets[item.what].builtin
    return _link(to, item, to.name_of(item, "file") if named else "/files/paper.pdf")


def _link(to: Translator, item: Happening, link: str) -> Told:
    shown = link if to.platform.link_is_address else "Text of the link"
    return _one("link", item, {"Link": shown, **_extras(item, "page")})


def _in_program(to: Translator, item: Happening) -> Told:
    kinds = to.kinds_of(item)
    if "video" in kinds:
        return Told()
    name, status = to.name_of(item, kinds[0] if kinds else "event"), to.status(item)
    return Told(programs=((name, status, item.at),))


def _joins(to: Translator, item: Happening) -> Told:
    kinds = to.kinds_of(item)
    status = str(item.properties.get("status") or "")
    name = to.name_of(item, kinds[0] if kinds else "campaign")
    if "campaign" in kinds:
        return Told(campaigns=((name, status),))
    return Told(programs=((name, status, item.at),))


def _chats(to: Translator, item: Happening) -> Told:
    return _one("chat", item, {"Dialogue": to.name_of(item, "chat"), **_extras(item, "status")})


def _does(to: Translator, item: Happening) -> Told:
    activity = to.model.activities[item.what]
    told = {
        titled(name): _told_value(to, kind, _text(item, name)) for name, kind in activity.properties.items()
    }
    return _one(f"custom {words.activity_label(activity)}", item, told)


def _told_value(to: Translator, kind: str, value: Value) -> Value:
    return to.clock.read(str(value)) if kind == "date" and value is not None else value


def _bounces(_to: Translator, item: Happening) -> Told:
    """A hard bounce makes the address invalid, until it is another one."""
    told = _one(f"bounce-{item.what}", item, {"Email": "An e-mail", **_extras(item, "reason")})
    return told._replace(fields=(("Email Invalid", True),)) if item.what == "hard" else told


def _opportunity(to: Translator, item: Happening) -> Told:
    if item.what == "created":
        told = _one("opportunity-add", item, {})._replace(opportunities=("open",))
    else:
        stage = {"Attribute": "Stage", "New Value": to.stage(item.what)}
        told = _one("opportunity-update", item, stage)._replace(opportunities=(item.what,))
    return told if to.platform.opportunity_triggers else told._replace(activities=())


def _unsubscribes(_to: Translator, item: Happening) -> Told:
    told = _one("unsubscribe", item, {"Email": "An e-mail"})
    return told._replace(fields=(("Unsubscribed", True),))


def _resubscribes(_to: Translator, _item: Happening) -> Told:
    """Nobody opts in again who was not out, nor by an address that does not work."""
    return Told(fields=(("Unsubscribed", False), ("Email Invalid", False)), was=(("Unsubscribed", True),))


def _unseen(_to: Translator, _item: Happening) -> Told:
    """What Marketo has no record of."""
    return Told()


_VERBS: dict[str, Callable[[Translator, Happening], Told]] = {
    "visits": _visits,
    "submits": _submits,
    "opens": _opens,
    "clicks": _clicks,
    "downloads": _downloads,
    "registers": _in_program,
    "attends": _in_program,
    "misses": _in_program,
    "watches": _in_program,
    "joins": _joins,
    "chats": _chats,
    "does": _does,
    "bounces": _bounces,
    "opportunity": _opportunity,
    "unsubscribes": _unsubscribes,
    "resubscribes": _resubscribes,
}
"""How each verb shows; what is not here leaves no trace on the platform."""
