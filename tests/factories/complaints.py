"""Complaints on any stage of their way, with the people who bring them there."""

from __future__ import annotations

from dataclasses import dataclass

from prasan.accounts.models import User
from prasan.agencies.models import Agency
from prasan.complaints import actions
from prasan.complaints.imports.lists import receive_file
from prasan.complaints.models import Complaint, ComplaintList, Kind, Photograph, Referral
from prasan.kernel.calendar import today
from prasan.places.models import Area
from tests.factories.agencies import make_agency, make_area, make_holder
from tests.factories.documents import make_file

VILLAGE = "32070401"
TAMBON, PROVINCE = VILLAGE[:6], VILLAGE[:2]
WORDS = "ไฟทางดับปากซอยทุ่งทอง 5 มาสามวันแล้ว มืดมาก"


def make_kind(code: str = "lighting") -> Kind:
    """One of the kinds that come with the installation."""
    return Kind.objects.get(code=code)


def tell(
    words: str = WORDS, *, area: Area | str = VILLAGE, kind: str = "", **told: object
) -> actions.ComplaintWords:
    """What a sender tells."""
    place = area if isinstance(area, Area) else make_area(area)
    return actions.ComplaintWords(words, place, kind=make_kind(kind) if kind else None, **told)


def make_taken_in(words: str = WORDS, **told: object) -> actions.TakenIn:
    """A complaint that somebody sent without a name, with its secret."""
    return actions.take_in(tell(words, **told), manner="anonymous")


def make_complaint(words: str = WORDS, **told: object) -> Complaint:
    """A complaint that somebody sent without a name."""
    return make_taken_in(words, **told).complaint


@dataclass
class Centre:
    """A centre that takes complaints in, two agencies that help, and who works there."""

    officer: User
    handler: User
    agency: Agency
    other_handler: User
    other: Agency
    governor: User


def make_centre(province: str = PROVINCE) -> Centre:
    """The people of a province who bring a complaint to its end."""
    area = make_area(province)
    agency, other = make_agency(area), make_agency(area)
    return Centre(
        officer=make_holder("complaint_officer", area),
        handler=make_holder("agency_officer", area, agency=agency),
        agency=agency,
        other_handler=make_holder("agency_officer", area, agency=other),
        other=other,
        governor=make_holder("governor", area),
    )


def make_screened(centre: Centre, words: str = WORDS, *, title: str = "ไฟทางดับ", **told: object) -> Complaint:
    """A complaint that the centre has screened."""
    complaint = make_complaint(words, **told)
    return actions.screen_complaint(complaint, kind=make_kind(), title=title, by=centre.officer)


def make_referred(centre: Centre, words: str = WORDS, **told: object) -> tuple[Complaint, Referral]:
    """A complaint that was sent to the first agency."""
    referred = actions.refer_complaint(
        make_screened(centre, words, **told), lead=centre.agency, by=centre.officer
    )
    return referred, referred.referrals.get()


def make_complaint_list(centre: Centre, content: bytes) -> ComplaintList:
    """A file of complaints that the centre sent and whose columns nobody has confirmed yet."""
    return receive_file(make_area(PROVINCE), centre.agency, content, name="เรื่อง.csv", by=centre.officer)


def make_rows_of_every_kind() -> None:
    """A few rows of every table of the room, for tests that compare rights row by row."""
    centre = make_centre()
    make_complaint()
    referred, _referral = make_referred(centre)
    Photograph.objects.create(complaint=referred, file=make_file(), name="หลุม.jpg", shows="trouble")
    make_complaint(kind="official", subject_agency=centre.other)
    main, other = make_screened(centre), make_screened(centre)
    make_complaint_list(centre, "เลขที่เรื่อง,รายละเอียด\n1,น้ำท่วม".encode())
    actions.join_complaint(other, main, by=centre.officer, note="เรื่องเดียวกัน")
    actions.close_complaint(make_screened(centre), reason="solved", by=centre.officer, note="แก้ไขแล้ว")
    actions.keep_template(None, agency=centre.agency, name="รับเรื่อง", text="ได้รับเรื่องแล้ว", by=centre.handler)
    book = actions.draft_rules(make_area(PROVINCE), by=centre.officer)
    actions.add_rule(book, actions.RuleWords(make_area(PROVINCE), agency=centre.agency), by=centre.officer)
    head = make_holder("provincial_head", make_area(PROVINCE))
    actions.set_limit("answer", 7, area=make_area(PROVINCE), kind=None, valid_from=today(), by=head)
