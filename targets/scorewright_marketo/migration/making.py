"""The clicks that make an object, from its table: for what the sheet of the version has no task of its own for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.plugin.sheet import Step
from scorewright_marketo.migration.tables import CAMPAIGNS, flow_of, smart_list_of
from scorewright_marketo.sheet.campaigns import heading, qualification, settings
from scorewright_marketo.sheet.rows import flow_rows, smart_list_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from scorewright.plugin.bundle import Emitted

__all__ = ["made"]

_CREATE = Step("click", "Create")


def made(item: Emitted) -> Iterator[Step]:
    """Every click, in the order of the screens.

    Fields are no matter of this: no product and no batch has any of its own, so the sheet has a task for each.
    """
    return _BY_KIND[item.kind](item.table)


def _campaign(table: Mapping[str, Any]) -> Iterator[Step]:
    yield Step("open", table["program"], table["folder"])
    yield from heading(table["type"], table["campaign"])
    yield from smart_list_rows(smart_list_of(table["smart_list"]), 1)
    yield Step("open", "Flow")
    yield from flow_rows(flow_of(table["flow"]))
    if "qualification" in table:
        yield settings(table["type"])
        yield qualification(table["qualification"])


def _token(table: Mapping[str, Any]) -> Iterator[Step]:
    yield Step("open", f"{table['program']} > My Tokens")
    yield Step("choose", "Score", table["token"])
    yield Step("type", "Value", table["shown"], default="0", depth=1)
    yield Step("click", "Save")


def _folder(table: Mapping[str, Any]) -> Iterator[Step]:
    yield Step("open", table["program"])
    yield Step("click", "New Folder")
    yield Step("type", "Name", table["folder"])


def _program(table: Mapping[str, Any]) -> Iterator[Step]:
    yield Step("open", "Marketing Activities", table["folder"])
    yield Step("click", "New > New Program")
    yield Step("type", "Name", table["program"])
    yield Step("choose", "Program Type", table["type"])
    yield Step("choose", "Channel", table["channel"])
    yield _CREATE


def _static_list(table: Mapping[str, Any]) -> Iterator[Step]:
    yield from _local(table, "List")


def _smart_list(table: Mapping[str, Any]) -> Iterator[Step]:
    yield from _local(table, "Smart List")
    yield from smart_list_rows(smart_list_of(table))


def _local(table: Mapping[str, Any], kind: str) -> Iterator[Step]:
    yield Step("open", table["program"])
    yield Step("click", f"New > New Local Asset > {kind}")
    yield Step("type", "Name", table["list"])
    yield _CREATE


def _prerequisite(table: Mapping[str, Any]) -> Iterator[Step]:
    kind = str(table["kind"])
    yield Step("check", kind[:1].upper() + kind[1:], table["asset"], note=table["check"])


_BY_KIND: Mapping[str, Callable[[Mapping[str, Any]], Iterator[Step]]] = {
    CAMPAIGNS: _campaign,
    "folders": _folder,
    "prerequisites": _prerequisite,
    "programs": _program,
    "smart-lists": _smart_list,
    "static-lists": _static_list,
    "tokens": _token,
}
