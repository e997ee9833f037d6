import psycopg
import pytest

from prasan.config import database, postgres
from prasan.config.faults import Fault


def test_unreachable_database_is_one_sentence_without_its_password():
    with pytest.raises(Fault) as caught:
        database.check_outside("postgresql://somebody:geheim@127.0.0.1:1/prasan")

    assert caught.value.en.startswith("The database at 127.0.0.1:1/prasan cannot be reached")
    assert "geheim" not in caught.value.th + caught.value.en


def test_database_that_cannot_search_thai_is_refused(folder, server_of):
    server_of(folder).start()
    url = postgres.database_url(folder.path)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE plain TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'")

    database.check_outside(url)
    with pytest.raises(Fault, match="cannot search Thai words"):
        database.check_outside(url.removesuffix("/prasan") + "/plain")


def test_old_database_is_refused(folder, server_of, monkeypatch):
    server_of(folder).start()
    monkeypatch.setattr(database, "OLDEST_VERSION", 990000)

    with pytest.raises(Fault, match=r"runs PostgreSQL 18; please use 15 or later"):
        database.check_outside(postgres.database_url(folder.path))


def test_database_is_prepared_by_this_code_only(folder, monkeypatch, tmp_path):
    assert not database.is_prepared(folder)

    database.mark_prepared(folder)
    assert database.is_prepared(folder)

    (tmp_path / "prasan").mkdir()
    (tmp_path / "requirements.lock").write_text("")
    monkeypatch.setattr(database, "SOURCE", tmp_path)
    assert not database.is_prepared(folder)


def test_another_database_in_the_same_place_is_not_prepared(folder):
    database.mark_prepared(folder)
    control = folder.cluster / "global" / "pg_control"
    control.write_bytes(b"another!" + control.read_bytes()[8:])

    assert not database.is_prepared(folder)
