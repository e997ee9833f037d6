"""The first thread through the pages: a need becomes an item of the plan that everybody can read."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from prasan.planning.models import Attachment, Need, PlanItem, Proposal, Routing
from tests.factories.planning import make_issue, make_resolution, make_sector


def picture(name="pond.jpg"):
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(stream, "JPEG")
    return SimpleUploadedFile(name, stream.getvalue(), "image/jpeg")


def take(client, address, **typed):
    response = client.post(address, typed)
    assert response.status_code == 302, response.content.decode()[-3000:]
    return response


def test_need_reaches_the_public_plan_through_the_pages(world, browser):
    sector, issue, resolution = make_sector(), make_issue(), make_resolution("320704")
    head, tambon, amphoe = browser("village_head"), browser("tambon_secretary"), browser("amphoe_secretary")
    officer, governor, public = browser("agency_officer"), browser("governor"), browser("public")
    version = world.version()

    take(
        head,
        "/needs/new/",
        title="ขุดลอกสระน้ำหนองแวง",
        area=world.village.pk,
        sector=sector.pk,
        households="๔๐",
        point_latitude="15.1",
        point_longitude="103.6",
        taken=picture(),
    )
    need = Need.objects.get()
    take(
        head,
        "/proposals/new/",
        needs=need.pk,
        name="โครงการขุดลอกสระน้ำหนองแวง",
        sector=sector.pk,
        fiscal_year="2571",
        rationale="น้ำไม่พอใช้",
        objective="มีน้ำใช้ตลอดปี",
        budget_asked="1,250,000",
        households="40",
    )
    proposal = Proposal.objects.get()
    address = f"/proposals/{proposal.pk}"
    take(tambon, f"{address}/steps/review/")
    take(
        tambon,
        f"{address}/acts/classify/",
        doer="refer",
        level="provincial",
        serves=issue.pk,
        resolution=resolution.pk,
    )
    take(tambon, f"{address}/steps/pass_on/")
    take(amphoe, f"{address}/acts/forward/", lead=world.agency.pk)
    routing = Routing.objects.get()
    take(officer, f"/routings/{routing.pk}/steps/receive/")
    take(officer, f"/routings/{routing.pk}/acts/accept/", note="ทำได้ในปีแรก")
    take(governor, f"{address}/acts/include/", version=version.pk)
    take(tambon, f"/needs/{need.pk}/photos/{Attachment.objects.get().pk}/release/", public="on")

    item = PlanItem.objects.get()
    page = public.get(f"/plan/items/{item.pk}/").content.decode()
    assert Need.objects.get().state == "answered"
    assert Need.objects.get().households == 40
    assert (item.amount, item.version) == (1_250_000, version)
    assert "โครงการขุดลอกสระน้ำหนองแวง" in page
    assert "ทำได้ในปีแรก" in page
    photograph = public.get(f"/needs/{need.pk}/photos/{Attachment.objects.get().pk}/")
    assert b"".join(photograph.streaming_content).startswith(b"\xff\xd8")
    for role in ("village_head", "tambon_secretary", "amphoe_secretary", "agency_officer", "governor"):
        assert world.person(role).name not in page
