"""The pages of figures: every figure equals the list it leads to, and the public finds no small one."""

import csv
import io
import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.urls import reverse

from prasan.complaints import actions
from prasan.complaints.models import Complaint
from prasan.kernel.calendar import today
from tests.factories.agencies import make_area, make_holder
from tests.factories.complaints import (
    PROVINCE,
    VILLAGE,
    make_centre,
    make_complaint,
    make_kind,
    make_referred,
    make_screened,
)

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a href="(/complaints/\?[^"]+)">([\d,.]+)</a>')


def backdate(month: date) -> None:
    """Put what was told into a month, as if it had come then; the figures follow as after a repair."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE complaints_complaint SET created_at = %s", [f"{month}T12:00:00+07:00"])
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("DELETE FROM complaints_tallychange")
        cursor.execute("DELETE FROM complaints_tally")
        cursor.execute(
            "INSERT INTO complaints_tally (area_code, above, kind, month, agency_id, what, days, number)"
            " SELECT area_code, above, kind, month, agency_id, what, days, number FROM complaints_recount"
        )


def make_a_year(centre):
    """Complaints in many states, in two amphoe, at two agencies, repeated, late, rated and opened again."""
    done, referral = make_referred(centre)
    actions.acknowledge_referral(referral, by=centre.handler)
    actions.answer_referral(referral, by=centre.handler, note="ซ่อมแล้ว")
    actions.close_complaint(done, reason="solved", by=centre.officer, note="ซ่อมแล้ว")
    actions.rate(done, 4)
    again, referral = make_referred(centre, area="32080101")
    actions.return_referral(referral, by=centre.handler, note="ส่งคืน")
    actions.refer_complaint(again, lead=centre.other, by=centre.officer)
    main, repeat = make_screened(centre), make_screened(centre)
    desk = actions.take_in_at_desk(
        actions.ComplaintWords("ไฟดับ", make_area(VILLAGE), kind=make_kind()),
        channel="phone",
        manner="anonymous",
        by=centre.officer,
    ).complaint
    for each in (repeat, desk):
        actions.join_complaint(each, main, by=centre.officer, note="เรื่องเดียวกัน")
    opened = make_screened(centre)
    actions.close_complaint(opened, reason="cannot", by=centre.officer, note="ไม่ได้")
    actions.reopen_by_sender(opened, note="ยังไม่ได้แก้")
    make_complaint()
    make_complaint(kind="official", subject_agency=centre.other)
    Complaint.objects.filter(pk=main.pk).update(was_late=True)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?kind=lighting",
        f"?period={today():%Y-%m}",
        "?period=fy2500",
        "?kind=nothing&colour=half&period=x",
    ],
)
@pytest.mark.parametrize("code", ["TH", PROVINCE, "3207", VILLAGE[:6]])
def test_every_figure_equals_the_list_it_leads_to(client, code, query):
    centre = make_centre()
    make_a_year(centre)
    make_complaint(area="330101")
    user = make_holder("ministry_officer") if code == "TH" else centre.governor
    client.force_login(user)

    page = client.get(reverse("complaints:figures", args=[code]) + query)

    links = [
        (address.replace("&amp;", "&"), float(value.replace(",", "")))
        for address, value in LINK.findall(re.sub(r"\s+", " ", page.content.decode()))
    ]
    assert len(links) > 20
    compared = 0
    for address, value in set(links):
        asked = parse_qs(urlsplit(address).query)
        frame = client.get(address).context["frame"]
        unknown = {name for name in asked if name not in dict(frame.hidden)}
        assert unknown == set(), f"{address} is not narrowed by {unknown}"
        if (
            asked.get("state") != ["closed"]
            and asked.get("group") != ["rated"]
            and "-" not in asked.get("agency", [""])[0]
        ):
            assert frame.count == value, address
            compared += 1
    assert compared > 10


def test_tables_are_saved_as_they_are_shown(client):
    centre = make_centre()
    make_a_year(centre)
    client.force_login(centre.governor)
    for table in ("areas", "kinds", "months", "agencies"):
        file = client.get(reverse("complaints:figures", args=[PROVINCE]), {"table": table, "export": "csv"})
        rows = list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"))))
        assert len(rows) > 1
        assert len({len(row) for row in rows}) == 1


def test_figures_are_not_for_everybody(client):
    centre = make_centre()
    for user in (centre.handler, make_holder("governor", make_area("33"))):
        client.force_login(user)
        assert client.get(reverse("complaints:figures", args=[PROVINCE])).status_code == 404
    client.force_login(centre.handler)
    assert client.get(reverse("complaints:own-figures")).status_code == 404
    client.force_login(centre.governor)
    assert client.get(reverse("complaints:own-figures")).headers["Location"].endswith(f"/{PROVINCE}/")
    for code in ("99", "x", "3" * 30):
        assert client.get(reverse("complaints:figures", args=[code])).status_code == 404
    assert "ยังไม่มีเรื่อง" in client.get(reverse("complaints:figures", args=[PROVINCE])).content.decode()


def test_public_sees_quarters_that_are_over_and_no_small_number(client):
    public = reverse("complaints:public-figures")
    province = reverse("complaints:public-province", args=[PROVINCE])
    centre = make_centre()
    assert "ยังไม่มีไตรมาส" in client.get(public).content.decode()
    for _number in range(6):
        make_complaint(kind="lighting")
    make_complaint(kind="road")
    make_complaint(kind="official", subject_agency=centre.other)
    assert "ยังไม่มีไตรมาส" in client.get(public).content.decode()
    backdate(date(2026, 5, 14))

    told = client.get(province, {"quarter": "2569-3"})

    assert told.context["told"].shown == {("3207", "lighting"): 6}
    assert told.context["told"].hidden == {("3207", "road")}
    assert told.context["told"].total == 6
    assert "เจ้าหน้าที่ของรัฐ" not in told.content.decode()
    assert [
        number
        for area, number in client.get(public, {"quarter": "2569-3"}).context["provinces"]
        if area.pk == PROVINCE
    ] == [6]
    for query in ("?quarter=2569-3", "?quarter=x", "?quarter=9999-9"):
        assert client.get(province + query).status_code == 200
    assert client.get(reverse("complaints:public-province", args=["3207"])).status_code == 404
