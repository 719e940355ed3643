"""What every handler works on: the rows, the time, and rules that several kinds share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scorewright_marketo.sandbox.envelope import NOT_FOUND, PlatformError, stamp
from scorewright_marketo.sandbox.store import Home

if TYPE_CHECKING:
    from collections.abc import Callable

    from scorewright_marketo.sandbox.settings import Settings
    from scorewright_marketo.sandbox.store import Row, Rows

__all__ = ["NONE", "UI", "World"]

NONE: tuple[()] = ()
"""No result: the envelope then says that nothing was found."""

UI = "https://app-sandbox.invalid/"
"""Where links into the screens would lead."""


@dataclass(frozen=True, slots=True)
class World:
    """The instance as handlers see it."""

    rows: Rows
    clock: Callable[[], float]
    settings: Settings

    def now(self) -> str:
        """The moment, as answers write it."""
        return stamp(self.clock())

    def fresh(self, **data: Any) -> dict[str, Any]:
        """The data of something new."""
        return {"createdAt": self.now(), "updatedAt": self.now(), **data}

    def changed(self, row: Row, *, name: str | None = None, **data: Any) -> Row:
        """Save a row with other values."""
        data = {**row.data, **data, "updatedAt": self.now()}
        return self.rows.save(row._replace(name=row.name if name is None else name, data=data))

    def need(self, kind: str, id: str) -> Row:
        """The row of an id that stands in a path.  Raises 610 for no number, 702 where there is none."""
        found = self.find(kind, id)
        if found is None:
            raise PlatformError("702", NOT_FOUND)
        return found

    def find(self, kind: str, id: str) -> Row | None:
        """The same, or ``None``.  Raises 610 for what is no number."""
        if not (id.isascii() and id.isdigit() and len(id) <= 10):
            raise PlatformError("610")
        return self.rows.get(kind, int(id))

    def container(self, home: Home) -> Row:
        """The folder or program that something is to stand in.  Raises 710."""
        found = self.rows.get("program" if home.type == "Program" else "folder", home.id)
        if found is None:
            raise PlatformError("710")
        return found

    def activities(self, home: Home) -> None:
        """Refuse a place outside Marketing Activities.  Raises 710, 711."""
        if not self.path(self.container(home)).startswith("/Marketing Activities/"):
            raise PlatformError("711")

    def listed(self, kind: str, home: Home) -> tuple[Row, ...]:
        """What browsing a folder or program shows: what stands right in it, or all below where that is set."""
        here = self.rows.inside(kind, home)
        if not self.settings.browse_below:
            return here
        below = (Home("Folder", folder.id) for folder in self.rows.inside("folder", home))
        return (*here, *(row for inner in below for row in self.listed(kind, inner)))

    def unique(self, kind: str, name: str, what: str, *, but: int = 0, home: Home | None = None) -> None:
        """Refuse a name that is taken, everywhere or in one place.  Raises 709."""
        for row in self.rows.alike(kind, name):
            if row.id != but and (home is None or row.home == home):
                raise PlatformError("709", f"{what} with the same name already exists")

    def program_of(self, home: Home) -> int | None:
        """The program that something stands in, however deep; ``None``: in none."""
        while home.type == "Folder":
            folder = self.rows.get("folder", home.id)
            if folder is None or folder.home.id == 0:
                return None
            home = folder.home
        return home.id

    def workspace_of(self, home: Home) -> str:
        """The workspace that something stands in: the zone below the root."""
        last = "Default"
        while home.id:
            row = self.rows.get("program" if home.type == "Program" else "folder", home.id)
            if row is None:
                break
            if row.data.get("folderType") == "Zone" and row.home.id:
                last = row.name
            home = row.home
        return last

    def path(self, row: Row) -> str:
        """The way from the root, as folder records show it."""
        names, home = [row.name], row.home
        while home.id:
            above = self.rows.get("program" if home.type == "Program" else "folder", home.id)
            if above is None:
                break
            names.append(above.name)
            home = above.home
        return "/" + "/".join(reversed(names))
