"""Splink, in an environment of its own below var/: rows as words, names, numbers, place, day and kinds."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bench.match_reference.texts import words_of
from bench.match_reference.tuning import Variant, fixed, learnt, weights_of_levels
from bench.match_rows import Pair, Row
from prasan.config.folder import SOURCE

LOCK = SOURCE / "requirements-bench.lock"
ENVIRONMENT = SOURCE / "var" / "bench-splink"
STAMP = ENVIRONMENT / "made-from"
PROGRAM = Path(__file__).with_name("splink_program.py")
COMPARISONS = {"text": 10, "names": 5, "numbers": 3, "latitude_longitude": 10, "day": 8, "kinds": 2}
"""The comparisons of the model and how many levels each has."""
COMMON, RARE = 0.08, 0.003
"""Shares of the rows: a word in more of them says nothing, one in fewer is as good as a name."""
COLUMNS = ("row_id", "bare", "latitude", "longitude", "day", "words", "names", "numbers", "kinds")
NUMBER = re.compile(r"\d+(?:/\d+)?")
UNMET = (0.001, 0.001)
"""For a level that no judged pair has: it tells nothing."""
NOTHING_SAID = "อื่นๆ"
THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

Weights = Mapping[str, Sequence[tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What Splink made of a job: the weights of given pairs, the groups at each threshold, the seconds."""

    weighed: dict[tuple[str, str], dict[str, float]]
    groups: list[dict[str, str]]
    seconds: dict[str, float]


def python() -> Path:
    """The Python of Splink's environment, which is made where it is missing or out of date."""
    program = ENVIRONMENT / "bin" / "python"
    if not is_made():
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        _carefully(sys.executable, "-m", "venv", ENVIRONMENT)
        _carefully(program, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", LOCK)
        STAMP.write_text(_digest())
    return program


def is_made() -> bool:
    """Whether the environment holds what the lock file says."""
    return STAMP.exists() and STAMP.read_text() == _digest()


def _digest() -> str:
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def run(
    rows: Iterable[Row],
    *,
    pairs: Sequence[tuple[str, str]] = (),
    thresholds: Sequence[float] = (),
    weights: Weights | None = None,
    workers: int = 2,
    memory: str = "12GB",
) -> Answer:
    """Have Splink learn from the rows, unless it is given weights, and weigh the pairs or group all rows."""
    with _folder() as folder:
        began = perf_counter()
        write_rows(rows, folder / "rows.csv")
        words = perf_counter() - began
        with (folder / "pairs.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(("match_key", "join_key_l", "join_key_r"))
            writer.writerows(("0", *sorted(pair)) for pair in set(pairs))
        limits = {"threads": workers, "memory_limit": memory, "temp_directory": str(folder / "spilt")}
        job = {"pairs": bool(pairs), "thresholds": list(thresholds), "weights": weights, "limits": limits}
        (folder / "job.json").write_text(json.dumps(job))
        _carefully(python(), PROGRAM, folder)
        weighed = dict(_weighed(folder / "weighed.csv")) if pairs else {}
        groups = [_groups(folder / f"groups-{number}.csv") for number in range(len(thresholds))]
        seconds = json.loads((folder / "seconds.json").read_text())
    return Answer(weighed, groups, {"words": words, **seconds})


def variants(rows: Mapping[str, Row], pairs: Sequence[tuple[str, str]]) -> dict[str, Variant]:
    """Weights learnt without labels, and those learnt from them for the same comparisons."""
    told = _told(rows, pairs)
    unsupervised = [
        sum(each[f"mw_{name}"] + each.get(f"mw_tf_adj_{name}", 0.0) for name in COMPARISONS) for each in told
    ]
    levels = [_levels(told, name) for name in COMPARISONS]
    return {"unsupervised": fixed(unsupervised), "from labels": weights_of_levels(levels)}


def weights_from(pairs: Sequence[Pair], rows: Mapping[str, Row]) -> Weights:
    """The share of each level, the most alike first, among pairs judged to be of one problem and others."""
    untrained = {name: [UNMET] * count for name, count in COMPARISONS.items()}  # levels are told all the same
    told = _told(rows, [(pair.row_a, pair.row_b) for pair in pairs], untrained)
    truths = [pair.is_same for pair in pairs]
    found = {}
    for name, count in COMPARISONS.items():
        shares = learnt(_levels(told, name), truths)
        found[name] = [shares.get(level, UNMET) for level in reversed(range(count))]
    return found


def _told(
    rows: Mapping[str, Row], pairs: Sequence[tuple[str, str]], weights: Weights | None = None
) -> list[dict[str, float]]:
    weighed = run(rows.values(), pairs=pairs, weights=weights).weighed
    return [weighed[min(pair), max(pair)] for pair in pairs]


def _levels(told: Sequence[Mapping[str, float]], name: str) -> list[int]:
    return [int(each[f"gamma_{name}"]) for each in told]


def write_rows(rows: Iterable[Row], place: Path) -> None:
    """The rows as Splink is to see them; the texts are cut into words here."""
    spread: Counter[str] = Counter()
    spool = place.with_suffix(".words")
    count, first = 0, None
    with spool.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        for row in rows:
            count += 1
            text = _plain(row.text)
            words = sorted(set(words_of(text)))
            spread.update(words)
            kinds = " ".join(kind for kind in row.kinds if kind != NOTHING_SAID)
            seconds = row.at.timestamp() if row.at else None
            first = seconds if first is None else min(first, seconds or first)
            writer.writerow((row.row_id, text, row.latitude, row.longitude, seconds, " ".join(words), kinds))
    common, rare = max(COMMON * count, 3), max(RARE * count, 2)
    with (
        spool.open(encoding="utf-8", newline="") as stream,
        place.open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for row_id, text, latitude, longitude, at, told, kinds in csv.reader(stream):
            words = [word for word in told.split() if spread[word] <= common and not word.isdecimal()]
            names = [word for word in words if spread[word] <= rare and len(word) > 2]
            names.sort(key=lambda word: (spread[word], word))
            numbers = " ".join(sorted(set(NUMBER.findall(text))))
            day = (float(at) - first) / 86_400 if at and first is not None else ""
            writer.writerow(
                (row_id, text, latitude, longitude, day, " ".join(words), " ".join(names), numbers, kinds)
            )
    spool.unlink()


def _carefully(*command: str | Path) -> None:
    """Run a program whose many words are of use only where it fails."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, errors="replace")
    if done.returncode:
        raise RuntimeError(f"{command[1]} failed with {done.returncode}: {done.stderr[-3000:]}")


def _plain(text: str) -> str:
    return " ".join(text.translate(THAI_DIGITS).lower().replace("\u200b", "").replace('"', " ").split())


def _weighed(place: Path) -> Iterator[tuple[tuple[str, str], dict[str, float]]]:
    with place.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            pair = row.pop("row_id_l"), row.pop("row_id_r")
            yield (
                (min(pair), max(pair)),
                {name: float(value) for name, value in row.items() if name.startswith(("mw_", "gamma_"))},
            )


def _groups(place: Path) -> dict[str, str]:
    with place.open(encoding="utf-8", newline="") as stream:
        return {row["row_id"]: row["cluster_id"] for row in csv.DictReader(stream)}


@contextmanager
def _folder() -> Iterator[Path]:
    var = SOURCE / "var"
    var.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-splink-job-", dir=var))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
