"""Marketo's error codes, what each one means for a push, and what to do about it.

Errors come with HTTP 200: the code is a text in the body, of the whole call or of one record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.plugin.wire import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.plugin.wire import Call, Reply

__all__ = ["MEANINGS", "STATUSES", "Meaning", "judge"]


class Meaning(NamedTuple):
    """What a code means: an outcome, what to do, how long to wait at least, and how often to try in all."""

    outcome: str
    advice: str = ""
    seconds: float = 0
    most: int = 5


_OURS = "the request is not as the platform wants it: report it as a fault of Scorewright"
_TOKEN = "the access token is no longer good"  # noqa: S105 - a sentence
_LATER = "the platform is busy: push again later"

MEANINGS: Mapping[str, Meaning] = {
    "500": Meaning("unclear", "a fault inside the platform", 5),
    "502": Meaning("unclear", _LATER, 5),
    "600": Meaning("sign-in", _TOKEN),
    "601": Meaning("sign-in", _TOKEN),
    "602": Meaning("sign-in", _TOKEN),
    "603": Meaning(
        "stop",
        "the API user's role lacks a permission for this, or its workspace, or this machine's address is not on the "
        "allow-list: scorewright login --check says which call fails",
    ),
    "604": Meaning("unclear", "the platform took too long", 5),
    "605": Meaning("refused", _OURS),
    "606": Meaning("again", "more than 100 calls in 20 seconds: others use the API too", 5, 10),
    "607": Meaning(
        "stop", "the calls of the day are used up; they begin anew at midnight, Central Standard Time"
    ),
    "608": Meaning("again", _LATER, 5),
    "609": Meaning("refused", _OURS),
    "610": Meaning("stop", "the instance does not know this address: look at its Munchkin id"),
    "611": Meaning("unclear", "a fault inside the platform", 2, 2),
    "612": Meaning("refused", _OURS),
    "613": Meaning("refused", _OURS),
    "614": Meaning("stop", "the subscription cannot be reached: look at the Munchkin id, or try later"),
    "615": Meaning("again", "more than 10 calls at once: others use the API too", 2, 10),
    "616": Meaning("stop", "the subscription is of another type"),
    "701": Meaning("refused", "a name or value is missing or too long"),
    "702": Meaning("absent"),
    "703": Meaning("stop", "this is not switched on for the subscription"),
    "704": Meaning("refused", _OURS),
    "709": Meaning(
        "refused", "look at it in Marketo: the name is taken, or something is in use or not complete"
    ),
    "710": Meaning("refused", "the folder is not there any more: plan again"),
    "711": Meaning("refused", "this kind of folder does not hold it: plan again"),
    "713": Meaning("unclear", _LATER, 5),
    "719": Meaning("unclear", "a clone waited too long for a lock", 10),
    "1001": Meaning("refused", _OURS),
    "1002": Meaning("refused", _OURS),
    "1003": Meaning("refused", "the platform does not take this value"),
    "1006": Meaning("refused", "there is no such field"),
    "1013": Meaning("refused", "it is not there any more: plan again"),
    "1017": Meaning("refused", "something of this name or label is there already"),
    "1020": Meaning("refused", "no more programs are cloned today by way of a schedule"),
    "1022": Meaning("refused", "something still uses it"),
    "1042": Meaning("refused", _OURS),
}
"""By code, of whole calls and of records.

Source: experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/error-codes.
"""

STATUSES: Mapping[int, Meaning] = {
    400: Meaning("refused", _OURS),
    401: Meaning("sign-in", _TOKEN),
    403: Meaning("stop", "this machine may not talk to the instance"),
    404: Meaning("stop", "there is no such instance: look at the Munchkin id"),
    405: Meaning("refused", _OURS),
    411: Meaning("refused", _OURS),
    413: Meaning("refused", "the request is larger than 1 MB"),
    414: Meaning("refused", "the address is longer than 8 KB"),
    429: Meaning("again", "too many calls", 20, 10),
    503: Meaning("unclear", _LATER, 5),
}
"""By HTTP's status, where there is no envelope."""

_BAD_CLIENT = Meaning("stop", "client id or secret is wrong: Admin > LaunchPoint shows both (View Details)")


def judge(call: Call, reply: Reply) -> Verdict:
    """What a reply means."""
    data = reply.data if isinstance(reply.data, dict) else {}
    if not call.signed:
        return _signing(reply, data)
    if reply.status != 200:
        return _verdict(f"HTTP {reply.status}", _of_status(reply.status), "")
    if data.get("success") is True:
        return _success(call, data)
    errors = data.get("errors")
    if isinstance(errors, list) and errors and isinstance(errors[0], dict):
        return _of_code(call, errors[0])
    return Verdict(
        "unclear", "", "the answer is not Marketo's: look whether something stands in between", 2, 2
    )


def _success(call: Call, data: Mapping[str, Any]) -> Verdict:
    """It worked for the call; each record may still have been refused, and nothing found is no error."""
    result = data.get("result")
    records = result if isinstance(result, list) else []
    for record in records:
        reasons = record.get("reasons") if isinstance(record, dict) else None
        if isinstance(record, dict) and record.get("status") == "skipped":
            reason = reasons[0] if isinstance(reasons, list) and reasons else {}
            return _of_code(call, reason if isinstance(reason, dict) else {})
    return Verdict("done" if records or call.writes else "absent")


def _of_code(call: Call, error: Mapping[str, Any]) -> Verdict:
    code, message = str(error.get("code", "")), str(error.get("message", ""))
    meaning = MEANINGS.get(code) or _unknown(code)
    gone = meaning.outcome == "absent" and call.writes and not call.path.endswith("/delete.json")
    if gone:
        meaning = Meaning("refused", "it is not there any more: plan again")
    return _verdict(code, meaning, message)


def _unknown(code: str) -> Meaning:
    """A code of no table: 6 is the call's, 7 and four digits are the thing's."""
    return Meaning("stop" if code.startswith("6") else "refused")


def _of_status(status: int) -> Meaning:
    if status in STATUSES:
        return STATUSES[status]
    if 300 <= status < 400:
        return Meaning("stop", "the instance sends us elsewhere: look at its Munchkin id")
    return Meaning("unclear", _LATER, 5) if status >= 500 else Meaning("refused", _OURS)


def _signing(reply: Reply, data: Mapping[str, Any]) -> Verdict:
    if isinstance(data.get("access_token"), str):
        return Verdict("done")
    said = str(data.get("error_description", ""))
    if reply.status in {400, 401}:
        return _verdict(f"HTTP {reply.status}", _BAD_CLIENT, said)
    meaning = (
        _of_status(reply.status) if reply.status != 200 else Meaning("stop", "this is no identity endpoint")
    )
    outcome = "again" if meaning.outcome == "unclear" else meaning.outcome
    return _verdict(f"HTTP {reply.status}", meaning._replace(outcome=outcome), said)


def _verdict(code: str, meaning: Meaning, message: str) -> Verdict:
    words = "; ".join(part for part in (message, meaning.advice) if part)
    return Verdict(meaning.outcome, code, words, meaning.seconds, meaning.most)
