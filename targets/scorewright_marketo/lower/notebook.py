"""What is said of the element in hand: the facts that it rests on, its notes, and the names that it has claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright.plugin.notes import Note, Result
from scorewright_marketo.limits import LIMITS
from scorewright_marketo.lower.needed import refuse_denied
from scorewright_marketo.lower.refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.diagnostics.rule import KeyPath
    from scorewright.model.elements import Element, Model
    from scorewright.plugin.emulation import Bound
    from scorewright_marketo.objects import Program
    from scorewright_marketo.options import Options

__all__ = ["Notebook"]


class Notebook:
    """The element that is being lowered, and all that is said of elements; ``memo`` is for whoever must remember."""

    def __init__(self, model: Model, options: Options, facts: Mapping[str, bool | int | str]) -> None:
        self.model, self.options, self._facts = model, options, facts
        self.element: Element | None = None
        self.lowering = ""
        self.notes: list[Note] = []
        self._used: dict[str, None] = {}
        self._sorted: tuple[str, ...] = ()
        self.programs: dict[str | None, Program] = {}
        self.memo: dict[Any, Any] = {}

    # --- the element that is being lowered -------------------------------------------------------------------------

    def begin(self, element: Element, lowering: str) -> None:
        """Everything made from here on exists for this element."""
        self.element, self.lowering, self._used, self._sorted = element, lowering, {}, ()

    def knows(self, name: str) -> bool | int | str:
        """A fact's value, for what nothing that is made rests on."""
        return self._facts[name]

    def fact(self, name: str) -> bool | int | str:
        """The value to go by; what is made for the element from here on rests on it."""
        self._used[name] = None
        return self._facts[name]

    def rests_on(self, *names: str) -> None:
        """The element rests on these facts; without some of them there is nothing sound to build."""
        self._used.update(dict.fromkeys(names))
        refuse_denied(self, self._facts, names)

    @property
    def used(self) -> tuple[str, ...]:
        """The facts that the element rests on so far."""
        if len(self._sorted) != len(self._used):
            self._sorted = tuple(sorted(self._used))
        return self._sorted

    def note(
        self,
        name: str,
        result: Result,
        message: str,
        *,
        path: KeyPath | None = None,
        bound: str = "",
        instead: str = "",
        facts: tuple[str, ...] | None = None,
        bounds: tuple[Bound, ...] = (),
    ) -> None:
        """Say something of the element; the same words twice are said once."""
        element = self.element
        assert element is not None
        note = Note(
            name=name,
            result=result,
            element=element.name,
            path=element.path if path is None else path,
            message=message,
            bound=bound,
            instead=instead,
            facts=self.used if facts is None else facts,
            product=element.product,
            bounds=bounds,
        )
        said = self.memo.setdefault("said", {})
        key = (name, note.element, note.product, note.path, message, bound)
        if result is not Result.BOUNDED or said.setdefault(key, note) is note:
            self.notes.append(note)

    def exact(self, name: str, message: str, *, bounds: tuple[Bound, ...] = ()) -> None:
        """The element is lowered exactly; ``bounds`` are for what is crowded, when no moment is quiet."""
        self.lowering = name
        self.note(name, Result.EXACT, message, bounds=bounds)

    def bounded(
        self,
        name: str,
        message: str,
        bound: str,
        *facts: str,
        bounds: tuple[Bound, ...],
        path: KeyPath | None = None,
    ) -> None:
        """The element differs by at most the bound: in words, and as ``bounds`` for each gauge that it touches.

        Where there is none, as for a rule that gives 0 points, nothing differs, and nothing is said.
        """
        if not bounds:
            return
        self.rests_on(*facts)
        used = tuple(sorted(facts))
        self.note(name, Result.BOUNDED, message, bound=bound, facts=used, path=path, bounds=bounds)

    # --- places ------------------------------------------------------------------------------------------------------

    @property
    def product(self) -> str | None:
        """The product whose copy is being lowered."""
        return self.element.product if self.element is not None else None

    @property
    def program(self) -> str:
        """The name of the program that the element's objects stand in."""
        return self.programs[self.product].name

    def length(self, limit: str, name: str, path: KeyPath, instead: str) -> None:
        """Refuse a name that is too long: nothing is ever cut."""
        rule = LIMITS[limit]
        most = int(self._facts.get(rule.fact, rule.given or 0)) if rule.given else None
        if most is not None and len(name) > most:
            message = f"the name {name!r} has {len(name)} characters; Marketo takes at most {most} {rule.title.removeprefix('characters ')}"
            raise RefusedError("name-too-long", path, message, instead, (rule.fact,))

    def claim(self, space: str, name: str, key: object, suffix: str) -> str:
        """A name that nothing else in its space has: the first to ask keeps it, others get their id behind it."""
        tries = [name, f"{name} ({suffix})"]
        while True:
            text = tries.pop(0)
            holder = self.memo.setdefault(("name", space, text.casefold()), key)
            if holder == key:
                return text
            if not tries:
                number = int(text.rpartition(" ")[2]) + 1 if text.rpartition(" ")[2].isdigit() else 2
                tries.append(f"{name} ({suffix}) {number}")
