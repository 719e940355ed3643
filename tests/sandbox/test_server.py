"""The sandbox over HTTP on loopback, and within the process."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys

import httpx
import pytest

from scorewright.sandbox import DroppedError, application, serving
from tests.conftest import ROOT
from tests.sandbox.stub import service


@pytest.fixture
def stub_and_address():
    stub, served = service()
    with serving(served) as server:
        yield stub, server.address


def test_requests_arrive_as_they_were_sent(stub_and_address):
    stub, address = stub_and_address
    with httpx.Client(base_url=address) as client:
        sent = client.post(
            "/a%20b/%C3%BC.json", params=[("x", "1 +"), ("x", ""), ("y", "é")], content=b"a=%2B1"
        )
    assert sent.json() == {"done": 1}
    asked = stub.seen[0]
    assert (asked.method, asked.path, asked.body) == ("POST", "/a b/ü.json", b"a=%2B1")
    assert asked.query == (("x", "1 +"), ("x", ""), ("y", "é"))
    assert asked.address == address
    assert asked.headers["user-agent"].startswith("python-httpx")


def test_the_same_requests_arrive_in_process():
    stub, served = service("drop-after:1")
    with httpx.Client(
        base_url="http://127.0.0.1:7", transport=httpx.WSGITransport(app=application(served))
    ) as client:
        assert client.post("/a%20b/%C3%BC.json", params={"x": "1 +"}, content=b"hi").json() == {"done": 1}
        with pytest.raises(DroppedError):
            client.post("/thing")
    asked = stub.seen[0]
    assert (asked.path, asked.query, asked.body) == ("/a b/ü.json", (("x", "1 +"),), b"hi")
    assert asked.address == "http://127.0.0.1:7"
    assert stub.done() == 2


def test_a_connection_is_kept_for_many_calls(stub_and_address):
    _, address = stub_and_address
    line = http.client.HTTPConnection(address.removeprefix("http://"))
    line.connect()
    first = line.sock
    for number in range(1, 4):
        line.request("POST", "/thing")
        assert line.getresponse().read() == b'{"done": %d}' % number
        assert line.sock is first
    line.request("HEAD", "/thing")
    assert line.getresponse().read() == b""
    line.request("GET", "/thing")
    assert line.getresponse().read() == b'{"done": 3}'
    line.close()


def test_a_broken_line_is_a_transport_error_for_the_client():
    stub, served = service("drop-after:0")
    with serving(served) as server, httpx.Client(base_url=server.address) as client:
        with pytest.raises(httpx.TransportError):
            client.post("/thing")
        assert client.post("/thing").json() == {"done": 2}
    assert stub.done() == 2


def test_a_fault_of_the_sandbox_itself_is_a_500_and_the_next_call_is_answered(stub_and_address):
    _, address = stub_and_address
    with httpx.Client(base_url=address) as client:
        assert client.get("/breaks").status_code == 500
        assert client.get("/thing").status_code == 200


@pytest.mark.parametrize(
    "raw",
    [
        b"POST /thing HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /thing HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
        b"POST /thing HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999\r\n\r\n",
        b"GET  HTTP/1.1\r\n\r\n",
        b"\x00\xff\r\n\r\n",
        b"GET http://[/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"POST /" + b"x" * 70_000 + b" HTTP/1.1\r\n\r\n",
    ],
)
def test_odd_requests_get_an_error_and_do_nothing(stub_and_address, raw):
    stub, address = stub_and_address
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(raw)
        line.shutdown(socket.SHUT_WR)
        said = line.makefile("rb").read()
    assert not said or b" 200 " not in said.splitlines()[0]
    assert stub.done() == 0
    with httpx.Client(base_url=address) as client:
        assert client.get("/thing").status_code == 200


def _start(*words):
    command = [sys.executable, "-m", "scorewright", "sandbox", *words]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_the_command_says_where_it_answers_and_ends_by_ctrl_c(tmp_path):
    state = tmp_path / "state.db"
    with _start("marketo", "--port", "0", "--state", str(state)) as process:
        lines = [process.stdout.readline() for _ in range(10)]
        address = lines[0].split()[3]
        assert f'address = "{address}"\n' in lines
        assert httpx.get(f"{address}/").status_code == 200
        port = address.rsplit(":", 1)[1]
        with _start("marketo", "--port", port) as second:
            assert second.wait(20) == 1
            assert "--port 0 picks a free port" in second.stderr.read()
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(20) == 0
        assert process.stderr.read() == ""
    assert state.is_file()
