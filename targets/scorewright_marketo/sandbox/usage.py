"""How much may be called, and how much was: the rate, the daily quota, and the two reports about them."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from scorewright_marketo.sandbox.envelope import PlatformError

if TYPE_CHECKING:
    import sqlite3

    from scorewright_marketo.sandbox.settings import Settings

__all__ = ["Usage"]

_TABLE = (
    "CREATE TABLE IF NOT EXISTS marketo_usage (day TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, "
    "count INTEGER NOT NULL, PRIMARY KEY (day, kind, name))"
)
_SECONDS = 20
"""Over which the rate is counted (Adobe Developer, Marketo Engage, REST API: rate limit)."""
_AT_ONCE = 10
"""Calls that may be under way side by side (the same page: concurrency limit)."""
_CENTRAL = timezone(timedelta(hours=-6))
"""The quota begins anew at midnight, Central Standard Time."""


class Usage:
    """Counts calls.  One that is answered with an error counts for neither the rate nor the quota."""

    def __init__(self, store: sqlite3.Connection, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._recent: deque[float] = deque()
        store.execute(_TABLE)

    def admit(self, now: float, beside: int) -> None:
        """Let a call in.  Raises 615, 606, 607."""
        if beside >= _AT_ONCE:
            raise PlatformError("615")
        while self._recent and self._recent[0] <= now - _SECONDS:
            self._recent.popleft()
        if len(self._recent) >= self._settings.rate:
            raise PlatformError(
                "606", f"Max rate limit '{self._settings.rate}' exceeded with in '{_SECONDS}' secs"
            )
        if sum(self._counts(_day(now), "call").values()) >= self._settings.quota:
            raise PlatformError("607")

    def answered(self, now: float, user: str) -> None:
        """Count a call."""
        self._recent.append(now)
        self._add(_day(now), "call", user)

    def failed(self, now: float, code: str) -> None:
        """Count an error."""
        self._add(_day(now), "error", code)

    def _add(self, day: str, kind: str, name: str) -> None:
        self._store.execute(
            "INSERT INTO marketo_usage VALUES (?, ?, ?, 1) "
            "ON CONFLICT (day, kind, name) DO UPDATE SET count = count + 1",
            (day, kind, name),
        )

    def _counts(self, day: str, kind: str) -> dict[str, int]:
        rows = self._store.execute(
            "SELECT name, count FROM marketo_usage WHERE day = ? AND kind = ?", (day, kind)
        )
        return dict(rows.fetchall())

    def report(self, now: float, kind: str, days: int) -> list[dict[str, Any]]:
        """The calls or errors of so many days, today first."""
        found = []
        for back in range(days):
            day = _day(now - back * 86_400)
            counts = self._counts(day, kind)
            key, name = ("users", "userId") if kind == "call" else ("errors", "errorCode")
            each = [{name: who, "count": count} for who, count in sorted(counts.items())]
            found.append({"date": day, "total": sum(counts.values()), key: each})
        return found


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).astimezone(_CENTRAL).date().isoformat()
