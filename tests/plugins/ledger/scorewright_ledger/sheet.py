"""What a person clicks in Point Ledger: everything, since it has no API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.sheet import Section, Sheet, Step, Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scorewright.model.elements import Model
    from scorewright.plugin.bundle import Emitted

__all__ = ["sheet"]

_SECTIONS = (
    ("accounts", "Accounts", "One account for each score."),
    ("postings", "Postings", "Switch them on when all accounts are there."),
    ("alerts", "Alerts", "Switch them on last."),
)


def sheet(model: Model, objects: Sequence[Emitted]) -> Sheet:
    """One task for each object, in the order in which they must be built."""
    sections = (
        Section(title, intro, tuple(_task(item) for item in objects if item.kind == kind))
        for kind, title, intro in _SECTIONS
    )
    return Sheet(f"Point Ledger: {model.header.title}", ("Begin at the top.",), tuple(sections))


def _task(item: Emitted) -> Task:
    steps = (Step("click", f"New {item.kind[:-1]}"), Step("type", "Name", item.name), *_steps(item))
    return Task(
        f"{item.kind}/{item.name}",
        str(item.table["label"]),
        item.elements[0],
        "The model asks for it.",
        2,
        steps,
    )


def _steps(item: Emitted) -> Iterator[Step]:
    for key, value in item.table.items():
        label = key.replace("_", " ").capitalize()
        if key == "sources":
            for source in value:
                yield Step(
                    "choose",
                    "Source",
                    f"{source['verb']} {' or '.join(source['kinds'])}: {source['name']}",
                    depth=1,
                )
        elif key == "amounts":
            for account, amount in value.items():
                yield Step("type", f"Amount for {account}", str(amount), default="0", depth=1)
        elif isinstance(value, bool):
            yield Step("tick" if value else "untick", label)
        else:
            yield Step("type", label, str(value))
