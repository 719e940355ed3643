"""Drives a platform's talks: signs, waits, repeats what did nothing, journals, and never sends a write that only reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from scorewright.plugin.wire import CallError, Verdict
from scorewright.push.journal import JournalError
from scorewright.push.wire import LostError, UnsentError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scorewright.plugin.reach import Api, Session
    from scorewright.plugin.wire import Call, Reply, Talk
    from scorewright.push.journal import Journal
    from scorewright.push.secrets import Gathered, Veil
    from scorewright.push.wire import Wire

__all__ = ["Driver", "RefusedError", "StoppedError", "UnclearError", "words_of"]

T = TypeVar("T")

_FIRST, _LONGEST = 1.0, 30.0
"""Seconds between two attempts: doubled each time, up to the longest."""
_TRIES = 5
"""Attempts of a call that may be made again: a quarter of a minute of waiting in all."""


class RefusedError(CallError):
    """The platform does not take this one thing as it is; others may go on."""


class StoppedError(CallError):
    """Nothing more will be done: a permission, a quota, an account that is not there, a platform that is down."""


class UnclearError(CallError):
    """A call that makes something may have been done or not: look before it is sent again."""


class Driver:
    """One command's conversation with one account."""

    def __init__(
        self,
        api: Api,
        wire: Wire,
        gathered: Gathered,
        veil: Veil,
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        journal: Journal | None = None,
    ) -> None:
        self.api, self.journal = api, journal
        self.calls = 0
        self.clock, self.sleep = clock, sleep
        self._wire, self._gathered, self._veil = wire, gathered, veil
        self._session: Session | None = None
        self._until = 0.0
        veil.hide(gathered.secrets.values())

    @property
    def may_write(self) -> bool:
        """Only what is written down is sent."""
        return self.journal is not None

    def run(self, talk: Talk[T]) -> T:
        """Carry on the conversation to its end.  Raises ``RefusedError``, ``StoppedError``, ``UnclearError``.

        An answer that a talk cannot make sense of is one that no document of the platform describes: after a creation
        nobody knows what has become of it, after anything else nothing more is done.
        """
        call = None
        try:
            call = next(talk)
            while True:
                try:
                    reply = self._answered(call)
                except CallError as error:
                    call = talk.throw(error)
                else:
                    call = talk.send(reply)
        except StopIteration as end:
            value: T = end.value
            return value
        except CallError as error:
            raise error if type(error) is not CallError else _error(error.call, error.verdict) from None
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            if call is None:
                raise  # nothing was asked yet: no answer is to blame
            raise _error(call, Verdict("unclear", "", self._veil.over(_senseless(error)))) from None
        finally:
            talk.close()

    def _answered(self, call: Call) -> Reply:
        if call.writes and not self.may_write:
            raise StoppedError(call, Verdict("stop", "", "this command only reads, and does not send it"))
        anew = False
        for attempt in range(_TRIES):
            reply, verdict = self._once(call)
            if verdict.outcome in {"done", "absent"}:
                assert reply is not None
                return reply
            if verdict.outcome == "sign-in":
                if anew or not call.signed:
                    break
                anew, self._session = True, None
                continue
            if not _again(call, verdict) or attempt + 1 >= min(_TRIES, verdict.most):
                break
            self.sleep(max(verdict.seconds, min(_FIRST * 2**attempt, _LONGEST)))
        raise _error(call, verdict)

    def _once(self, call: Call) -> tuple[Reply | None, Verdict]:
        headers, address = self._signed(call)
        number = self._noted_before(call)
        reply: Reply | None = None
        try:
            self.calls += 1
            reply = self._wire.send(call, headers, address)
            verdict = self.api.judge(call, reply)
        except UnsentError as error:
            verdict = Verdict("again", "", f"{self.api.address} cannot be reached: {error}")
        except LostError as error:
            verdict = Verdict("unclear", "", f"no answer came: {error}")
        verdict = verdict._replace(words=self._veil.over(verdict.words))
        self._noted_after(call, number, verdict)
        return reply, verdict

    def _noted_before(self, call: Call) -> int:
        """What cannot be written down is not sent."""
        if self.journal is None:
            return 0
        try:
            return self.journal.before(call)
        except JournalError as error:
            raise StoppedError(
                call, Verdict("stop", "", f"not sent, since it cannot be written down: {error}")
            ) from None

    def _noted_after(self, call: Call, number: int, verdict: Verdict) -> None:
        if self.journal is None:
            return
        try:
            self.journal.after(call, number, verdict.outcome, verdict.code, verdict.words)
        except JournalError as error:
            words = f"sent, and what came of it cannot be written down: {error}"
            raise StoppedError(call, Verdict("stop", "", words)) from None

    def _signed(self, call: Call) -> tuple[Mapping[str, str], str]:
        if not call.signed:
            return {}, self.api.address
        session = self.session()
        return session.headers, session.address or self.api.address

    def session(self) -> Session:
        """Signed in, and not about to be signed out."""
        if self._session is None or self.clock() >= self._until:
            begun = self.clock()
            session = self.run(self.api.sign_in(self._gathered.way, self._gathered.secrets))
            self._veil.hide(_values(session.headers))
            self._session, self._until = session, begun + max(session.seconds - 60, session.seconds / 2)
        return self._session


def words_of(error: CallError) -> str:
    """What went wrong, for people: at what, the platform's words, its code."""
    code = f" ({error.verdict.code})" if error.verdict.code else ""
    return f"{error.call.what}: {error.verdict.words or error.verdict.outcome}{code}"


def _senseless(error: Exception) -> str:
    """Which of the two is to blame cannot be told from here: both are said."""
    what = f"{type(error).__name__}: {error}"
    return f"the answer is not as the platform documents it, or the target misreads it ({what})"


def _values(headers: Mapping[str, str]) -> set[str]:
    """What a header holds, and the part of it that is the secret."""
    return {text for whole in headers.values() for text in (whole, whole.rpartition(" ")[2])}


def _again(call: Call, verdict: Verdict) -> bool:
    """Whether the same call may go out once more: nothing was done, or doing it twice is doing it once."""
    return verdict.outcome == "again" or (verdict.outcome == "unclear" and not call.makes)


def _error(call: Call, verdict: Verdict) -> CallError:
    if verdict.outcome == "unclear" and call.makes:
        return UnclearError(call, verdict)
    return (RefusedError if verdict.outcome == "refused" else StoppedError)(call, verdict)
