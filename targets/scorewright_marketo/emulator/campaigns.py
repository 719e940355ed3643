"""Smart campaigns, made ready once: triggers by what starts them, batches by when, executables by who calls them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from scorewright_marketo.emulator.clock import recurrence
from scorewright_marketo.emulator.errors import UnreadableBundleError
from scorewright_marketo.emulator.flow import Place, compile_step
from scorewright_marketo.emulator.rules import compile_trigger
from scorewright_marketo.limits import given
from scorewright_marketo.objects import STAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorewright_marketo.emulator.clock import Recurrence
    from scorewright_marketo.emulator.flow import Act
    from scorewright_marketo.emulator.ground import Ground
    from scorewright_marketo.emulator.logic import Filter
    from scorewright_marketo.emulator.rules import Trigger
    from scorewright_marketo.emulator.state import State

__all__ = ["Campaign", "Campaigns"]

_T = TypeVar("_T")

KIND = "smart-campaigns"
_NESTING = given("nesting")
_DEEPEST = 20
"""Where reading gives up: whoever is deeper than allowed is told of further up, by the name of the outermost."""
_EVERY = re.compile(r"Once every (\d{1,9}) (hour|day|week|month)s?")
_UNITS = {"hour": 3_600, "day": 86_400, "week": 604_800, "month": 30 * 86_400}
_STAGES = ("", *STAGES)


@dataclass(slots=True)
class Campaign:
    """One campaign.  ``who`` is ``None`` for no filters; ``again`` the seconds until somebody may come again.

    ``again``: 0 is every time, ``None`` never.  ``length`` counts the steps, those of executables too.
    """

    key: str
    name: str
    place: int
    type: str
    stage: str
    who: Filter | None
    again: int | None
    remembers: bool
    triggers: tuple[Trigger, ...]
    recurs: Recurrence | None
    folder: str
    elements: tuple[str, ...]
    steps: tuple[Act, ...] = ()
    length: int = 0

    def lets_in(self, state: State) -> bool:
        """Whether filters and qualification let a person in; who is let in is remembered."""
        if self.who is None:
            if self.type != "trigger":  # documented for executables; nobody runs a batch for nobody
                return False
        elif not self.who(state):
            return False
        if not self.remembers:
            return True
        last = state.memory.get(self.key)
        if last is not None and self.again != 0:
            if self.again is None:
                return False
            if state.now < last + self.again:
                state.soon(last + self.again)
                return False
        if last is None or self.again != 0:
            state.version += 1
        state.memory[self.key] = state.now
        return True


class Campaigns:
    """Every campaign of a bundle.  Raises ``UnreadableBundleError`` for what cannot be built in Marketo."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._tables = ground.campaigns
        self._calls: dict[str, list[str]] = {}
        self._executables: dict[tuple[str, str], Campaign] = {}
        self._open: list[str] = []
        self._places = {key: place for place, key in enumerate(self._tables)}
        self.all = [self._read(place, table) for place, table in enumerate(self._tables.values())]
        self.named = {item.key: item for item in self.all}
        for item in self.all:
            if item.type != "executable":
                self._fill(item, self._tables[item.key]["program"])
        self._fill_unused()
        self._check_depth()
        self.batches = tuple(
            item for item in self.all if item.type == "batch" and item.recurs is not None and item.stage
        )
        self.starters = self._by_trigger()

    # --- reading ----------------------------------------------------------------------------------------------------

    def _read(self, place: int, table: Mapping[str, Any]) -> Campaign:
        name = table["name"]
        return self._guarded(name, lambda: self._made(place, table, name))

    def _made(self, place: int, table: Mapping[str, Any], name: str) -> Campaign:
        rules, kind, stage = table.get("smart_list", {}), table["type"], table.get("switched_on", "")
        if kind not in {"trigger", "batch", "executable"}:
            raise ValueError(f"the type {kind!r} is not known")
        if stage not in _STAGES:
            raise ValueError(f"it is switched on at {stage!r}, which is no stage")
        triggers = tuple(compile_trigger(self.ground, row) for row in rules.get("triggers", ()))
        if bool(triggers) is not (kind == "trigger"):
            raise ValueError(f"a campaign of type {kind} has {len(triggers)} triggers")
        schedule = table.get("schedule", "")
        recurs = recurrence(schedule, self.ground.clock.zone) if schedule not in {"", "Run once"} else None
        return Campaign(
            key=name.casefold(),
            name=name,
            place=place,
            type=kind,
            stage=stage,
            who=self.ground.filters(KIND, table, rules),
            again=_qualification(table.get("qualification", "Only once")),
            remembers=kind != "executable" or self.ground.platform.qualification_memory,
            triggers=triggers,
            recurs=recurs,
            folder=table.get("folder", ""),
            elements=tuple(table.get("for", ())),
        )

    def _fill(self, item: Campaign, program: str) -> None:
        """The flow, with the tokens of a program."""
        rows = self._tables[item.key].get("flow", ())
        executable = item.type == "executable"
        self._open.append(item.key)
        item.steps = self._guarded(
            item.name,
            lambda: tuple(
                compile_step(self, row, Place(item.key, number, program, executable))
                for number, row in enumerate(rows)
            ),
        )
        self._open.pop()
        called = set(self._calls.get(item.key, ()))
        item.length = len(rows) + sum(
            other.length for (key, _), other in self._executables.items() if key in called
        )

    def _guarded(self, name: str, make: Callable[[], _T]) -> _T:
        try:
            return make()
        except UnreadableBundleError:
            raise
        except KeyError as fault:
            raise UnreadableBundleError(KIND, name, f"there is no {fault.args[0]!r}") from fault
        except ValueError as fault:
            raise UnreadableBundleError(KIND, name, str(fault)) from fault

    # --- what campaigns call ----------------------------------------------------------------------------------------

    def executable(self, key: str, program: str | None, *, caller: str) -> Campaign:
        """An executable with its own tokens, or with those of a parent.  Raises ``ValueError``."""
        table = self._tables[key]
        if table["type"] != "executable":
            raise ValueError(f"{table['name']} is no executable campaign")
        self._calls.setdefault(caller, []).append(key)
        form = (key, program or table["program"])
        if len(self._open) > _DEEPEST:
            raise ValueError(f"executables nest {_NESTING} deep, not deeper")
        if key in self._open:
            raise ValueError(f"{table['name']} executes itself")
        made = self._executables.get(form)
        if made is None:
            made = self._executables[form] = self._read(self._places[key], table)
            self._fill(made, form[1])
        return made

    def requested(self, key: str) -> None:
        """Whether a campaign can be requested.  Raises ``ValueError``."""
        table = self._tables[key]
        rows = table.get("smart_list", {}).get("triggers", ())
        if not any(row["rule"] == "Campaign is Requested" for row in rows):
            raise ValueError(f"{table['name']} cannot be requested: it has no trigger Campaign is Requested")

    def _check_depth(self) -> None:
        """Executables nest three deep."""
        depths: dict[str, int] = {}

        def depth(key: str) -> int:
            if key not in depths:
                depths[key] = 1 + max(map(depth, self._calls.get(key, ())), default=0)
            return depths[key]

        for item in self.all:
            if item.type == "executable" and depth(item.key) > _NESTING:
                raise UnreadableBundleError(KIND, item.name, f"executables nest {_NESTING} deep, not deeper")

    def _fill_unused(self) -> None:
        """Executables that nobody calls are read too, so that what cannot be built is found."""
        called = {name for names in self._calls.values() for name in names}
        for item in self.all:
            if item.type == "executable" and item.key not in called:
                self._fill(item, self._tables[item.key]["program"])

    def _by_trigger(self) -> dict[str, dict[str | None, list[tuple[Campaign, Trigger]]]]:
        found: dict[str, dict[str | None, list[tuple[Campaign, Trigger]]]] = {}
        for item in self.all:
            for trigger in item.triggers:
                for key in trigger.keys if trigger.keys is not None else (None,):
                    found.setdefault(trigger.kind, {}).setdefault(key, []).append((item, trigger))
        return found


def _qualification(text: str) -> int | None:
    """Seconds until a person may come again: 0 every time, ``None`` never.  Raises ``ValueError``."""
    if text in {"Every time", "Only once"}:
        return 0 if text == "Every time" else None
    found = _EVERY.fullmatch(text)
    if found is None:
        raise ValueError(f"the qualification {text!r} is not known")
    return int(found[1]) * _UNITS[found[2]]
