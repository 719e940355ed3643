"""A receipt: which things of a build sheet somebody has ticked off, as the page writes it and the lock file keeps it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.diagnostics.characters import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from scorewright.compiling.page.tasks import Ticked

__all__ = [
    "Done",
    "Last",
    "Receipt",
    "UnreadableReceiptError",
    "differences_of",
    "last_of",
    "name_of",
    "read_receipt",
    "record_of",
]

_VERSION = 1
_DIGEST = re.compile(r"[0-9a-f]{16}")
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_MOST_NAMED = 5
"""Keys that a message names before it counts the rest."""
_MOST_LETTERS = 200
_MOST_SHOWN = 100


class UnreadableReceiptError(ValueError):
    """A file that no build sheet wrote; the message says what is wrong."""


class Last(NamedTuple):
    """What the page is told of the instance that it is made for: its name, and what its last receipt says is done.

    ``done`` maps a thing's key to its digest.  A page for no instance in particular has neither.
    """

    instance: str = ""
    done: Mapping[str, str] = {}


class Done(NamedTuple):
    """One thing that was ticked: its key and digest, when (UTC), and how many of its checks were ticked, of how many."""

    key: str
    digest: str
    at: str
    checked: int
    checks: int


class Receipt(NamedTuple):
    """What a page gives: for which sheet, who, when (UTC), how many things it has, and which are done.

    ``since`` is the label of the version before, where the sheet was one of changes; ``instance`` the one that the sheet
    was made for, where it was made for one.
    """

    target: str
    model: str
    sheet: str
    since: str
    instance: str
    by: str
    at: str
    things: int
    done: tuple[Done, ...]


def read_receipt(path: Path) -> Receipt:
    """The receipt in a file.  Raises ``UnreadableReceiptError``."""
    import json

    try:
        data = json.loads(path.read_text("utf-8-sig"))  # some editors put a mark before the first sign
    except OSError as error:
        raise UnreadableReceiptError(error.strerror or str(error)) from None
    except (ValueError, RecursionError):
        raise UnreadableReceiptError("it is no JSON") from None
    if not isinstance(data, dict) or data.get("receipt") != _VERSION:
        raise UnreadableReceiptError(f"it is no receipt of version {_VERSION}")
    try:
        target, model, sheet, since, instance, by, at = (_text(data, key) for key in _TEXTS)
        done = tuple(_done(each) for each in data["done"])
        things = _number(data, "things")
        return _sound(Receipt(target, model, sheet, since, instance, name_of(by), at, things, done))
    except (KeyError, TypeError) as error:
        raise UnreadableReceiptError(f"something is missing or of another kind: {error}") from None


_TEXTS = ("target", "model", "sheet", "since", "instance", "by", "at")


def _done(table: Any) -> Done:
    key, digest, at = (_text(table, key) for key in ("key", "digest", "at"))
    return Done(key, digest, at, _number(table, "checked"), _number(table, "checks"))


def name_of(by: str) -> str:
    """A person's name as one line, and no longer than a name is."""
    return " ".join(safe(by).split())[:_MOST_LETTERS]


def _text(table: Any, key: str) -> str:
    if not isinstance(table[key], str):
        raise TypeError(f"{key} is no text")
    text = str(table[key])
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise TypeError(f"{key} has half a sign in it")
    return text


def _number(table: Any, key: str) -> int:
    if type(table[key]) is not int or table[key] < 0:
        raise TypeError(f"{key} is no count")
    return int(table[key])


def _sound(receipt: Receipt) -> Receipt:
    if not all(
        _DIGEST.fullmatch(digest) for digest in (receipt.sheet, *(each.digest for each in receipt.done))
    ):
        raise UnreadableReceiptError("a digest is not sixteen signs of 0 to 9 and a to f")
    if not all(map(_is_time, (receipt.at, *(each.at for each in receipt.done)))):
        raise UnreadableReceiptError("a time is not written as 2026-11-22T09:30:00Z")
    if any(each.checked > each.checks for each in receipt.done):
        raise UnreadableReceiptError("more checks are ticked than there are")
    if len({each.key for each in receipt.done}) != len(receipt.done) or len(receipt.done) > receipt.things:
        raise UnreadableReceiptError("a thing is ticked twice, or more are than there are")
    return receipt


def _is_time(text: str) -> bool:
    from datetime import datetime

    try:
        return bool(_WHEN.fullmatch(text) and datetime.fromisoformat(text[:19]))
    except ValueError:
        return False


def differences_of(receipt: Receipt, ticked: Sequence[Ticked]) -> tuple[str, ...]:
    """How the sheet of a receipt differs from this one, in words; nothing where every thing that was ticked stands here."""
    here = {each.key: each.digest for each in ticked}
    gone = [each.key for each in receipt.done if each.key not in here]
    other = [each.key for each in receipt.done if here.get(each.key, each.digest) != each.digest]
    told = [
        _named(keys, words) for keys, words in ((gone, "no longer on it"), (other, "otherwise now")) if keys
    ]
    if receipt.things != len(ticked):
        told.append(f"it had {receipt.things} things, and now there are {len(ticked)}")
    return tuple(told)


def _named(keys: Sequence[str], words: str) -> str:
    more = f" and {len(keys) - _MOST_NAMED} more" if len(keys) > _MOST_NAMED else ""
    named = (key if len(key) <= _MOST_SHOWN else f"{key[: _MOST_SHOWN - 1]}…" for key in keys[:_MOST_NAMED])
    return f"{len(keys)} {words}: {'; '.join(named)}{more}"


def record_of(receipt: Receipt, earlier: Any = None) -> dict[str, Any]:
    """What the lock file keeps of a receipt, for its instance; ``earlier`` is what it keeps of the receipts before.

    Of the same sheet what others have done stays: two people may work at it in two browsers.  Whoever gives a receipt
    again says anew what they have done themselves.
    """
    others = {row["thing"]: row for row in _others(receipt, earlier)}
    mine = {each.key: _row(each, receipt.by) for each in receipt.done}
    rows = [*others.values(), *(row for key, row in mine.items() if key not in others)]
    return {
        "target": receipt.target,
        "model": receipt.model,
        "sheet": receipt.sheet,
        **({"since": receipt.since} if receipt.since else {}),
        "by": receipt.by,
        "at": receipt.at,
        "things": receipt.things,
        "checks_not_ticked": sum(row.get("checks_not_ticked", 0) for row in rows),
        "done": rows,
    }


def _row(done: Done, by: str) -> dict[str, Any]:
    left = {"checks_not_ticked": done.checks - done.checked} if done.checks > done.checked else {}
    return {"thing": done.key, "digest": done.digest, "at": done.at, "by": by, **left}


def _others(receipt: Receipt, earlier: Any) -> list[dict[str, Any]]:
    """What others have done of the same sheet; nothing where the record says something that no receipt says."""
    if not isinstance(earlier, dict):
        return []
    about = (earlier.get("target"), earlier.get("model"), earlier.get("sheet"), earlier.get("since", ""))
    rows = earlier.get("done")
    if about != (receipt.target, receipt.model, receipt.sheet, receipt.since) or not isinstance(rows, list):
        return []
    return [row for row in rows if _is_row(row) and row["by"] != receipt.by]


def _is_row(row: Any) -> bool:
    if not isinstance(row, dict) or type(row.get("checks_not_ticked", 0)) is not int:
        return False
    return all(isinstance(row.get(key), str) for key in ("thing", "digest", "at", "by"))


def last_of(path: Path, instance: str, target: str) -> Last:
    """What the last receipt of an instance says is done; nothing where there is none to be read."""
    return Last(instance, _last_done(path, instance, target))


def _last_done(path: Path, instance: str, target: str) -> Mapping[str, str]:
    import tomllib

    try:
        receipts = tomllib.loads(path.read_text("utf-8")).get("receipts", {})
        record = receipts.get(instance, {})
        return dict(_things(record)) if record.get("target") == target else {}
    except (OSError, ValueError, AttributeError, TypeError, KeyError):
        return {}


def _things(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for each in record["done"]:
        yield str(each["thing"]), str(each["digest"])
