from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from bench import need_storm, need_submit
from bench.telling import Form
from prasan.planning.models import Need, Sector
from tests.factories.planning import VILLAGE, World, make_call

TABLES = (
    "planning_need",
    "planning_tallychange",
    "ledger_entry",
    "ledger_unsealed",
    "procrastinate_jobs",
    "planning_attachment",
)


@pytest.fixture
def world(db):
    world = World()
    make_call(world)
    world.need("entered")  # the answer to the call, which only the first need of a village gives
    return world


@pytest.fixture
def head(world):
    client = Client()
    client.force_login(world.person("village_head"))
    return client


@pytest.fixture
def form(world):
    sector = Sector.objects.filter(is_open=True)[0].pk
    return Form(cookie="", token="", area=VILLAGE, sector=sector, point=("15.1", "103.9"))


def rows():
    with connection.cursor() as cursor:
        counted = {}
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            counted[table] = cursor.fetchone()[0]
    return counted


def send(client, address, filled):
    _address, body, headers = filled
    before = rows()
    answer = client.generic("POST", address, body, headers["Content-Type"])
    after = rows()
    return answer, {table: after[table] - before[table] for table in TABLES}


def test_plain_view_writes_the_rows_of_the_form(settings, head, form):
    settings.ROOT_URLCONF = "bench.reference_site"
    real = form.filled("ขุดลอกหนองน้ำ", uuid4())

    answers = [send(head, real[0], real), send(head, need_submit.PLAIN, form.filled("ขุดลอกหนองน้ำ"))]

    assert [answer.status_code for answer, _rows in answers] == [302, 302]
    assert answers[0][1] == {
        "planning_need": 1,
        "planning_tallychange": answers[0][1]["planning_tallychange"],
        "ledger_entry": 2,
        "ledger_unsealed": 2,
        "procrastinate_jobs": 2,
        "planning_attachment": 0,
    }
    assert {**answers[1][1], "planning_tallychange": 0} == {**answers[0][1], "planning_tallychange": 0}
    first, second = Need.objects.order_by("-pk").values("state", "call_id", "area_id", "title", "latitude")[
        :2
    ]
    assert first == second


def test_photograph_is_one_that_the_site_takes(head, form, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    real = form.filled("ขุดลอกหนองน้ำ", photograph=need_submit.photograph())

    answer, written = send(head, real[0], real)

    assert (answer.status_code, written["planning_attachment"]) == (302, 1)


def test_storm_counts_a_need_as_whole_with_both_its_entries(head, form):
    key = uuid4()
    real = form.filled(f"{need_storm.MARK} 7", key)

    send(head, real[0], real)

    need = Need.objects.get(form_key=key)
    assert kept_by_storm() == [(need.title, f"/needs/{need.pk}/", key, True)]
    Need.objects.filter(pk=need.pk).update(state="draft")
    assert kept_by_storm() == [(need.title, f"/needs/{need.pk}/", key, False)]


def kept_by_storm():
    with connection.cursor() as cursor:
        cursor.execute(need_storm.KEPT, [f"{need_storm.MARK} %"])
        return cursor.fetchall()
