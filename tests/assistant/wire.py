"""A server that says what a script tells it, good or bad, in OpenAI's chat protocol and Ollama's."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain
from typing import Any

_PASSAGE = re.compile(
    r"^----- (?P<key>\w+) passage \[(?P<number>\d+)\]: (?P<context>.*?) -----\n(?P<text>.*?)"
    r"\n----- (?P=key) end of \[(?P=number)\] -----$",
    re.M | re.S,
)
_QUESTION = re.compile(r"^----- (\w+) question -----\n(.*)\n----- \1 end -----$", re.M | re.S)


@dataclass(frozen=True)
class Asked:
    """A request as a model sees it."""

    system: str
    user: str

    @property
    def passages(self) -> list[str]:
        return [m["text"] for m in _PASSAGE.finditer(self.user)]

    @property
    def question(self) -> str:
        match = _QUESTION.search(self.user)
        return match[2] if match else ""


class Stall:
    """Said in the place of words: nothing more comes until the server is closed."""


class BreakOff:
    """Said in the place of words: the connection is cut."""


@dataclass(frozen=True)
class Status:
    """Said first: the request is refused with this status."""

    code: int
    message: str = "refused"


Said = str | Stall | BreakOff | Status | bytes  # bytes go over the wire as they are
Script = Callable[[Asked], Iterator[Said]]


@dataclass
class ScriptedServer:
    """Set ``script`` before a question; ``asked`` has the requests so far."""

    url: str
    script: Script
    asked: list[Asked] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)


@contextmanager
def scripted_server(script: Script) -> Iterator[ScriptedServer]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        _begun = False

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            said = {m["role"]: m["content"] for m in body["messages"]}
            asked = Asked(said["system"], said["user"])
            server.asked.append(asked)
            with suppress(BrokenPipeError, ConnectionResetError):
                self._speak(server.script(asked))
            self.close_connection = True

        def _speak(self, words: Iterator[Said]) -> None:
            ollama = self.path == "/api/chat"
            event, end = (_line, _line("", done=True)) if ollama else (_event, _END)
            for said in chain(words, [end]):
                if isinstance(said, Status):
                    self._refuse(said)
                    return
                if not self._begun:
                    self._begin()
                if isinstance(said, Stall):
                    server.closing.wait()
                if isinstance(said, Stall | BreakOff):
                    return
                self._chunk(said if isinstance(said, bytes) else event(said))
            self.wfile.write(b"0\r\n\r\n")

        def _refuse(self, status: Status) -> None:
            body = json.dumps({"error": {"message": status.message}}).encode()
            self.send_response(status.code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _begin(self) -> None:
            self._begun = True
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()

        def _chunk(self, data: bytes) -> None:
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

        def log_message(self, *_: Any) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server = ScriptedServer(f"http://127.0.0.1:{http.server_port}/v1", script)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.closing.set()
        http.shutdown()
        http.server_close()


def _event(content: str, finish: str | None = None) -> bytes:
    data = {
        "id": "scripted",
        "object": "chat.completion.chunk",
        "created": int(time.time()),
        "model": "scripted",
        "choices": [{"index": 0, "delta": {"content": content}, "finish_reason": finish}],
    }
    return b"data: " + json.dumps(data).encode() + b"\n\n"


def _line(content: str, done: bool = False) -> bytes:
    message = {"role": "assistant", "content": content}
    return json.dumps({"model": "scripted", "message": message, "done": done}).encode() + b"\n"


_END = _event("", "stop") + b"data: [DONE]\n\n"
