"""How long Prasan takes to start, and what it needs while it waits."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from urllib.parse import quote

from bench.figure import Figure
from bench.installation import Installation, get
from bench.sizes import Sizes

QUESTION = "บ้านโนนสูง ม.5 ต.เมืองแก อ.ท่าตูม จ.สุรินทร์"


def measure_starts(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Start in an empty folder, then after clean stops, then after kills."""
    yield Figure("first-start", installation.run())
    clean = []
    for _round in range(sizes.starts):
        installation.stop()
        clean.append(installation.run())
    yield Figure("restart", median(clean), remark=f"longest {max(clean):.1f} s")
    killed = []
    for _round in range(sizes.starts):
        installation.kill()
        killed.append(installation.run())
    yield Figure("restart-after-kill", median(killed), remark=f"longest {max(killed):.1f} s")


def measure_memory(installation: Installation, sizes: Sizes) -> Iterator[Figure]:
    """Ask the place finder once, let everything come to rest, and add up what each process holds."""
    installation.stop()
    installation.run()
    get(installation.port, f"/places/find/?q={quote(QUESTION)}")
    time.sleep(sizes.idle_seconds)
    held = {pid: pss_of(Path(f"/proc/{pid}")) for pid in installation.processes()}
    remark = ", ".join(f"{name} {megabytes:.0f}" for name, megabytes in _by_program(held))
    yield Figure("idle-memory", sum(held.values()), remark=remark)


def pss_of(process: Path) -> float:
    """What one process holds in megabytes, shared pages divided among those who share them."""
    for line in (process / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"{process} does not tell its memory")


def _by_program(held: dict[int, float]) -> list[tuple[str, float]]:
    found: dict[str, float] = {}
    for pid, megabytes in held.items():
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
        name = "postgres" if words[0].startswith("postgres") or "bin/postgres" in words[0] else "supervisor"
        name = "site" if "granian" in words else "worker" if "worker" in words else name
        found[name] = found.get(name, 0.0) + megabytes
    return sorted(found.items(), key=lambda one: -one[1])
