"""The emulator: it reads the emitted files, answers every gauge, answers alike, and agrees with the reference machine."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from scorewright.plugin.conformance.bench import Case
from scorewright.plugin.conformance.breach import Breach
from scorewright.plugin.conformance.promises.notes import refused
from scorewright.plugin.emulation import SCHEDULES, Schedule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scorewright.model.history import Person, Scalar
    from scorewright.plugin.bundle import Bundle
    from scorewright.plugin.conformance.bench import Bench
    from scorewright.plugin.emulation import Emulator, Played
    from scorewright.verify.bundle import ReadBundle
    from scorewright.verify.lives import Life
    from scorewright.verify.run import Verdict

__all__ = ["agrees", "answers", "built", "reads_the_files", "repeats"]

_LIVES = 4
_LIVES_A_WORLD = 4
"""How many lives look for one that a fact changes: the models are small."""
_SEED = 1


def built(bench: Bench) -> Iterator[Breach]:
    """Every bundle that can be compiled can be built in the emulator, which names facts that there are."""
    whole = [*_whole(bench)]
    if not whole:
        do = "lower one feature and what it stands on: the plainest score, and points for the plainest event"
        yield Breach("the kit's specs", "not one of them compiles, so there is nothing to build", do)
    for case, bundle in whole:
        try:
            emulator = _emulator(bench, case, _read(bench, case, bundle).tables)
        except Exception as error:  # noqa: BLE001 - whatever a plugin raises is what is looked for
            do = "let the emulator read whatever compile() emits"
            yield Breach(case.name, f"cannot be built in the emulator: {type(error).__name__}: {error}", do)
            continue
        for name in sorted(emulator.modelled - set(bench.facts)):
            do = "name the facts whose values change what the emulator does, as facts() has them"
            yield Breach(case.name, f"models {name!r}, which is no fact", do)


def answers(bench: Bench) -> Iterator[Breach]:
    """A play answers every gauge of the bundle at every look, with a value of its kind, and raises nothing."""
    for case, bundle, emulator in _ready(bench):
        for life, looks in _lives(case):
            for name in SCHEDULES:
                try:
                    played = emulator.play(life.person, looks, Schedule(name, _SEED))
                except Exception as error:  # noqa: BLE001 - as above
                    do = "let play() answer for whatever the language knows, and ignore what the platform does not see"
                    yield Breach(
                        case.name, f"{life.name!r}, {name}: raises {type(error).__name__}: {error}", do
                    )
                    continue
                yield from _sights(f"{case.name}, {life.name!r}, {name}", bundle, looks, played)


def _sights(where: str, bundle: Bundle, looks: Sequence[int], played: Played) -> Iterator[Breach]:
    if len(played.sights) != len(looks):
        yield Breach(
            where, f"gives {len(played.sights)} sights for {len(looks)} looks", "give one sight a look"
        )
    for sight in played.sights:
        for gauge in bundle.gauges:
            if gauge.name not in sight:
                yield Breach(
                    where, f"does not say what {gauge.name!r} shows", "answer every gauge at every look"
                )
            elif not _fits(gauge.kind, sight[gauge.name]):
                do = "answer with what GAUGES says of the kind"
                yield Breach(where, f"answers {gauge.name!r} with {sight[gauge.name]!r}", do)
    if any(one.at > other.at for one, other in zip(played.deeds, played.deeds[1:], strict=False)):
        yield Breach(where, "tells its deeds in another order than they were done", "order deeds by time")


def _fits(kind: str, value: Scalar) -> bool:
    if kind in {"mark", "segment", "list"}:
        return isinstance(value, bool)
    if kind in {"score", "done"}:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "grade":
        return value is None or isinstance(value, str)  # nothing, until the platform has given one
    return value is None or isinstance(value, str | int | tuple)


def repeats(bench: Bench) -> Iterator[Breach]:
    """The same life under the same schedule is played alike, whatever was played before."""
    do = "draw chance from the schedule's seed alone, and keep nothing from one play to the next"
    for case, _, emulator in _ready(bench):
        for name in SCHEDULES:
            lives = [*_lives(case)]
            first = [_try(emulator, life.person, looks, name) for life, looks in lives]
            again = [_try(emulator, life.person, looks, name) for life, looks in reversed(lives)]
            for (life, _), one, other in zip(lives, first, reversed(again), strict=True):
                if one != other:
                    yield Breach(
                        case.name, f"{life.name!r}, {name}: shows something else the second time", do
                    )


def _try(emulator: Emulator, person: Person, looks: Sequence[int], schedule: str) -> Any:
    try:
        return emulator.play(person, looks, Schedule(schedule, _SEED))
    except Exception as error:  # noqa: BLE001 - that it raises is another promise's
        return repr(error)


def reads_the_files(bench: Bench) -> Iterator[Breach]:
    """Without the emitted files nothing is built: the emulator knows the platform, and not what the lowering meant."""
    moved: list[str] = []
    unmoved: list[str] = []
    for case, _, emulator in _ready(bench):
        for life, looks in _lives(case):
            with_files = _try(emulator, life.person, looks, "prompt")
            if isinstance(with_files, str) or not any(_moves(with_files)):
                continue
            try:
                without = _emulator(bench, case, {}).play(life.person, looks, Schedule("prompt", _SEED))
            except Exception:  # noqa: BLE001 - to refuse to read is to have read
                moved.append(case.name)
                continue
            (unmoved if without.sights == with_files.sights else moved).append(case.name)
    if unmoved and not moved:
        do = "build the platform from `tables` alone; `model` serves to translate what happens into the platform's words"
        yield Breach(unmoved[0], "shows the same without the emitted files", do)


def _moves(played: Played) -> Iterator[bool]:
    """Whether something that is read off changes in the course of a life."""
    yield from (sight != played.sights[0] for sight in played.sights)


def agrees(bench: Bench, name: str) -> Iterator[Breach]:
    """What the platform shows is what the spec means, exactly or within the bound that a note states."""
    from scorewright.verify.report import as_text

    for case in bench.features.get(name) or (Case(name, bench.models[name]),):
        bundle = bench.ask(case).bundle
        if bundle is not None and not refused(bench, case, bundle):
            try:
                verdict = _verdict(bench, case, bundle)
            except Exception:  # noqa: BLE001, S112 - that it raises is another promise's
                continue
            if not verdict.holds:
                do = "mend the lowering or the emulator, or state the bound and the facts in the note"
                words = as_text(verdict, f"{case.name}.toml")
                yield Breach(
                    case.name, f"differs from the reference machine:\n{words}\n{_spec_of(bench, case)}", do
                )


def _spec_of(bench: Bench, case: Case) -> str:
    """How to get the spec that a play can be repeated with: nobody has those of the kit in a file."""
    name = case.name
    if name in bench.models or name in bench.specs:
        return f"  (with the spec {name!r} that you gave the kit as {name}.toml)\n"
    return f"  the spec: python -m scorewright.plugin.conformance {name} > {name}.toml\n"


# --- what is played ---------------------------------------------------------------------------------------------------


def _whole(bench: Bench) -> Iterator[tuple[Case, Bundle]]:
    """The cases that compile: those of features that are not refused."""
    features = {case.name for shapes in bench.features.values() for case in shapes} | set(bench.models)
    for case, bundle in bench.bundles():
        if case.name in features and not refused(bench, case, bundle):
            yield case, bundle


def _ready(bench: Bench) -> Iterator[tuple[Case, Bundle, Emulator]]:
    """The cases that compile, built in the emulator where that is possible."""
    for case, bundle in _whole(bench):
        try:
            emulator = _emulator(bench, case, _read(bench, case, bundle).tables)
        except Exception:  # noqa: BLE001, S112 - that it raises is another promise's
            continue
        yield case, bundle, emulator


def _read(bench: Bench, case: Case, bundle: Bundle) -> ReadBundle:
    from scorewright.verify.bundle import read_bundle

    return read_bundle(bench.files(case, bundle))


def _answers(bench: Bench) -> dict[str, bool | int | str]:
    return {fact.id: fact.value for fact in bench.target.facts()}


def _emulator(bench: Bench, case: Case, tables: Mapping[str, Any]) -> Emulator:
    return bench.target.emulator(case.model, tables, _answers(bench))


@lru_cache(maxsize=512)
def _lives(case: Case) -> tuple[tuple[Life, tuple[int, ...]], ...]:
    """A few lives from all over the list that the proof makes of a model, and when to look."""
    from scorewright.verify.lives import lives

    every = [*lives(case.model, _SEED, 1)]
    chosen = every[:: max(1, len(every) // _LIVES)][:_LIVES]
    return tuple((life, _looks(life)) for life in chosen)


def _looks(life: Life) -> tuple[int, ...]:
    step = max(1, (life.until - life.person.created) // 8)
    return tuple(range(life.person.created, life.until + 1, step))


def _verdict(bench: Bench, case: Case, bundle: Bundle) -> Verdict:
    from scorewright.verify.run import verify
    from scorewright.verify.work import Task

    read = _read(bench, case, bundle)
    # What a note names may change the result: only the facts that none names are turned round.
    task = Task(
        case.model, bench.target.name, read, _answers(bench), read.facts, _SEED, 1, worlds=_LIVES_A_WORLD
    )
    return verify(task, bench.target, jobs=1)
