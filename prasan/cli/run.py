"""`prasan run`: the database, the site and the worker, started, watched and stopped together."""

from __future__ import annotations

import argparse
import contextlib
import errno
import http.client
import os
import signal
import socket
import sys
import time
from contextlib import ExitStack

from prasan.cli.commands import Commands, Need
from prasan.cli.supervision import Child, Stopping, bound, last_words
from prasan.config import postgres, processes
from prasan.config.database import check_outside, is_prepared
from prasan.config.faults import Fault
from prasan.config.folder import DataFolder

HOST = "127.0.0.1"
TIME_TO_SERVE = 60.0
TOO_LITTLE = 8  # megabytes; less than this, and whatever failed, failed of it


def register(commands: Commands) -> None:
    commands.room("ระบบ · The installation")
    running = commands.add("run", "เริ่มฐานข้อมูล เว็บ และงานเบื้องหลัง · start everything", run, Need.NOTHING)
    running.epilog = (
        "เลือกพอร์ตด้วย PORT โฟลเดอร์ข้อมูลด้วย PRASAN_DATA ฐานข้อมูลอื่นด้วย DATABASE_URL · "
        "choose the port with PORT, the data folder with PRASAN_DATA, another database with DATABASE_URL; "
        "all settings: docs/reference/settings.md"
    )
    commands.add("worker", "ทำงานเบื้องหลังอย่างเดียว · the worker alone", worker)


def run(options: argparse.Namespace) -> None:
    """Serve until told to stop; then leave no process behind."""
    stopping = Stopping()
    with stopping.listening():
        Stack(DataFolder.chosen(), chosen_port(os.environ.get("PORT", "")), stopping).serve()
    say("หยุดเรียบร้อยแล้ว · stopped")


def worker(options: argparse.Namespace) -> None:
    """Do the queued jobs until told to stop."""
    from procrastinate.contrib.django import app

    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # Django's has it
    with app.replace_connector(connector) as working:
        working.run_worker(concurrency=2, delete_jobs="successful", shutdown_graceful_timeout=4)


class Stack:
    """All that serves one data folder on one port."""

    def __init__(self, folder: DataFolder, port: int, stopping: Stopping) -> None:
        self.folder = folder
        self.port = port
        self._pause = stopping.pause
        self._environment = os.environ | {
            processes.MARK: str(folder.path),
            "PRASAN_DATA": str(folder.path),
            "PYTHONUNBUFFERED": "1",
        }
        self._server = (
            None if os.environ.get("DATABASE_URL") else postgres.Server(folder, pause=stopping.pause)
        )
        self._children = [
            Child("เว็บ", "site", self._site(), folder.log("site"), self._environment),
            Child("งานเบื้องหลัง", "worker", _prasan("worker"), folder.log("worker"), self._environment),
        ]

    def serve(self) -> None:
        self.folder.make()
        with ExitStack() as stack:
            stack.enter_context(self.folder.held())
            self._end_leftovers()
            require_free_port(self.port)
            try:
                self._start_database(stack)
                self._prepare()
                self._start_children(stack)
                self._watch()
            except OSError as error:
                raise self._or_disk_full(Fault(str(error), str(error))) from error
            except Fault as fault:
                raise self._or_disk_full(fault) from fault

    def _end_leftovers(self) -> None:
        """End what a supervisor that was killed left running for this folder; the lock says none is alive."""

        def left() -> list[int]:
            return [pid for pid in processes.all_pids() if processes.is_marked(pid, self.folder.path)]

        processes.end_leftovers(left, signal.SIGTERM, 3.0, self._pause)

    def _start_database(self, stack: ExitStack) -> None:
        if self._server is None:
            check_outside(os.environ["DATABASE_URL"])
            return
        say("กำลังเริ่มฐานข้อมูล · starting the database")
        stack.callback(self._server.stop)
        self._server.start()

    def _prepare(self) -> None:
        """Bring the database up to this code; skipped where this very code has done so before."""
        always = self._server is None or os.environ.get("PRASAN_MODE") == "production"
        if not always and is_prepared(self.folder):
            return
        if code := self._run_to_its_end("prepare"):
            raise SystemExit(code)  # it has said why

    def _start_children(self, stack: ExitStack) -> None:
        say("กำลังเริ่มเว็บและงานเบื้องหลัง · starting the site and the worker")
        for child in self._children:
            stack.callback(child.stop)
            child.start()
        for child in self._children:
            stack.callback(child.ask_to_stop)  # runs first: all are asked before any is waited for
        deadline = time.monotonic() + TIME_TO_SERVE
        while not answers(self.port):
            self._revive()
            if time.monotonic() > deadline:
                log = self._children[0].log
                raise Fault(
                    f"เว็บเริ่มไม่สำเร็จ กรุณาดูสาเหตุใน {log} ({last_words(log)})",
                    f"The site did not start; please see {log} ({last_words(log)}).",
                )
            self._pause(0.05)
        say(f"พร้อมใช้งาน · ready:  http://{HOST}:{self.port}/")
        if os.environ.get("PRASAN_MODE", "demo") == "demo":
            self._run_to_its_end("demo-logins")
        say("กด Ctrl-C เพื่อหยุด · press Ctrl-C to stop")

    def _watch(self) -> None:
        while True:
            self._revive()
            for name in ("postgres", "site", "worker"):
                bound(self.folder.log(name))
            self._pause(0.5)

    def _revive(self) -> None:
        if self._server is not None and not self._server.is_alive:
            say("ฐานข้อมูลหยุดเอง กำลังเริ่มใหม่ · the database ended by itself and is started again")
            self._server.start()
        for child in self._children:
            if child.has_died():
                say(f"{child.th}หยุดเอง กำลังเริ่มใหม่ · the {child.en} ended by itself and is started again")
            child.start_when_due()

    def _run_to_its_end(self, command: str) -> int:
        """Run another command of prasan, which speaks for itself; its exit code."""
        process = processes.start(
            processes.leashed(_prasan(command)), log=None, environment=self._environment
        )
        try:
            while process.poll() is None:
                self._pause(0.05)
        finally:
            processes.stop(process, (signal.SIGTERM, 3.0))
        return process.returncode if process.returncode >= 0 else 1

    def _or_disk_full(self, fault: Fault) -> Fault:
        try:
            self.folder.require_space(TOO_LITTLE)
        except Fault as full:
            return full
        return fault

    def _site(self) -> list[str]:
        return [
            *(
                sys.executable,
                "-m",
                "granian",
                "--interface",
                "wsgi",
                "--host",
                HOST,
                "--port",
                str(self.port),
            ),
            *("--workers", "1", "--blocking-threads", "8", "--backpressure", "64"),
            *("--no-ws", "--workers-kill-timeout", "4"),
            "prasan.config.wsgi:application",
        ]


def chosen_port(text: str) -> int:
    if not text:
        return 8000
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise Fault(
        f"PORT={text} ไม่ใช่เลขพอร์ต กรุณาใช้เลข 1 ถึง 65535",
        f"PORT={text} is not a port; please give a number from 1 to 65535.",
    )


def require_free_port(port: int) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EACCES:
                raise Fault(
                    f"ผู้ใช้นี้เปิดพอร์ต {port} ไม่ได้ กรุณาเลือกพอร์ตอื่น เช่น PORT=8000 make run",
                    f"This user may not open port {port}; please choose another, such as PORT=8000 make run.",
                ) from error
            raise Fault(
                f"พอร์ต {port} มีโปรแกรมอื่นใช้อยู่ กรุณาหยุดโปรแกรมนั้น หรือเลือกพอร์ตอื่น เช่น PORT={_next(port)} make run",
                f"Port {port} is in use by another program; please stop it or choose another port, such as "
                f"PORT={_next(port)} make run.",
            ) from error


def answers(port: int) -> bool:
    """Does the site answer? In production it may turn this name away, so any answer but a fault counts."""
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/health/")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def say(line: str) -> None:
    with contextlib.suppress(OSError):  # the terminal may be gone
        print(line, flush=True)


def _next(port: int) -> int:
    return port + 1 if port < 65535 else 8000


def _prasan(*words: str) -> list[str]:
    return [sys.executable, "-m", "prasan.cli.main", *words]
