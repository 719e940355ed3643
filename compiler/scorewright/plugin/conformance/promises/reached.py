"""What the API and the embedded sandbox of a target must keep to: each is tried by pushing to the one through the other."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.plugin.conformance.breach import Breach
from scorewright.plugin.conformance.promises.tables import closed
from scorewright.plugin.conformance.stage import ADDRESS, NAME, KilledError, Stage
from scorewright.plugin.notes import Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scorewright.compiling.values import Compiled
    from scorewright.plugin.bundle import Bundle
    from scorewright.plugin.conformance.bench import Bench, Case
    from scorewright.push.values import Plan

__all__ = [
    "Harbour",
    "accounts",
    "broken",
    "cut",
    "harbour",
    "known",
    "said",
    "secret",
    "settled",
    "taken_away",
]


class Harbour:
    """A target with an API and a sandbox, and a folder to push from."""

    def __init__(self, bench: Bench, folder: Path, closing: ExitStack) -> None:
        self.bench = bench
        self._folder, self._closing, self._numbers = folder, closing, count(1)

    def stage(self, compiled: Compiled) -> Stage:
        """An empty sandbox, and a folder of its own."""
        stage = Stage(self.bench.target, self._folder / str(next(self._numbers)), compiled)
        self._closing.callback(stage.store.close)
        return stage

    @cached_property
    def specs(self) -> tuple[tuple[Case, Compiled], ...]:
        """From the smallest on, what brings a kind of object that none before it has."""
        return tuple(_few(self.bench))

    @property
    def widest(self) -> Compiled:
        """The one with the most kinds of objects: what is tried at every call is tried with it."""
        return max(self.specs, key=lambda spec: len({item.kind for item in spec[1].built[0].bundle.objects}))[
            1
        ]


@contextmanager
def harbour(bench: Bench) -> Iterator[Harbour]:
    """A harbour whose folder and stores are gone at the end."""
    with ExitStack() as closing:
        yield Harbour(bench, Path(closing.enter_context(TemporaryDirectory())), closing)


def _few(bench: Bench) -> Iterator[tuple[Case, Compiled]]:
    whole = [(case, bundle) for case, bundle in bench.bundles() if not _refused(bundle)]
    seen: set[str] = set()
    for case, bundle in sorted(whole, key=lambda one: len(one[1].objects)):
        kinds = {item.kind for item in bundle.objects}
        if len(bundle.objects) > 1 and not kinds <= seen:
            seen |= kinds
            yield case, bench.compiled(case, bundle)


def _refused(bundle: Bundle) -> bool:
    return any(note.result is Result.REFUSED for note in bundle.notes)


def accounts(bench: Bench) -> Iterator[Breach]:
    """What an instance says of its account is closed and described, and no production is an address of this machine."""
    import jsonschema

    from scorewright.plugin.reach import Account

    target: Any = bench.target
    schema = dict(target.account_schema())
    try:
        jsonschema.Draft202012Validator.check_schema(schema)
    except jsonschema.SchemaError as error:
        yield Breach("account_schema()", str(error.message), "keep to JSON Schema, draft 2020-12")
        return
    yield from closed(schema, "account_schema()")
    facts = {fact.id: fact.value for fact in target.facts()}
    stage = Stage(target, Path())
    given = stage.instance.api
    stage.store.close()
    for fault in jsonschema.Draft202012Validator(schema).iter_errors(given):
        do = "take what the sandbox's `account` says, with an address of this machine"
        yield Breach(f"account {given}", fault.message, do)
    for kind, passes in (("sandbox", True), ("production", False)):
        refused = target.api(Account(NAME, kind, given, "model", facts)).guard()
        if bool(refused) is passes:
            do = "let guard() say why a production is not at an address of this machine, and let a sandbox be"
            yield Breach(f"a {kind} at {ADDRESS}", refused or "is let pass", do)


def known(bench: Bench) -> Iterator[Breach]:
    """``api_kinds`` are kinds of emitted objects, and ``grave`` says nothing of what does not change."""
    target: Any = bench.target
    emitted = {item.kind for _, bundle in bench.bundles() for item in bundle.objects}
    for kind in sorted(target.api_kinds - emitted):
        yield Breach(
            "api_kinds", f"has {kind!r}, which no spec of the kit brings about", "name emitted kinds"
        )
    for _, bundle in bench.bundles():
        for item in bundle.objects:
            said = target.grave(item.kind, item.table, item.table)
            if said:
                where = f"grave({item.kind!r})"
                yield Breach(where, f"says {said!r} of a table that stays as it is", "compare the two tables")


def settled(harbour: Harbour) -> Iterator[Breach]:
    """What was pushed once, and built by hand, is found in order by reading alone."""
    for case, compiled in harbour.specs:
        stage = harbour.stage(compiled)
        _, applied = stage.push()
        if applied is None or not applied.whole:
            yield Breach(case.name, f"is not pushed whole: {_why(applied)}", _WHOLE)
            continue
        written = stage.calls()[1]
        plan, _ = stage.push()
        if plan.writes or stage.calls()[1] != written:
            names = ", ".join(f"{item.key.kind}: {item.key.name}" for item in plan.writes[:3])
            yield Breach(case.name, f"is pushed again: {names}", _NORMAL)
        stage.build()
        yield from _in_line(case, stage.plan(), harbour.bench.target)


_WHOLE = "the sandbox answers as the platform documents; make the talks of `create` and `change` fit it"
_NORMAL = "bring what is wanted and what is found to one normal form: resources() and look() have to agree"


def _why(applied: Any) -> str:
    return applied.stopped or "; ".join(why for _, why in (*applied.refused, *applied.odd))


def _in_line(case: Case, plan: Plan, target: Any) -> Iterator[Breach]:
    for item in plan.items:
        where = f"{case.name}, {item.key.kind}: {item.key.name}"
        if item.deed not in {"same", "there", "by hand"}:
            yield Breach(where, f"is to {item.deed} though all is built", _NORMAL)
        elif item.hand not in {"", "verified", "unread"}:
            yield Breach(where, f"was built as the sheet asks and is {item.hand}", _NORMAL)
        wanted = item.resource
        by_hand = wanted is not None and bool(wanted.by_hand or wanted.unread or not wanted.made)
        if wanted is not None and not wanted.given and by_hand and item.key.kind in target.api_kinds:
            yield Breach(
                where, "is in api_kinds and leaves something to a person", "leave the kind out of them"
            )


def cut(harbour: Harbour) -> Iterator[Breach]:
    """Cut off before or after any call, the next push ends as an unbroken one does."""
    calm = _calm(harbour)
    for number in range(1, calm.calls + 1):
        for when in ("before", "after"):
            stage = harbour.stage(harbour.widest)
            stage.begin(killing=(number, when))
            with suppress(KilledError):
                stage.push()
            yield from _ends(stage, calm, f"killed {when} call {number}")


def broken(harbour: Harbour) -> Iterator[Breach]:
    """Whatever error comes at a call, or nonsense, or the line that breaks there, the next push ends alike."""
    yield from islice(_broken(harbour), _ENOUGH)


_ENOUGH = 3
"""Each costs two pushes, and a fault shows in many places."""


def _broken(harbour: Harbour) -> Iterator[Breach]:
    from scorewright.sandbox.faults import Faults, read_orders

    calm = _calm(harbour)
    codes = harbour.stage(harbour.widest).sandbox.codes
    for number in range(1, calm.calls + 1):
        yield from _after(harbour, calm, f"an empty answer to call {number}", garbling=number)
    for order in _orders(codes, calm.calls):
        yield from _after(harbour, calm, order, faults=Faults(read_orders([order], codes), 0))


def _after(harbour: Harbour, calm: _Calm, where: str, **trouble: Any) -> Iterator[Breach]:
    """One push in trouble, and one in peace."""
    from scorewright.push.session import NotOpenedError

    stage = harbour.stage(harbour.widest)
    stage.begin(**trouble)
    with suppress(NotOpenedError):
        stage.push()
    yield from _ends(stage, calm, where)


def _orders(codes: Mapping[str, str], calls: int) -> Iterator[str]:
    """A line that breaks behind each call; and each error, at a call of its own."""
    yield from (f"drop-after:{number}" for number in range(1, calls + 1))
    yield from (f"{code}:#{1 + (place * 7 + 3) % calls}" for place, code in enumerate(codes))


class _Calm(NamedTuple):
    """A push that nothing disturbs: what stands there then, and how many calls it took."""

    state: Any
    calls: int


def _calm(harbour: Harbour) -> _Calm:
    stage = harbour.stage(harbour.widest)
    stage.push()
    return _Calm(stage.state(), stage.calls()[0])


def _ends(stage: Stage, calm: _Calm, where: str) -> Iterator[Breach]:
    """One more push, in peace."""
    from scorewright.push.session import NotOpenedError

    stage.begin()
    do = "say `makes` of each call that done twice makes two, and judge as unclear what may have been done"
    try:
        _, applied = stage.push()
    except NotOpenedError as error:
        yield Breach(where, f"the next push is refused: {error}", do)
        return
    if applied is not None and not applied.whole:
        yield Breach(where, f"the next push does not end: {_why(applied)}", do)
    elif stage.state() != calm.state:
        titles = [one[0] for one, other in zip(stage.state(), calm.state, strict=True) if one != other]
        yield Breach(where, f"the next push ends with other {', '.join(titles)}", do)


def taken_away(harbour: Harbour) -> Iterator[Breach]:
    """What was made can be taken away again, but for the kinds of which ``removable`` says why not."""
    for case, compiled in harbour.specs:
        stage = harbour.stage(compiled)
        stage.push()
        plan, applied = stage.retire(everything=True)
        if applied is not None and not applied.whole:
            yield Breach(case.name, f"is not taken away: {_why(applied)}", _REMOVABLE)
        gone = {item.key for item in plan.items if not item.why}
        for item in stage.plan(deep=False).items:
            if item.key in gone and item.found is not None and item.deed != "create":
                yield Breach(f"{case.name}, {item.key.kind}: {item.key.name}", "is still there", _REMOVABLE)


_REMOVABLE = "let removable() say why a kind stays, and remove() do its work for the others"


def said(harbour: Harbour) -> Iterator[Breach]:
    """A call says of itself that it writes exactly where it changes something, and looking never does."""
    for case, compiled in harbour.specs:
        stage = harbour.stage(compiled)
        stage.plan()
        if stage.calls()[1]:
            yield Breach(case.name, "a plan writes", "read in look(), and nothing else")
        stage.sent.clear()
        before = stage.calls()[1]
        stage.push()
        called, counted = sum(call.writes for call, _ in stage.sent), stage.calls()[1] - before
        if called != counted:
            wrong = f"{called} calls say that they write, and the sandbox counts {counted}"
            yield Breach(
                case.name, wrong, "say `writes` of each call that changes something, and of no other"
            )


def secret(harbour: Harbour) -> Iterator[Breach]:
    """No secret or token stands in a call's words or path, in the journal or in the lock file."""
    stage = harbour.stage(harbour.widest)
    stage.push()
    words = [(f"the call to {call.method}", f"{call.what} {call.path}") for call, _ in stage.sent]
    words += [(path.name, path.read_text("utf-8")) for path in stage.folder.rglob("*") if path.is_file()]
    hidden = {*stage.sandbox.secrets.values(), *(text.removeprefix("Bearer ") for text in _headers(stage))}
    for where, text in words:
        if any(secret in text for secret in hidden if len(secret) >= _SECRET):
            do = (
                "send secrets as the platform takes them, in a header or a form, and never in words or a path"
            )
            yield Breach(where, "holds a secret or a token", do)


_SECRET = 8
"""Characters from which on a text is no word that may stand there by chance."""


def _headers(stage: Stage) -> Iterator[str]:
    """What signed the calls, but for what the instance's table says too."""
    plain = {str(text) for text in stage.instance.api.values()}
    return (text for _, headers in stage.sent for text in headers.values() if text not in plain)
