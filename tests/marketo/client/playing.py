"""Plays the client's talks against the embedded sandbox, as a driver would: signed, judged, and counted."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

from scorewright.plugin.reach import Account
from scorewright.plugin.registry import load
from scorewright.plugin.wire import CallError, Reply
from tests.marketo.sandbox.caller import FORM, Caller

MODEL = "op-scoring"


class Play:
    """One account and whoever talks to it."""

    def __init__(self, settings=None, model=MODEL, **sandbox):
        self.caller = Caller(**sandbox)
        given = {"address": "http://127.0.0.1:8321", **(settings or {})}
        self.api = load("marketo").api(Account("box", "sandbox", given, model))
        self.calls = []

    def run(self, talk):
        """To the end; a reply that is neither done nor absent is thrown in, once."""
        try:
            call = next(talk)
            while True:
                self.calls.append(call)
                reply = self.reply(call)
                verdict = self.api.judge(call, reply)
                if verdict.outcome in {"done", "absent"}:
                    call = talk.send(reply)
                else:
                    call = talk.throw(CallError(call, verdict))
        except StopIteration as end:
            return end.value

    def reply(self, call):
        body, kind = b"", ""
        if call.form is not None:
            body, kind = urlencode(call.form, quote_via=quote).encode(), FORM
        elif call.json is not None:
            body, kind = json.dumps(call.json).encode(), "application/json"
        answer = self.caller.send(call.method, call.path, call.query, body, kind)
        return Reply(answer.status, {}, json.loads(answer.body))

    def look(self, resources, *, deep=False):
        before = len(self.calls)
        seen = self.run(self.api.look(resources, deep=deep))
        assert not any(call.writes for call in self.calls[before:])
        return {one.key: one for one in seen.found}

    def push(self, tables):
        """Make and change whatever is not as it is to be; give what was written."""
        resources = self.api.resources(tables)
        found = self.look(resources)
        ids = {key: one.id for key, one in found.items()}
        before = len(self.calls)
        for one in resources:
            there = found.get(one.key)
            if one.given or not one.made:
                continue
            if there is None:
                made = self.run(self.api.create(one, ids))
                found |= {each.key: each for each in made}
                ids |= {each.key: each.id for each in made}
                there = found[one.key]
            if any(there.made.get(key) != value for key, value in one.made.items()):
                there = self.run(self.api.change(one, there, ids))
                assert all(there.made.get(key) == value for key, value in one.made.items())
        return [call for call in self.calls[before:] if call.writes]


def tables(*, programs=("P",), campaigns=2, tokens=2, value=5):
    """A small bundle: in each program a folder, tokens and trigger campaigns."""
    return {
        "programs": [
            {
                "name": name,
                "for": ["model"],
                "program": name,
                "type": "Default",
                "channel": "Operational",
                "folder": "Operational",
                "workspace": "Default",
                "description": f"Model {name}.",
            }
            for name in programs
        ],
        "folders": [{"name": f"{name}.01", "program": name, "folder": "01"} for name in programs],
        "tokens": [
            {
                "name": f"{name}.T {n}",
                "program": name,
                "token": f"T {n}",
                "type": "score",
                "value": value if n % 2 else -value,
                "coupled": [],
                "inverse": [],
            }
            for name in programs
            for n in range(tokens)
        ],
        "smart-campaigns": [_campaign(name, n) for name in programs for n in range(campaigns)],
    }


def _campaign(program, number):
    return {
        "name": f"{program}.C {number}",
        "program": program,
        "campaign": f"C {number}",
        "folder": "01",
        "type": "trigger",
        "smart_list": {
            "triggers": [
                {"rule": "Fills Out Form", "attribute": "Form Name", "operator": "is", "values": ["A", "B"]}
            ],
            "filters": [
                {"rule": "Person Score", "operator": "at least", "values": ["5"]},
                {"rule": "Member of List", "operator": "in", "values": [f"{program}.L"]},
            ],
            "filter_logic": "ALL",
        },
        "flow": [{"step": "Change Score", "fields": []}],
        "qualification": "Every time",
        "switched_on": "live",
    }
