"""What the commands do, one function each: look and compare; push; retire; take note of what has been done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from scorewright.compiling.lock import UnreadableLockError, with_instance
from scorewright.output import OutputError, replace_file
from scorewright.plugin.wire import CallError
from scorewright.push import rules
from scorewright.push.apply import Applied, apply, look, read_back, since_made, switch_on, take_away
from scorewright.push.drive import words_of
from scorewright.push.guards import against_plan, too_many, unconfirmed
from scorewright.push.plan import GRAVES, items_of
from scorewright.push.records import Pushed, kept, known_of, unsigned, write_pushed
from scorewright.push.session import NotOpenedError
from scorewright.push.values import Plan, Reads
from scorewright.push.way import by_api, held, steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scorewright.plugin.reach import Key, Seen
    from scorewright.push.guards import Allowed
    from scorewright.push.session import Opened
    from scorewright.push.values import Item

__all__ = ["Wish", "plan_of", "push", "retire"]


class Wish(NamedTuple):
    """What the caller says beside the spec: what is taken over, and that the sheet's steps so far are carried out."""

    adopted: frozenset[Key] = frozenset()
    carried_out: bool = False


def plan_of(session: Opened, *, deep: bool, wish: Wish | None = None) -> Plan:
    """Look at the instance and compare; ``deep`` reads back what people have built, a call for each.

    Raises ``NotOpenedError`` where the account cannot be looked at.
    """
    try:
        seen = look(session.driver, session.resources, deep=deep, entries=session.entries)
    except CallError as error:
        raise _unread(error) from None
    return _plan(session, seen, wish or Wish())


def _unread(error: CallError) -> NotOpenedError:
    return NotOpenedError((rules.STOPPED.at((), words_of(error), help="nothing was changed"),))


def _plan(session: Opened, seen: Seen, wish: Wish) -> Plan:
    identity, migration = session.api.identity, session.built.migration
    _known_names(session, wish)
    since = since_made(session.entries, identity)
    known = known_of(session.pushed, since, session.before, session.tables)
    api = by_api(session.resources, known.made)
    known = known._replace(adopted=wish.adopted, held={} if wish.carried_out else held(migration, api))
    return Plan(
        instance=session.instance.name,
        kind=session.instance.kind,
        target=session.built.target.name,
        identity=identity,
        model=session.built.model.header.id,
        spec=session.now.digest,
        items=items_of(session.api, session.resources, seen, known),
        reads=Reads(session.driver.calls, seen.used),
        graves={**GRAVES, **session.api.graves},
        steps=steps(migration, api),
    )


def _known_names(session: Opened, wish: Wish) -> None:
    """What is taken over has to be something that the spec asks for."""
    wanted = {one.key for one in session.resources}
    odd = sorted(f"{key.kind}: {key.name}" for key in wish.adopted if key not in wanted)
    if odd:
        finding = rules.CONFLICT.at((), f"the spec asks for no {odd[0]}", help="write it as the plan does")
        raise NotOpenedError((finding,))


def push(
    session: Opened,
    allowed: Allowed,
    agreed: Callable[[Plan], bool],
    *,
    wish: Wish | None = None,
    activate: bool = False,
    tell: Callable[[str, Key], None] | None = None,
) -> tuple[Plan, Applied | None]:
    """Plan anew, ask the guards and then whoever asked for the push, carry it out, read it back, and take note.

    Nothing was done where there is no ``Applied``: nobody agreed.  Raises ``NotOpenedError`` when a guard refuses.
    """
    plan = plan_of(session, deep=activate, wish=wish)
    refused = tuple(against_plan(plan, allowed))
    if refused:
        raise NotOpenedError(refused, guarded=True)
    if not _asks_nothing(plan, activate=activate) and not agreed(plan):
        return plan, None
    applied = Applied(tell=tell)
    ids = {item.key: item.found.id for item in plan.items if item.found is not None}
    try:
        apply(session.driver, plan, ids, applied)
        if applied.done:
            _read_back(session, plan, applied)
        if activate and applied.whole:
            switch_on(session.driver, _built(plan), applied)
    finally:
        _note(session, plan.items, applied, plan)
    return plan, applied


def _stands(session: Opened, plan: Plan, applied: Applied) -> bool:
    """Whether the instance holds this version whole now: a push has done all of the way from the one before, and no
    person has a part in what is new.
    """
    before = session.before
    if before is None or before.digest == session.now.digest or not applied.whole:
        return False
    idle = all(
        item.deed not in {"held", "missing", "retire"} and item.hand in {"", "attested"}
        for item in plan.items
    )
    return idle and not any(step.by_hand for step in plan.steps)


def _asks_nothing(plan: Plan, *, activate: bool) -> bool:
    return not plan.writes and not (activate and any(item.switch == "off" for item in plan.items))


def _built(plan: Plan) -> tuple[Item, ...]:
    """What may be switched on: its hand-made part was read back and is right, or somebody has signed for it."""
    return tuple(item for item in plan.items if item.hand in {"", "verified", "attested"})


def _read_back(session: Opened, plan: Plan, applied: Applied) -> None:
    try:
        read_back(session.driver, plan, applied)
    except CallError as error:
        applied.stopped = applied.stopped or f"done, but not read back: {words_of(error)}"


def _note(session: Opened, items: Iterable[Item], applied: Applied, plan: Plan | None = None) -> None:
    """Bring the lock file up to date.  Where it cannot be written, what was done is done: the journal keeps it until
    the next push, and this one says so.
    """
    try:
        _record(session, tuple(items), applied)
        if plan is not None and _stands(session, plan, applied):
            replace_file(session.lock, with_instance(session.lock, session.now))
    except (OutputError, UnreadableLockError) as error:
        unwritten = f"done, but not noted in the lock file: {error}"
        applied.stopped = applied.stopped or unwritten


def _record(session: Opened, items: tuple[Item, ...], applied: Applied) -> None:
    """What pushes have made; nothing is written where nothing has changed."""
    made = kept(session.pushed, items, applied.done)
    before = session.pushed
    if before is None and not made:
        return
    record = Pushed(
        session.built.target.name,
        session.api.identity,
        session.built.model.header.id,
        session.now.on if before is None else before.on,
        session.now.digest,
        made,
        dict(session.instance.facts),
        unsigned(before, made, items, applied.done),
    )
    if record != before:
        write_pushed(session.lock, session.instance.name, replace(record, on=session.now.on))


def retire(
    session: Opened,
    allowed: Allowed,
    agreed: Callable[[Plan], bool],
    *,
    everything: bool = False,
    wish: Wish | None = None,
    tell: Callable[[str, Key], None] | None = None,
) -> tuple[Plan, Applied | None]:
    """Take away what earlier pushes made and the spec no longer wants, or with ``everything`` all that they made."""
    plan = plan_of(session, deep=False, wish=wish)
    items = _ours(session, plan) if everything else plan.having("retire")
    gone = tuple(item for item in items if not item.why)
    plan = replace(plan, items=tuple(items))
    refused = [*unconfirmed(plan, allowed)]
    if len(gone) > allowed.limit:
        refused.append(too_many(len(gone), "takes away", allowed.limit))
    if refused:
        raise NotOpenedError(tuple(refused), guarded=True)
    if gone and not agreed(plan):
        return plan, None
    applied = Applied(tell=tell)
    ids = {item.key: item.found.id for item in plan.items if item.found is not None}
    try:
        take_away(session.driver, gone, ids, applied)
    finally:
        _note(session, (), applied)
    return plan, applied


def _ours(session: Opened, plan: Plan) -> Iterable[Item]:
    """All that pushes made and that stands there, last made first, with the reason for what cannot be taken away."""
    owned = [item for item in plan.items if item.owned and item.found is not None]
    unwanted = [item for item in owned if item.deed == "retire"]  # last made first already
    wanted = [item for item in reversed(owned) if item.deed != "retire"]
    return tuple(
        replace(item, deed="retire", why=session.api.removable(item.key), grave="")
        for item in (*unwanted, *wanted)
    )
