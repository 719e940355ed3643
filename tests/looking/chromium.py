"""Drives a headless Chromium over its debugging pipe: pages are opened, clicked and typed into as by a person.

Source: the Chrome DevTools Protocol; with ``--remote-debugging-pipe`` messages go over the descriptors 3 and 4, each
ended by a zero byte.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time

__all__ = ["Browser", "Page", "chromium"]

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
)
_START = """
import fcntl, os, sys
reads, writes = (fcntl.fcntl(int(word), fcntl.F_DUPFD, 10) for word in sys.argv[1:3])  # out of the way of 3 and 4
os.dup2(reads, 3)
os.dup2(writes, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
_SECONDS = 30
_KEYS = {"Enter": ("\r", 13), "Tab": ("", 9), "Escape": ("", 27), " ": (" ", 32)}


def chromium():
    """Where Chromium is, or ``None``."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Browser:
    """One Chromium with an empty profile, which ends with the ``with`` block."""

    def __init__(self, profile):
        there, self._write = os.pipe()
        self._read, back = os.pipe()
        command = [chromium(), *_FLAGS, f"--user-data-dir={profile}", "about:blank"]
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, str(there), str(back), *command],
            pass_fds=(there, back),
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        os.close(there)
        os.close(back)
        self._number, self._rest, self.events = 0, b"", []

    def __enter__(self):
        return self

    def __exit__(self, *error):
        os.close(self._write)  # at the end of the pipe it ends
        os.close(self._read)
        try:
            self._process.wait(timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def ask(self, method, session=None, **words):
        """Send one command and give its answer; events that come meanwhile are kept."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": words}
        if session:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            found = self._next()
            if found.get("id") == self._number:
                if "error" in found:
                    raise RuntimeError(f"{method}: {found['error']}")
                return found.get("result", {})

    def wait(self, method, session):
        """Wait for an event that has not been waited for."""
        while True:
            for place, event in enumerate(self.events):
                if event["method"] == method and event.get("sessionId") == session:
                    del self.events[: place + 1]
                    return event["params"]
            self._next()

    def _next(self):
        end = time.monotonic() + _SECONDS
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._read], [], [], max(0, end - time.monotonic()))
            more = os.read(self._read, 1 << 20) if ready else b""
            if not more:
                raise TimeoutError("Chromium does not answer")
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\0")
        found = json.loads(line)
        if "method" in found:
            self.events.append(found)
        return found

    def open(self, address, **media):
        """A page in a context of its own: nothing that another one has stored is there."""
        return Page(self, address, **media)


class Page:
    """One tab.  ``asked`` are the addresses that it has asked for, ``said`` what it complained of.

    ``first`` is a script that runs before those of the page: what some browser lacks can be taken away.
    """

    def __init__(self, browser, address, *, wide=1280, high=900, dark=False, context=None, first=""):
        self._browser = browser
        context = context or browser.ask("Target.createBrowserContext")["browserContextId"]
        target = browser.ask("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        self._session = browser.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.context = context
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")
        self.colours(dark=dark)
        self.ask(
            "Emulation.setDeviceMetricsOverride", width=wide, height=high, deviceScaleFactor=1, mobile=False
        )
        if first:
            self.ask("Page.addScriptToEvaluateOnNewDocument", source=first)
        self.asked, self.said = [], []
        self.go(address)

    def beside(self, address):
        """Another tab, which shares with this one what is stored."""
        return Page(self._browser, address, context=self.context)

    def ask(self, method, **words):
        return self._browser.ask(method, self._session, **words)

    def colours(self, *, dark):
        """What somebody's system prefers."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", features=[scheme])

    def go(self, address):
        self._loaded(lambda: self.ask("Page.navigate", url=address))

    def reload(self):
        self._loaded(lambda: self.ask("Page.reload"))

    def _loaded(self, start):
        self.look()
        self._browser.events.clear()
        start()
        before = [*self._browser.events]
        self._keep(before)
        if not any(event["method"] == "Page.loadEventFired" for event in before):
            self._browser.events.clear()
            while not any(event["method"] == "Page.loadEventFired" for event in self._browser.events):
                self._browser._next()
            self._keep(self._browser.events)
        self._browser.events.clear()
        self.look()

    def look(self):
        """Take in what the page has asked for and complained of up to now."""
        self.ask("Runtime.evaluate", expression="0")
        self._keep(self._browser.events)
        self._browser.events.clear()

    def _keep(self, events):
        for event in events:
            words = event["params"]
            if event["method"] == "Network.requestWillBeSent":
                self.asked.append(words["request"]["url"])
            elif event["method"] == "Log.entryAdded":
                self.said.append(words["entry"]["text"])
            elif event["method"] == "Runtime.exceptionThrown":
                self.said.append(words["exceptionDetails"]["exception"].get("description", "exception"))
            elif event["method"] == "Page.javascriptDialogOpening":
                self.said.append(f"dialog: {words['message']}")

    def run(self, script):
        """The value of an expression, awaited if it is a promise."""
        answer = self.ask(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True, userGesture=True
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description"))
        return answer["result"].get("value")

    def click(self, selector):
        """A click of the mouse in the middle of the first element that is meant; it is scrolled to before."""
        place = self.run(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: 'center'}});"
            "const r = e.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.ask(
                "Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1
            )

    def press(self, key, modifiers=0):
        """One key; ``modifiers`` is 8 for shift."""
        text, code = _KEYS.get(key, (key if len(key) == 1 else "", 0))
        words = {"key": key, "code": key if len(key) > 1 else "", "modifiers": modifiers}
        more = {"windowsVirtualKeyCode": code} if code else {}
        self.ask("Input.dispatchKeyEvent", type="keyDown", text=text, **words, **more)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **words, **more)

    def type(self, text):
        self.ask("Input.insertText", text=text)

    def allow(self, *permissions):
        """What a person would be asked for."""
        self._browser.ask(
            "Browser.grantPermissions", permissions=[*permissions], browserContextId=self.context
        )

    def choose(self, selector, file):
        """Give a file to a file input."""
        found = self.ask("Runtime.evaluate", expression=f"document.querySelector({json.dumps(selector)})")
        self.ask("DOM.setFileInputFiles", files=[str(file)], objectId=found["result"]["objectId"])

    def until(self, condition):
        """Wait until a condition holds, as the page itself sees it from frame to frame: a tab behind others has none."""
        self.ask("Page.bringToFront")
        self.run(
            "new Promise((done, late) => { const end = Date.now() + 10000; const look = () => ("
            f"{condition}) ? done(1) : Date.now() > end ? late(new Error('never')) : requestAnimationFrame(look); look(); }})"
        )

    def picture(self, path, *, whole=False):
        """A screenshot as PNG."""
        made = self.ask("Page.captureScreenshot", captureBeyondViewport=whole)["data"]
        path.write_bytes(base64.b64decode(made))

    def pdf(self):
        return base64.b64decode(self.ask("Page.printToPDF", printBackground=True)["data"])

    def downloads(self, folder):
        """From now on files go to this folder."""
        self._browser.ask(
            "Browser.setDownloadBehavior",
            behavior="allow",
            browserContextId=self.context,
            downloadPath=str(folder),
            eventsEnabled=True,
        )

    def downloaded(self):
        """Wait until a download is complete."""
        while self._browser.wait("Browser.downloadProgress", None)["state"] != "completed":
            pass
