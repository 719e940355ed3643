"""Targets that break a promise by how their emulator plays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scorewright_ledger.target import LedgerTarget
from tests.plugin.conformance.broken.faults import breaks

if TYPE_CHECKING:
    from scorewright.plugin.emulation import Played


class _OtherEmulator(LedgerTarget):
    def emulator(self, model: Any, tables: Any, facts: Any) -> Any:
        return self.around(super().emulator(model, tables, facts))

    def around(self, emulator: Any) -> Any:
        raise NotImplementedError


class _Around:
    """An emulator around another: what it answers is changed."""

    def __init__(self, inner: Any, change: Any, modelled: frozenset[str] | None = None) -> None:
        self.inner, self.change, self.plays = inner, change, 0
        self.modelled = inner.modelled if modelled is None else modelled

    def play(self, person: Any, looks: Any, schedule: Any) -> Played:
        self.plays += 1
        return self.change(self, self.inner.play(person, looks, schedule))


@breaks("cannot be built in the emulator: RuntimeError", "built")
class CannotBuild(_OtherEmulator):
    """an emulator that cannot be built"""

    def around(self, emulator: Any) -> Any:
        raise RuntimeError("out of order")


@breaks("models 'no-such-fact', which is no fact", "built")
class ModelsNothing(_OtherEmulator):
    """an emulator that models no fact"""

    def around(self, emulator: Any) -> Any:
        return _Around(emulator, lambda _, played: played, frozenset({"no-such-fact"}))


@breaks("raises ZeroDivisionError", "answers")
class PlayRaises(_OtherEmulator):
    """a play that raises"""

    def around(self, emulator: Any) -> Any:
        return _Around(emulator, lambda around, _: around.plays // 0)


@breaks("does not say what 'score points' shows", "answers")
class NoAnswer(_OtherEmulator):
    """a gauge that is not answered"""

    def around(self, emulator: Any) -> Any:
        def change(_: Any, played: Played) -> Played:
            sights = (
                {key: value for key, value in sight.items() if key != "score points"}
                for sight in played.sights
            )
            return played._replace(sights=tuple(sights))

        return _Around(emulator, change)


@breaks("answers 'score points' with '0'", "answers", "agrees")
class AnswersInWords(_OtherEmulator):
    """a number that is answered as a text"""

    def around(self, emulator: Any) -> Any:
        def change(_: Any, played: Played) -> Played:
            return played._replace(
                sights=tuple({key: str(value) for key, value in sight.items()} for sight in played.sights)
            )

        return _Around(emulator, change)


@breaks("order deeds by time", "answers")
class DeedsInDisorder(_OtherEmulator):
    """deeds in disorder"""

    def around(self, emulator: Any) -> Any:
        return _Around(emulator, lambda _, played: played._replace(deeds=played.deeds[::-1]))


@breaks("shows something else the second time", "repeats")
class Remembers(_OtherEmulator):
    """an emulator that remembers earlier plays"""

    def around(self, emulator: Any) -> Any:
        def change(around: Any, played: Played) -> Played:
            return played._replace(
                deeds=tuple(deed._replace(by=f"play {around.plays}") for deed in played.deeds)
            )

        return _Around(emulator, change)


@breaks("shows the same without the emitted files", "reads")
class ReadsTheMind(LedgerTarget):
    """an emulator that asks the lowering"""

    def emulator(self, model: Any, tables: Any, facts: Any) -> Any:
        from scorewright.plugin.target import Request

        bundle = self.compile(Request(model, {}, facts))
        meant: dict[str, list[Any]] = {}
        for item in bundle.objects:
            meant.setdefault(item.kind, []).append({"name": item.name, **item.table})
        return super().emulator(model, meant, facts)
