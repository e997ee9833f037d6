"""User names and passwords of the demonstration: made for each installation, kept in its data folder only."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Login:
    """How to sign in as one of the people of the demonstration."""

    role: str
    role_name: str
    area: str
    area_name: str
    title: str
    username: str
    password: str


def known_logins() -> list[Login]:
    """The logins of this installation, in the order in which a need travels; none before the first start."""
    try:
        rows = json.loads(_path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return [Login(**row) for row in rows]


def keep_logins(logins: list[Login]) -> None:
    """Write the logins so that only the owner of the data folder can read them."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump([asdict(login) for login in logins], file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def guided_tour() -> list[Login]:
    """One login of each role in the first province of the demonstration, as shown when it starts."""
    seen: dict[str, Login] = {}
    for login in known_logins():
        seen.setdefault(login.role, login)
    return list(seen.values())


def _path() -> Path:
    return Path(settings.PRASAN_DATA) / "demo_logins.json"
