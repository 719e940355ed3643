"""A sandbox that counts what was done, for the tests of the server around it."""

from __future__ import annotations

import json
from typing import ClassVar

from scorewright.plugin.sandboxes import Answer, Shown
from scorewright.sandbox import Service, open_store
from scorewright.sandbox.faults import Faults, read_orders

CODES = {"606": "too many calls", "502": "bad gateway"}


class Stub:
    """Adds one for each POST; its state is the number."""

    codes = CODES
    account: ClassVar = {"unit": "one"}
    secrets: ClassVar = {"key": "local"}

    def __init__(self, store, clock, settings):
        if settings.keys() - {"start"}:
            raise ValueError("there is one setting: start")
        self.store = store
        self.tables = None
        self.seen = []
        store.execute("CREATE TABLE IF NOT EXISTS done (what TEXT)")
        for _ in range(settings.get("start", 0)):
            store.execute("INSERT INTO done VALUES ('start')")

    def done(self):
        return self.store.execute("SELECT count(*) FROM done").fetchone()[0]

    def answer(self, asked):
        self.seen.append(asked)
        if asked.path == "/breaks":
            raise RuntimeError("a fault of the stub")
        if self.writes(asked):
            self.store.execute("INSERT INTO done VALUES (?)", (asked.body.decode("utf-8", "replace"),))
            self.store.commit()
        return Answer(200, json.dumps({"done": self.done()}).encode())

    def failing(self, code, asked):
        return Answer(200, json.dumps({"code": code}).encode())

    def writes(self, asked):
        return asked.method == "POST"

    def shown(self):
        rows = tuple(self.store.execute("SELECT what FROM done"))
        return (Shown("Done <b>", ("What",), rows), Shown("Nothing", ("Column",), ()))

    def build(self, tables):
        if "bad" in tables:
            raise KeyError("bad")
        self.tables = tables


def service(*orders, store=None, seed=0, **more):
    store = store or open_store(None, "stub")
    stub = Stub(store, lambda: 1_700_000_000.0, {})
    faults = Faults(read_orders(orders, CODES), seed)
    return stub, Service("Stub & sons", stub, store, lambda: 1_700_000_000.0, faults=faults, **more)
