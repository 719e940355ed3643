"""What both sides have agreed to: each threshold's text before and now, and who has signed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.checks.agreements import SIDES, agreement_texts, hands_over
from scorewright.diff.values import Agreed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.model.elements import Model

__all__ = ["agreed"]


def agreed(
    old: Model,
    new: Model,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    moved: Mapping[tuple[str, str], str],
) -> tuple[Agreed, ...]:
    """Each threshold whose text or signatures changed, or whose text is not the one that was signed.

    ``before`` and ``after`` are the contents of the two ``agreements.toml``; ``moved`` the ids that were renamed.
    """
    return tuple(_changed(old, new, before, after, moved))


def _changed(
    old: Model,
    new: Model,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    moved: Mapping[tuple[str, str], str],
) -> Iterator[Agreed]:
    texts = {moved.get(("thresholds", key), key): text for key, text in agreement_texts(old).items()}
    entries = {moved.get(("thresholds", key), key): entry for key, entry in _entries(before).items()}
    now, signed = agreement_texts(new), _entries(after)
    for key in (*now, *(key for key in texts if key not in now)):
        if key not in now and key not in signed and key not in entries:
            continue  # a threshold that nobody agreed to is gone: a change of the model like others
        state = _state(new, key, signed.get(key), now.get(key))
        if (
            texts.get(key) == now.get(key)
            and entries.get(key) == signed.get(key)
            and state != "says-otherwise"
        ):
            continue
        title = next((each.title for each in new.thresholds.values() if each.id == key), key)
        yield Agreed(
            threshold=key,
            title=title,
            before=texts.get(key),
            after=now.get(key),
            state=state,
            signed=tuple(_signatures(signed.get(key, {}))),
        )


def _state(model: Model, key: str, entry: Mapping[str, Any] | None, text: str | None) -> str:
    if entry is None:
        asked = any(each.id == key and hands_over(each) for each in model.thresholds.values())
        return "not-signed" if asked else "none"
    if entry.get("says") != text:
        return "says-otherwise"
    return "agreed" if all(side in entry for side in SIDES) else "not-signed"


def _signatures(entry: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for side in SIDES:
        signature = entry.get(side)
        if isinstance(signature, dict):
            yield side, str(signature.get("by", "")), str(signature.get("on", ""))


def _entries(agreements: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    tables = agreements.get("agreements", {})
    entries = tables.items() if isinstance(tables, dict) else ()
    return {key: entry for key, entry in entries if isinstance(entry, dict)}
