"""Names of emitted objects: the same names from the same spec, unique, and within Marketo's limits."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["api_name", "capital", "clean", "counted", "words"]

_SPELLED = {"&": "and", "%": "percent", "+": "plus", "#": "No "}
_SAFE = re.compile(r"[A-Za-z0-9]+(?:[ _\-][A-Za-z0-9()]+)*")
_UNSAFE = re.compile(r"[^\w _()\-:>]")
_BLANKS = re.compile(r"\s+")


def clean(text: str) -> str:
    """A name without the signs that break it.

    Commas cannot be found by the API and a dot joins program and asset in rule values; braces, quotes, bars,
    slashes and the rest are never promised to work.  Deterministic, so two compiles agree.
    """
    if _SAFE.fullmatch(text):
        return text
    for sign, word in _SPELLED.items():
        text = text.replace(sign, word)
    text = text.replace("→", " to ").replace("/", "-")
    return _BLANKS.sub(" ", _UNSAFE.sub("", text)).strip(" -:")


def capital(text: str) -> str:
    """A clean name that begins with a capital: titles that nobody wrote are ids."""
    name = clean(text)
    return name[:1].upper() + name[1:]


def words(identifier: str) -> str:
    """An id as a title: ``not-served`` becomes ``Not Served``."""
    return " ".join(part[:1].upper() + part[1:] for part in identifier.split("-"))


def counted(number: int, thing: str) -> str:
    """So many of a thing whose plural takes an s."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def api_name(label: str) -> str:
    """An API name for a field's label: letters, digits and underscores, beginning with a letter."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    parts = re.findall(r"[A-Za-z0-9]+", plain)
    name = (
        "".join([parts[0][:1].lower() + parts[0][1:], *(part[:1].upper() + part[1:] for part in parts[1:])])
        if parts
        else ""
    )
    return name if name[:1].isalpha() else f"f{name}"
