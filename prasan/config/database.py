"""Which database a command works on, and whether an outside one can carry Prasan."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit

from prasan.config import postgres
from prasan.config.faults import Fault
from prasan.config.folder import SOURCE, DataFolder

OLDEST_VERSION = 150000


@contextmanager
def database_at_hand(environment: Mapping[str, str] = os.environ) -> Iterator[None]:
    """The database for the time of one command: DATABASE_URL's, or the embedded one of the data folder."""
    if url := environment.get("DATABASE_URL", ""):
        check_outside(url)
        yield
    else:
        with postgres.available(DataFolder.chosen(environment)):
            yield


def check_outside(url: str) -> None:
    """Refuse, in one sentence, a database that cannot be reached, is too old or cannot find Thai words."""
    import psycopg

    where = _without_password(url)
    try:
        with psycopg.connect(url, connect_timeout=5, autocommit=True) as connection:
            version = connection.info.server_version
            if version < OLDEST_VERSION:
                raise Fault(
                    f"ฐานข้อมูลที่ {where} เป็น PostgreSQL รุ่น {version // 10000} กรุณาใช้รุ่น 15 ขึ้นไป",
                    f"The database at {where} runs PostgreSQL {version // 10000}; please use 15 or later.",
                )
            connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            found = connection.execute("SELECT show_trgm('น้ำท่วม')").fetchone()
    except psycopg.errors.OperationalError as error:
        raise Fault(
            f"ติดต่อฐานข้อมูลที่ {where} ไม่ได้ กรุณาตรวจ DATABASE_URL ({_first_line(error)})",
            f"The database at {where} cannot be reached; please check DATABASE_URL ({_first_line(error)}).",
        ) from error
    except psycopg.Error as error:
        raise Fault(
            f"ฐานข้อมูลที่ {where} ไม่มี pg_trgm ให้ใช้ กรุณาให้ผู้ดูแลสั่ง CREATE EXTENSION pg_trgm ({_first_line(error)})",
            f"The database at {where} has no usable pg_trgm; please ask its keeper to run "
            f"CREATE EXTENSION pg_trgm ({_first_line(error)}).",
        ) from error
    if not found or not found[0]:
        raise Fault(
            f"ฐานข้อมูลที่ {where} ค้นคำไทยไม่ได้ กรุณาสร้างฐานข้อมูลใหม่ด้วย locale C.UTF-8 หรือ th_TH.UTF-8",
            f"The database at {where} cannot search Thai words; please create it anew with the locale "
            "C.UTF-8 or th_TH.UTF-8.",
        )


def is_prepared(folder: DataFolder) -> bool:
    """Has this very code already prepared this very embedded database?"""
    try:
        return folder.prepared.read_text(encoding="ascii") == _code_and_database(folder)
    except FileNotFoundError:
        return False


def mark_prepared(folder: DataFolder) -> None:
    new = folder.prepared.with_suffix(".new")
    new.write_text(_code_and_database(folder), encoding="ascii")
    new.replace(folder.prepared)


def _code_and_database(folder: DataFolder) -> str:
    code = hashlib.sha256()
    for path in [*sorted((SOURCE / "prasan").rglob("*.py")), SOURCE / "requirements.lock"]:
        code.update(path.read_bytes())
    control = (folder.cluster / "global" / "pg_control").read_bytes()
    return f"{code.hexdigest()} {control[:8].hex()}"  # pg_control opens with the number given at initdb


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}{parts.path}"


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
