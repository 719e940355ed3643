"""Static lists and smart lists, which campaigns ask for by name and which must stand before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorewright.plugin.sheet import Section, Step, Task
from scorewright_marketo.sheet.rows import smart_list_rows

if TYPE_CHECKING:
    from scorewright_marketo import objects as ob

__all__ = ["list_section"]


def list_section(lowered: ob.Lowered) -> Section:
    """Static lists first: smart lists may ask for them, and for one another."""
    tasks = (
        *(_static(item) for item in lowered.static_lists),
        *(_smart(item) for item in _inner_first(lowered.smart_lists)),
    )
    return Section("Lists", "Local assets of the main program.", tasks)


def _inner_first(lists: tuple[ob.NamedList, ...]) -> list[ob.NamedList]:
    """Lists after those that they ask for, else in the order of the model."""
    names = {f"{item.program}.{item.name}": item for item in lists}
    done: dict[str, ob.NamedList] = {}

    def visit(name: str) -> None:
        if name in names and name not in done:
            for clause in names[name].smart_list.filters:
                for inner in clause.values if clause.rule == "Member of Smart List" else ():
                    visit(inner)
            done[name] = names[name]

    for name in names:
        visit(name)
    return list(done.values())


def _static(item: ob.StaticList) -> Task:
    steps = (
        Step("open", item.program),
        Step("click", "New > New Local Asset > List"),
        Step("type", "Name", item.name),
        Step("click", "Create"),
    )
    return Task(
        f"static list {item.name}",
        f"Static list {item.name}",
        item.elements[0],
        item.why,
        1,
        steps,
        facts=item.facts,
    )


def _smart(item: ob.NamedList) -> Task:
    steps = (
        Step("open", item.program),
        Step("click", "New > New Local Asset > Smart List"),
        Step("type", "Name", item.name),
        Step("click", "Create"),
        *smart_list_rows(item.smart_list),
    )
    minutes = 1.5 + 0.5 * len(item.smart_list.filters)
    return Task(
        f"smart list {item.name}",
        f"Smart list {item.name}",
        item.elements[0] if item.elements else "model",
        item.why,
        minutes,
        steps,
        ("The list counts a number of people that you expect.",),
        item.facts,
    )
