"""A box on a server, as much of IMAP as is spoken with it."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class ImapBox:
    """Letters by their number, which of them were read, and everything that was asked."""

    letters: dict[int, bytes]
    port: int = 0
    password: str = "secret"
    read: set[int] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)


@contextmanager
def serving(box: ImapBox) -> Iterator[ImapBox]:
    """Serve the box on a free port of this machine."""

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"* OK ready\r\n")
            for line in self.rfile:
                tag, _space, asked = line.decode().strip().partition(" ")
                box.asked.append(asked)
                self._answer(tag, asked)
                if asked.upper() == "LOGOUT":
                    return

        def _answer(self, tag: str, asked: str) -> None:
            command, done = asked.upper(), "OK done"
            if command == "CAPABILITY":
                self._say("* CAPABILITY IMAP4rev1")
            elif command.startswith("LOGIN"):
                done = "OK in" if f'"{box.password}"' in asked else "NO wrong password"
            elif command.startswith("SELECT"):
                self._say(f"* {len(box.letters)} EXISTS")
            elif command.startswith("UID SEARCH"):
                unread = sorted(set(box.letters) - box.read)
                self._say(f"* SEARCH {' '.join(map(str, unread))}")
            elif command.startswith("UID FETCH"):
                self._fetch(asked)
            elif command.startswith("UID STORE"):
                box.read.add(int(asked.split()[2]))
            self._say(f"{tag} {done}")

        def _fetch(self, asked: str) -> None:
            number = int(asked.split()[2])
            content = box.letters[number]
            if "RFC822.SIZE" in asked:
                self._say(f"* 1 FETCH (UID {number} RFC822.SIZE {len(content)})")
                return
            if part := re.search(r"<0\.(\d+)>", asked):
                content = content[: int(part[1])]
            self.wfile.write(f"* 1 FETCH (UID {number} BODY[] {{{len(content)}}}\r\n".encode() + content)
            self._say(")")

        def _say(self, line: str) -> None:
            self.wfile.write(line.encode() + b"\r\n")

    class Serving(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Serving(("127.0.0.1", 0), Talk) as server:
        box.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield box
        finally:
            server.shutdown()
