"""Areas of an innovation on its form, its page, in the gallery, on the map and in a file."""

import pytest
from django.urls import reverse

from prasan.innovations.models import Innovation
from prasan.places.models import Area, AreaCount
from tests.factories.innovations import make_innovation, make_owner, make_provinces
from tests.factories.places import make_local_government

pytestmark = pytest.mark.django_db

GALLERY, MAP, NEW = (reverse(f"innovations:{name}") for name in ("gallery", "map", "new"))
TOLD = {"title": "ตู้จ่ายยาอัตโนมัติ", "kind": "service"}


def page_of(innovation, name="innovation"):
    return reverse(f"innovations:{name}", args=[innovation.pk])


def told_by(innovation):
    return [each.code for each in innovation.areas.all()]


@pytest.fixture
def owner(client):
    make_provinces()
    owner = make_owner("32")
    client.force_login(owner.writer)
    return owner


def test_new_one_is_asked_with_the_own_area_and_takes_several(client, owner):
    body = make_local_government("4001", "น้ำใส")
    opened = client.get(NEW, follow=True)
    form = opened.context["form"]

    client.post(
        NEW,
        {
            **TOLD,
            "owner": owner.agency.pk,
            "form_key": form["form_key"].value(),
            "areas": "จังหวัดสุรินทร์\r\n\r\n45\nเทศบาลตำบลน้ำใส\n",
        },
    )

    assert form["areas"].value() == "จังหวัดสุรินทร์"
    assert told_by(Innovation.objects.get()) == ["32", f"4001:{body.pk}", "45"]


def test_area_whose_tick_is_taken_away_goes_and_others_come(client, owner):
    innovation = make_innovation(owner, areas=[Area.objects.get(pk="32"), Area.objects.get(pk="40")])
    kept = innovation.areas.get(area="40").pk

    shown = client.get(page_of(innovation, "edit")).content.decode()
    client.post(page_of(innovation, "edit"), {**TOLD, "kept_areas": [kept], "areas": "จังหวัดร้อยเอ็ด"})
    placed = told_by(innovation)
    client.post(page_of(innovation, "edit"), TOLD)

    assert "จังหวัดขอนแก่น" in shown
    assert placed == ["40", "45"]
    assert told_by(innovation) == []


def test_every_line_that_names_no_place_is_told_and_what_was_typed_stays(client, owner):
    for province in ("3203", "4001"):
        make_local_government(province, "สองแห่ง")
    typed = "แดนไกล\nจังหวัดขอนแก่น\nเทศบาลตำบลไม่มี\nเทศบาลตำบลสองแห่ง"

    answer = client.post(NEW, {**TOLD, "owner": owner.agency.pk, "areas": typed})

    faults = answer.context["form"].errors["areas"]
    assert answer.status_code == 422
    assert len(faults) == 3
    assert "แดนไกล" in faults[0]
    assert faults[1] == "“เทศบาลตำบลไม่มี”: ไม่พบองค์กรปกครองส่วนท้องถิ่นชื่อนี้ กรุณาเขียนชื่อเต็ม หรือระบุอำเภอหรือตำบลแทน"
    assert "กรุณาระบุที่ตั้ง" in faults[2]
    assert typed in answer.content.decode()
    assert not Innovation.objects.exists()


def test_gallery_map_and_file_count_it_in_each_of_its_provinces(client, owner):
    several = [Area.objects.get(pk=code) for code in ("32", "40", "45")]
    wide = make_innovation(owner, "registered", areas=[*several, make_local_government("4001").amphoe])
    unknown = make_innovation(owner, "registered", areas=[])
    cluster = Area.objects.get(pk="40").cluster_id

    def found(**asked):
        return [row[0].pk for row in client.get(GALLERY, asked).context["rows"]]

    assert found() == [unknown.pk, wide.pk]
    assert [found(province=code) for code in ("32", "40", "57")] == [[wide.pk], [wide.pk], []]
    assert found(cluster=cluster) == [wide.pk]
    counted = {area.code: number for area, number, *_more in client.get(MAP).context["rows"]}
    assert counted == {"32": 1, "40": 1, "45": 1}
    for asked in ({"province": "40"}, {"cluster": cluster}, {"cluster": cluster, "province": "40"}):
        rows = client.get(MAP, asked).context["rows"]
        linked = [client.get(f"{GALLERY}?{query}").context["frame"].count for *_shown, query in rows]
        assert [number for _area, number, *_more in rows] == linked
    assert "และอีก 1 แห่ง" in client.get(GALLERY).content.decode()
    written = b"".join(client.get(GALLERY, {"export": "csv"})).decode("utf-8-sig").splitlines()
    assert "32, 40, 45" in written[2]
    assert "จังหวัดร้อยเอ็ด" in written[2]
    assert "จังหวัด" not in written[1].replace(str(owner.agency), "")


def test_page_names_every_area_and_says_where_none_is_known(client, owner):
    placed = make_innovation(owner, areas=[Area.objects.get(pk="40"), make_local_government("4501")])
    unknown = make_innovation(owner, areas=[])

    shown, bare = (client.get(page_of(each)) for each in (placed, unknown))

    told = dict(shown.context["facts"])
    assert told["พื้นที่ดำเนินการ"].startswith("จังหวัดขอนแก่น, เทศบาลตำบลท่าตูม ")
    assert "พื้นที่ดำเนินการ" in bare.context["unknown"]
    assert "ยังไม่ได้ระบุพื้นที่ดำเนินการ" in bare.content.decode()
    assert "ยังไม่ได้ระบุพื้นที่ดำเนินการ" not in shown.content.decode()


def test_provinces_like_ones_own_are_those_in_which_it_is_carried_out(client, owner):
    Area.objects.filter(level=1).update(cluster=None)
    for code in ("32", "31", "45"):
        AreaCount.objects.create(area_id=code, villages=2000)
    innovation = make_innovation(
        make_owner("57"), "registered", areas=[Area.objects.get(pk=code) for code in ("31", "45")]
    )
    alike = make_innovation(make_owner("58"), "registered", areas=[Area.objects.get(pk="32")])

    beside = client.get(page_of(innovation)).context["beside"]

    assert {each.province.pk: each.innovations for each in beside.done_by} == {
        "31": [innovation],
        "45": [innovation],
    }
    assert [str(each.nearness) for each in beside.alike if each.innovation == alike] == ["ของจังหวัดท่าน"]


def test_two_who_change_it_at_once_write_nothing_over(client, owner):
    innovation = make_innovation(
        owner, "registered", areas=[Area.objects.get(pk="32"), Area.objects.get(pk="40")], impact="เดิม"
    )
    form = client.get(page_of(innovation, "edit")).context["form"]
    kept = {each.area_id: each.pk for each in innovation.areas.all()}
    mine = {**form.initial, "areas": "", "kept_areas": list(kept.values()), "impact": "ของฉัน"}
    mine = {name: value for name, value in mine.items() if value is not None}
    theirs = {**mine, "kept_areas": [kept["32"]], "impact": "ของเพื่อน", "aspects": ["systems"]}

    client.post(page_of(innovation, "edit"), theirs)
    answer = client.post(page_of(innovation, "edit"), mine)
    innovation.refresh_from_db()
    after_refusal = innovation.impact, told_by(innovation)
    again = client.post(page_of(innovation, "edit"), {**mine, "read": answer.context["form"]["read"].value()})
    innovation.refresh_from_db()

    assert answer.status_code == 422
    assert answer.context["form"]["impact"].value() == "ของฉัน"
    assert dict(answer.context["meanwhile"]) == {
        "อะไรดีขึ้น (Impact)": "ของเพื่อน",
        "พัฒนาด้านใดบ้าง": "ระบบงาน",
        "พื้นที่ดำเนินการ": "จังหวัดสุรินทร์",
    }
    assert after_refusal == ("ของเพื่อน", ["32"])
    assert again.status_code == 302
    assert (innovation.impact, told_by(innovation)) == ("ของฉัน", ["32"])
