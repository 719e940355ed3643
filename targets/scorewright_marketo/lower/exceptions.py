"""Exceptions of an event: what a trigger leaves out by its one condition on the asset, and what has to be asked besides."""

from __future__ import annotations

from re import split
from typing import TYPE_CHECKING, NamedTuple

from scorewright_marketo.labels import NEGATED, TEXT_OPERATORS
from scorewright_marketo.lower.refusal import RefusedError

if TYPE_CHECKING:
    from scorewright.model.elements import Asset
    from scorewright.model.events import Event
    from scorewright_marketo.objects import Constraint

__all__ = ["Spared", "Told", "narrow"]


class Spared(NamedTuple):
    """Exceptions inside a pattern: the operator and texts that tell them."""

    operator: str
    texts: tuple[str, ...]


class Told(NamedTuple):
    """How an asset is told: the primary attribute's operator and texts, landing pages left out, a status, exceptions."""

    operator: str
    texts: tuple[str, ...]
    pages: tuple[str, ...] = ()
    status: tuple[Constraint, ...] = ()
    spared: tuple[Spared, ...] = ()


def narrow(event: Event, kind: str, match: str, texts: tuple[str, ...], banned: list[Asset]) -> Told:
    """The primary attribute's operator and values; and landing pages that are left out."""
    out = [asset for asset in banned if asset.kinds != ("landing_page",) or kind == "landing_page"]
    pages = tuple(text for asset in banned if asset not in out for text in asset.texts_on("marketo"))
    if match not in TEXT_OPERATORS or not {asset.match for asset in out} <= set(TEXT_OPERATORS):
        raise RefusedError(
            "condition-impossible",
            event.path,
            "Marketo's triggers tell an asset by is, starts with or contains, and by no ending and no whole word",
            'write match = "is" with the names, or match = "starts_with" or "contains"',
        )
    if texts and match == "is":
        return Told("is", _named(event, kind, texts, out), pages)
    if not texts:
        return _without(kind, out, pages)
    inside = [asset for asset in out if asset.match != "is" or _inside(kind, match, texts, asset)]
    if inside and kind == "landing_page":
        raise RefusedError(
            "condition-impossible",
            (*event.path, "except"),
            "a landing page is told by one constraint of the form's trigger, which cannot say a pattern and its exceptions",
            "name the pages that count",
        )
    return Told(TEXT_OPERATORS[match], texts, pages, spared=_spared(inside))


def _named(event: Event, kind: str, texts: tuple[str, ...], out: list[Asset]) -> tuple[str, ...]:
    """Of assets that are named in whole those that are not left out."""
    left = tuple(text for text in texts if not _left_out(kind, text, out))
    if not left:
        raise RefusedError(
            "event-impossible",
            (*event.path, "except"),
            "every asset that is named is left out again",
            "leave one of them out of `except`",
        )
    return left


def _without(kind: str, out: list[Asset], pages: tuple[str, ...]) -> Told:
    """Anything but these: one negative operator, where one tells them all and no file is told by its ending."""
    modes = {asset.match for asset in out}
    if len(modes) != 1 or kind == "file":
        return Told("is any", (), pages, spared=_spared(out))
    excluded = tuple(text for asset in out for text in asset.texts_on("marketo"))
    return Told(NEGATED[TEXT_OPERATORS[modes.pop()]], excluded, pages)


def _spared(out: list[Asset]) -> tuple[Spared, ...]:
    by_mode: dict[str, list[str]] = {}
    for asset in out:
        by_mode.setdefault(TEXT_OPERATORS[asset.match], []).extend(asset.texts_on("marketo"))
    return tuple(Spared(operator, tuple(dict.fromkeys(texts))) for operator, texts in by_mode.items())


def _left_out(kind: str, text: str, out: list[Asset]) -> bool:
    return any(
        _fits(kind, asset.match, pattern, text) for asset in out for pattern in asset.texts_on("marketo")
    )


def _inside(kind: str, match: str, texts: tuple[str, ...], asset: Asset) -> bool:
    """Whether an asset that is named in whole fits a pattern at all."""
    return any(_fits(kind, match, text, name) for name in asset.texts_on("marketo") for text in texts)


def _fits(kind: str, match: str, pattern: str, name: str) -> bool:
    """Whether a name fits a pattern; pages are compared by their paths."""
    part, whole = pattern.casefold(), name.casefold()
    if kind in {"pages", "landing_page"}:
        part, whole = _path(part), _path(whole)
        if match == "contains":
            part = pattern.casefold()
    if match == "starts_with":
        return whole.startswith(part)
    return part in whole if match == "contains" else part == whole


def _path(text: str) -> str:
    """The path of an address, beginning with a slash and ending without."""
    address = split("[?#]", text.partition("//")[2] or text, maxsplit=1)[0]
    host, slash, rest = address.partition("/")
    return "/" + (rest if slash and ("." in host or not host) else address).strip("/")
