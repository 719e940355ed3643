"""A platform small enough to see through: boxes with labels in them, reads that lag, and whatever fault is ordered."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import ClassVar

from scorewright.plugin.reach import Found, Key, Resource, Seen, Session, Way
from scorewright.plugin.wire import Call, Rate, Reply, Verdict
from scorewright.project import Instance
from scorewright.push.drive import Driver
from scorewright.push.journal import Journal, read_journal
from scorewright.push.records import read_pushed
from scorewright.push.secrets import Gathered, Veil
from scorewright.push.session import Opened
from scorewright.push.wire import LostError, UnsentError

SECRET = "orange-marmalade-0815"


class KilledError(BaseException):
    """The process is gone: nothing catches this."""


@dataclass
class Shelf:
    """The instance.  Rows are (at, kind, id, name, colour, box id, gone at); ``faults`` maps a write's number to a fault."""

    lag: float = 0.0
    now: float = 1_000_000.0
    rows: list[dict] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)
    writes: int = 0
    reads: int = 0
    sent: list[Call] = field(default_factory=list)

    def sleep(self, seconds):
        self.now += seconds

    def clock(self):
        return self.now

    def seen(self):
        """What a read shows: the state of so many seconds ago."""
        then = self.now - self.lag
        return [row for row in self.rows if row["at"] <= then and not (row["gone"] and row["gone"] <= then)]

    def state(self):
        """What is there in truth, without ids and times."""
        boxes = {row["id"]: row["name"] for row in self.rows}
        there = [row for row in self.rows if not row["gone"]]
        return sorted((row["kind"], row["name"], row["colour"], boxes.get(row["box"], "")) for row in there)

    def send(self, call, headers, address):
        assert headers.get("authorization", "") == ("Bearer tok-" + SECRET if call.signed else "")
        self.sent.append(call)
        self.now += 0.1
        if not call.signed:
            return Reply(200, {}, {"token": "tok-" + SECRET})
        if not call.writes:
            self.reads += 1
            return Reply(200, {}, self.seen())
        self.writes += 1
        return self._write(call, self.faults.get(self.writes, ""))

    def _write(self, call, fault):
        if fault == "kill-before":
            raise KilledError
        if fault == "unsent":
            raise UnsentError("ConnectError: nobody there " + SECRET)
        if fault.startswith("code-"):
            return Reply(
                200, {}, {"code": fault.removeprefix("code-"), "message": "because of tok-" + SECRET}
            )
        answer = self._do(call)
        if fault == "kill-after":
            raise KilledError
        if fault == "lost":
            raise LostError("ReadTimeout: no answer " + SECRET)
        return answer

    def _do(self, call):
        parts = call.path.split("/")
        if call.method == "POST":
            row = {
                "at": self.now,
                "kind": parts[1],
                "id": str(len(self.rows) + 1),
                "gone": 0,
                "box": "",
                **call.json,
            }
            self.rows.append(row)
            return Reply(200, {}, {"id": row["id"]})
        (row,) = [row for row in self.rows if row["id"] == parts[2]]
        if call.method == "PATCH":
            row.update(call.json)
        else:
            row["gone"] = self.now
        return Reply(200, {}, {})

    def close(self):
        pass


CODES = {
    "busy": Verdict("again", "busy", "too many at once", 2.0),
    "expired": Verdict("sign-in", "expired", "the token has expired"),
    "quota": Verdict("stop", "quota", "no more today"),
    "name": Verdict("refused", "name", "that name is not taken"),
    "oops": Verdict("unclear", "oops", "something went wrong"),
}


class ShelfApi:
    """Its API, as a plugin would write it."""

    address = "https://shelf.example"
    identity = "shelf-1"
    rate = Rate(1000, 1.0)
    patience = 5.0
    ways = (Way("key", "a key", ("key",)),)
    graves: ClassVar = {"for-ever": "a box of lead is never taken away"}

    def __init__(self, lag=0.0, reason=""):
        self.lag, self.reason = lag, reason

    def guard(self):
        return self.reason

    def sign_in(self, way, secrets):
        assert secrets["key"] == SECRET
        reply = yield Call("POST", "/token", "sign in", signed=False)
        return Session({"authorization": f"Bearer {reply.data['token']}"}, 3600.0)

    def permissions(self):
        yield Call("GET", "/rows", "read")
        return (("read", ""),)

    def judge(self, call, reply):
        code = reply.data.get("code") if isinstance(reply.data, dict) else None
        verdict = CODES[code] if code else Verdict("done")
        return verdict._replace(words=f"{verdict.words}: {reply.data['message']}") if code else verdict

    def resources(self, tables):
        return tuple(tables)

    def look(self, resources, *, deep):
        reply = yield Call("GET", "/rows", "look")
        found = {}
        for row in reply.data:
            key = Key(row["kind"], row["name"])
            before = found.get(key)
            made = {"colour": row["colour"]}
            by_hand = {"lid": row["lid"]} if deep and "lid" in row else None
            found[key] = Found(
                key=key,
                id=row["id"],
                made=made,
                by_hand=by_hand,
                live=row.get("live", False),
                also=before.also + 1 if before else 0,
                marked=row.get("marked", False),
            )
        return Seen(tuple(found.values()))

    def create(self, resource, ids):
        body = {"name": resource.key.name, **resource.made}
        if resource.needs:
            body["box"] = ids[resource.needs[0]]
        reply = yield Call(
            "POST", f"/{resource.key.kind}", f"create {resource.key.name}", json=body, writes=True, makes=True
        )
        return (Found(key=resource.key, id=reply.data["id"], made=dict(resource.made)),)

    def change(self, resource, found, ids):
        path = f"/{resource.key.kind}/{found.id}"
        yield Call("PATCH", path, f"change {resource.key.name}", json=dict(resource.made), writes=True)
        return found

    def remove(self, found, ids):
        yield Call("DELETE", f"/{found.key.kind}/{found.id}", f"remove {found.key.name}", writes=True)

    def removable(self, key):
        return "a crate is never taken away" if key.kind == "crates" else ""

    def switch_on(self, resource, found):
        path = f"/{resource.key.kind}/{found.id}"
        yield Call("PATCH", path, f"switch on {found.key.name}", json={"live": True}, writes=True)


def box(name, colour="red", **more):
    return Resource(key=Key("boxes", name), made={"colour": colour}, **more)


def label(name, inside, colour="white", **more):
    return Resource(key=Key("labels", name), made={"colour": colour}, needs=(Key("boxes", inside),), **more)


def opened(folder, shelf, resources, *, writes=True, lag=None, migration=None):
    """A session on the shelf, as the commands open one."""
    api = ShelfApi(shelf.lag if lag is None else lag)
    journal = folder / ".scorewright" / "shelf.journal"
    driver = Driver(
        api,
        shelf,
        Gathered("key", {"key": SECRET}, {"key": "a test"}),
        Veil(),
        clock=shelf.clock,
        sleep=shelf.sleep,
        journal=Journal(journal, api.identity, shelf.clock) if writes else None,
    )
    lock = folder / "scorewright.lock"
    return Opened(
        instance=Instance("shelf", "shelf", "sandbox"),
        project=None,
        compiled=None,
        built=SimpleNamespace(
            target=SimpleNamespace(name="shelf"),
            model=SimpleNamespace(header=SimpleNamespace(id="m")),
            migration=migration,
        ),
        tables={},
        resources=tuple(resources),
        lock=lock,
        now=SimpleNamespace(
            digest=str(hash(tuple((one.key, repr(one.made)) for one in resources))), on="2026-05-01"
        ),
        before=None,
        pushed=read_pushed(lock, "shelf"),
        entries=read_journal(journal),
        driver=driver,
    )
