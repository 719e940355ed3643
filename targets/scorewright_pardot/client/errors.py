"""The platform's error codes, what each one means for a push, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from scorewright.plugin.wire import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scorewright.plugin.wire import Call, Reply

__all__ = ["MEANINGS", "OAUTH", "Meaning", "code_of", "judge"]


class Meaning(NamedTuple):
    """What a code means: an outcome, what to do, how long to wait at least, and how often to try again."""

    outcome: str
    advice: str = ""
    seconds: float = 0
    most: int = 5


_OURS = "the request is not as the platform wants it: report it as a fault of Scorewright"
_FOLDER = "look at the folder in Account Engagement, then push again"

MEANINGS: Mapping[int, Meaning] = {
    13: Meaning("refused", _OURS),
    16: Meaning("refused", _OURS),
    29: Meaning("refused", "a score is a whole number"),
    36: Meaning("refused", _OURS),
    38: Meaning("refused", "the campaign of the instance's settings is not there any more: plan again"),
    46: Meaning("stop", "the user's role lacks the ability; scorewright login --check says which"),
    49: Meaning("stop", "the user may not do this; scorewright login --check says what is missing"),
    53: Meaning("stop", "the address of this machine is not allowed; ask an administrator"),
    62: Meaning("again", "somebody else is changing the same thing", 5),
    66: Meaning("again", "more than five requests at once: others use the API too", 2, 10),
    67: Meaning("refused", "the edition has no room for another one: delete one that is not needed"),
    76: Meaning("stop", "the API is switched off for this account; ask an administrator"),
    97: Meaning("refused", _FOLDER),
    108: Meaning("refused", "something still uses it: take it out of the rules that name it, then try again"),
    109: Meaning("absent"),
    122: Meaning("stop", "the calls of the day are used up; push again tomorrow, by the account's clock"),
    128: Meaning("refused", "campaigns are made in Salesforce, under Connected Campaigns"),
    129: Meaning("refused", "campaigns are changed in Salesforce, under Connected Campaigns"),
    137: Meaning("refused", "write the address in full, with https://"),
    138: Meaning("refused", "shorten the name"),
    139: Meaning("refused", "the name has a character that the platform does not take"),
    150: Meaning("refused", _OURS),
    151: Meaning("refused", _OURS),
    152: Meaning("refused", _OURS),
    153: Meaning("refused", _OURS),
    154: Meaning("refused", "a value is not taken, or a name or field id is in use already"),
    166: Meaning("refused", _OURS),
    180: Meaning("refused", _OURS),
    181: Meaning("stop", _OURS),
    182: Meaning("stop", "look at the business_unit of the instance: 18 characters that begin with 0Uv"),
    183: Meaning("unclear", "a fault inside the platform", 5),
    184: Meaning(
        "sign-in",
        "the token is no longer good, lacks the scope pardot_api, or the user is not synced to the business unit",
    ),
    192: Meaning("absent"),
    198: Meaning("stop", _OURS),
    199: Meaning("stop", "api keys are no longer taken; sign in to Salesforce"),
    201: Meaning(
        "stop",
        "the business unit is not active, or lies on the other host: look at business_unit and at the instance's kind",
    ),
    202: Meaning("again", "too many queries in one minute", 60),
    209: Meaning("refused", _OURS),
    210: Meaning("absent"),
    211: Meaning("absent"),
    214: Meaning("unclear", "the platform took too long", 5),
    216: Meaning("refused", _FOLDER),
    218: Meaning("stop", "Connected Campaigns is not switched on"),
    219: Meaning("refused", "it lies in the recycle bin: bring it back, or push again to make a new one"),
    224: Meaning("refused", _OURS),
}
"""By code.  ``absent`` for 210 and 211: the page token is no longer good, and whoever pages begins again."""

OAUTH: Mapping[str, str] = {
    "inactive_org": "the org is locked or inactive",
    "inactive_user": "the user is inactive",
    "invalid_client": "the client secret is wrong",
    "invalid_client_id": "the client id is wrong, or the app is not known at this login address",
    "invalid_grant": "Salesforce refused the sign-in: look at the user's permission for the app, the login address "
    "(client credentials need the org's own address) and what it says",
    "invalid_app_access": "the user is not approved for the app; ask an administrator",
    "rate_limit_exceeded": "too many logins; wait a while",
    "unsupported_grant_type": "the app does not allow this way to sign in",
}
"""What the token endpoint says, and what it means."""

_LONGEST = 300
"""Letters of what the platform says that are passed on."""


def code_of(reply: Reply) -> str:
    """The platform's own code; empty: there is none."""
    code = reply.data.get("code") if isinstance(reply.data, dict) else None
    return str(code) if isinstance(code, int | str) and not isinstance(code, bool) else ""


def judge(call: Call, reply: Reply) -> Verdict:
    """What a reply means."""
    if not call.signed:
        return _of_login(reply)
    if reply.status < 300:
        return _of_success(call, reply)
    code = code_of(reply)
    meaning = MEANINGS.get(int(code)) if code.isascii() and code.isdigit() else None
    if meaning is None:
        return _by_status(call, reply, code)
    outcome = _for_call(call, meaning.outcome)
    words = _said(meaning.advice, _message(reply.data, "message"))
    return Verdict(outcome, code, words, meaning.seconds, meaning.most)


def _for_call(call: Call, outcome: str) -> str:
    """What cannot be done twice by mistake is simply sent again; what is changed must be there."""
    if outcome == "unclear" and not call.makes:
        return "again"
    if outcome == "absent" and call.method not in {"GET", "DELETE"}:
        return "refused"
    return outcome


def _of_success(call: Call, reply: Reply) -> Verdict:
    if call.method == "GET" and not isinstance(reply.data, dict):
        return Verdict("stop", "", "this is no answer of the API; look at the host of the instance")
    return Verdict("done")


def _by_status(call: Call, reply: Reply, code: str) -> Verdict:
    """A reply without a code of the platform's: a proxy's, or a code that is not in the table."""
    said = _message(reply.data, "message") or f"HTTP status {reply.status}"
    words = _said("", said)
    if reply.status == 401:
        return Verdict("sign-in", code, words)
    if reply.status in {408, 425, 429, 502, 503}:
        return Verdict(_for_call(call, "unclear"), code, words, 10)
    if reply.status >= 500:
        return Verdict(_for_call(call, "unclear"), code, words, 5)
    if reply.status == 404 and call.method == "GET" and not code:
        return Verdict("stop", code, _said("look at the host of the instance", said))
    return Verdict("refused" if code else "stop", code, words)


def _of_login(reply: Reply) -> Verdict:
    data = reply.data if isinstance(reply.data, dict) else {}
    if reply.status < 300 and isinstance(data.get("access_token"), str):
        return Verdict("done")
    error = data.get("error")
    error = error if isinstance(error, str) else ""
    said = _message(data, "error_description") or f"HTTP status {reply.status}"
    if reply.status >= 500 or reply.status == 429:
        return Verdict("again", error, said, 5)
    advice = OAUTH.get(error, "look at the login address of the instance")
    return Verdict("stop", error, _said(advice, said))


def _message(data: Any, key: str) -> str:
    text = data.get(key) if isinstance(data, dict) else None
    if not isinstance(text, str):
        return ""
    return "".join(char if char.isprintable() else " " for char in text)[:_LONGEST].strip()


def _said(advice: str, message: str) -> str:
    return ": ".join(part for part in (message.rstrip("."), advice) if part)
