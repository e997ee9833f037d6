"""Bodies, committees and the people of a province, named by their posts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.hashers import make_password

from prasan.accounts.models import User
from prasan.agencies.actions import delegate, found_agency, found_committee, open_account, seat_member
from prasan.agencies.models import Agency, Committee, Membership, Posting
from prasan.demo.logins import Login
from prasan.demo.provinces import OFFICES, DemoProvince
from prasan.kernel.calendar import FiscalYear, today
from prasan.places.models import COUNTRY, Area, Level, LocalGovernmentKind


@dataclass
class Staff:
    """Who works where in a province, for the stories to call on."""

    province: Area
    password: str
    password_hash: str
    agencies: dict[str, Agency] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    committees: dict[str, Committee] = field(default_factory=dict)
    logins: list[Login] = field(default_factory=list)

    def person(self, username: str) -> User:
        """A fresh reading of the person, with the postings and seats that he has by now."""
        return User.objects.get(pk=self.people[username].pk)


def staff_ministry(password: str) -> Staff:
    """The ministry above the provinces: who gives the highest posts, and who only reads."""
    country = Area.objects.get(code=COUNTRY)
    staff = Staff(country, password, make_password(password))
    ministry = found_agency(
        code="moi",
        name_th="สำนักงานปลัดกระทรวงมหาดไทย",
        name_en="Office of the Permanent Secretary for Interior",
        level=Agency.Level.CENTRAL,
        area=country,
        by=None,
    )
    staff.agencies["moi"] = ministry
    for username, role, title_th, title_en in (
        ("ministry", "ministry_officer", "เจ้าหน้าที่สำนักงานปลัดกระทรวงมหาดไทย", "Officer of the ministry"),
        ("auditor", "auditor", "ผู้ตรวจราชการกระทรวงมหาดไทย", "Inspector-general of the ministry"),
        ("judge", "judge", "กรรมการพิจารณารางวัลนวัตกรรม", "Juror of the innovation awards"),
    ):
        employ(staff, username, role, ministry, country, title_th, title_en, by=None)
    return staff


def staff_province(plan: DemoProvince, ministry: Staff) -> Staff:
    """A province's agencies, committees and people; the ministry appoints its administrator and governor."""
    province = Area.objects.get(code=plan.code)
    staff = Staff(province, ministry.password, ministry.password_hash)
    above = ministry.person("ministry")
    th, en = f"จังหวัด{province.name_th}", f"{province.name_en} Province"
    hall = _found(
        staff,
        "hall",
        f"ศาลากลาง{th}",
        f"{province.name_en} Provincial Hall",
        province,
        by=above,
        parent=ministry.agencies["moi"],
    )
    office = _found(
        staff,
        "office",
        f"สำนักงาน{th}",
        f"{province.name_en} Provincial Office",
        province,
        by=above,
        parent=hall,
    )
    code = plan.code
    employ(
        staff,
        f"admin-{code}",
        "province_admin",
        office,
        province,
        f"นักวิชาการคอมพิวเตอร์ {th}",
        f"Computer officer, {en}",
        by=above,
    )
    employ(
        staff, f"governor-{code}", "governor", hall, province, f"ผู้ว่าราชการ{th}", f"Governor of {en}", by=above
    )
    admin = staff.person(f"admin-{code}")
    for username, role, title_th, title_en in (
        (
            f"head-{code}",
            "provincial_head",
            f"หัวหน้าสำนักงาน{th}",
            f"Head of the {province.name_en} Provincial Office",
        ),
        (f"analyst-{code}", "analyst", f"นักวิเคราะห์นโยบายและแผน {th}", f"Policy and plan analyst, {en}"),
        (f"finance-{code}", "finance_officer", f"เจ้าหน้าที่การเงินและบัญชี {th}", f"Finance officer, {en}"),
    ):
        employ(staff, username, role, office, province, title_th, title_en, by=admin)
    for body in OFFICES:
        agency = _found(
            staff,
            body.code,
            f"{body.name_th}{province.name_th}",
            f"{body.name_en}, {en}",
            province,
            by=admin,
            parent=hall,
            sectors=body.sectors,
        )
        employ(
            staff,
            f"{body.code}-{code}",
            "agency_officer",
            agency,
            province,
            f"{body.post_th}{province.name_th}",
            f"{body.post_en}, {en}",
            by=admin,
        )
    centre = _found(
        staff,
        "centre",
        f"ศูนย์ดำรงธรรม{th}",
        f"Damrongdhama Centre, {en}",
        province,
        by=admin,
        parent=hall,
    )
    employ(
        staff,
        f"complaints-{code}",
        "complaint_officer",
        centre,
        province,
        f"เจ้าหน้าที่ศูนย์ดำรงธรรม{th}",
        f"Officer of the Damrongdhama Centre, {en}",
        by=admin,
    )
    employ(
        staff,
        f"vice-governor-{code}",
        "agency_officer",
        hall,
        province,
        f"รองผู้ว่าราชการ{th}",
        f"Vice governor of {en}",
        by=admin,
    )
    _staff_amphoe(staff, plan, admin, hall)
    for tambon in (plan.tambon, plan.neighbour):
        _staff_tambon(staff, plan, tambon, admin, is_main=tambon == plan.tambon)
    _seat_provincial_committee(staff, plan, admin)
    _let_vice_governor_act(staff, plan, above)
    return staff


def _staff_amphoe(staff: Staff, plan: DemoProvince, admin: User, hall: Agency) -> None:
    rows = Area.objects.filter(parent=staff.province, level=Level.AMPHOE, is_abolished=False)
    for amphoe in sorted(rows, key=lambda row: (row.code != plan.amphoe, row.sort_key)):
        th, en = amphoe.title, f"Amphoe {amphoe.name_en}"
        agency = _found(
            staff,
            amphoe.code,
            f"ที่ทำการปกครอง{th}",
            f"{en} Office",
            amphoe,
            by=admin,
            parent=hall,
            level=Agency.Level.AMPHOE,
        )
        username = f"amphoe-{amphoe.code}"
        employ(
            staff,
            username,
            "amphoe_secretary",
            agency,
            amphoe,
            f"เลขานุการ กบอ. {th}",
            f"Secretary of the amphoe committee, {en}",
            by=admin,
        )
        _found_committee(
            staff,
            Committee.Kind.AMPHOE,
            amphoe,
            agency,
            f"คณะกรรมการบริหารงาน{th} (กบอ.)",
            f"{en} committee",
            {username: Membership.Seat.SECRETARY},
            by=admin,
        )


def _staff_tambon(staff: Staff, plan: DemoProvince, code: str, admin: User, *, is_main: bool) -> None:
    tambon = Area.objects.get(code=code)
    th, en = f"ตำบล{tambon.name_th}", f"Tambon {tambon.name_en}"
    local = _local_government(staff, tambon, admin)
    villages = list(Area.objects.filter(parent=tambon, is_abolished=False).order_by("moo"))
    if not is_main:
        villages = villages[:3]
    seats = {f"kamnan-{code}": Membership.Seat.CHAIR, f"tambon-{code}": Membership.Seat.SECRETARY}
    post = staff.agencies[plan.amphoe]
    employ(
        staff,
        f"tambon-{code}",
        "tambon_secretary",
        post,
        tambon,
        f"เลขานุการ กบต. {th}",
        f"Secretary of the tambon committee, {en}",
        by=admin,
    )
    employ(staff, f"kamnan-{code}", "kamnan", post, tambon, f"กำนัน{th}", f"Kamnan of {en}", by=admin)
    for village in villages:
        username = f"headman-{village.code}"
        employ(
            staff,
            username,
            "village_head",
            post,
            village,
            f"ผู้ใหญ่บ้าน หมู่ {village.moo} {th}",
            f"Head of village {village.moo}, {en}",
            by=admin,
        )
        seats[username] = Membership.Seat.MEMBER
    employ(
        staff,
        f"local-{code}",
        "local_officer",
        local,
        tambon,
        f"ปลัด{local.name_th}",
        f"Clerk of {local.name_en}",
        by=admin,
    )
    _found_committee(
        staff,
        Committee.Kind.TAMBON,
        tambon,
        post,
        f"คณะกรรมการบริหารงาน{th} (กบต.)",
        f"{en} committee",
        seats,
        by=admin,
    )


def _local_government(staff: Staff, tambon: Area, admin: User) -> Agency:
    """The local government that bears the tambon's name, as an agency."""
    today_kinds = LocalGovernmentKind.objects.filter(valid_to=None, local_government__areas=tambon)
    kind = today_kinds.select_related("local_government").order_by("sort_key").first()
    name_th = kind.full_name_th if kind else f"องค์การบริหารส่วนตำบล{tambon.name_th}"
    return _found(
        staff,
        f"local-{tambon.code}",
        name_th,
        f"{tambon.name_en} Local Government",
        tambon,
        by=admin,
        level=Agency.Level.LOCAL,
        local_government=kind.local_government if kind else None,
    )


def _seat_provincial_committee(staff: Staff, plan: DemoProvince, admin: User) -> None:
    code, name = plan.code, staff.province.name_th
    seats = {
        f"governor-{code}": Membership.Seat.CHAIR,
        f"head-{code}": Membership.Seat.SECRETARY,
        **{f"{office.code}-{code}": Membership.Seat.MEMBER for office in OFFICES},
    }
    _found_committee(
        staff,
        Committee.Kind.PROVINCE,
        staff.province,
        staff.agencies["office"],
        f"คณะกรรมการบริหารงานจังหวัด{name}แบบบูรณาการ (กบจ.)",
        f"{staff.province.name_en} provincial committee",
        seats,
        by=admin,
    )


def _let_vice_governor_act(staff: Staff, plan: DemoProvince, above: User) -> None:
    """The governor's post is given from above, and so is who acts for him."""
    governor = Posting.objects.get(person=staff.people[f"governor-{plan.code}"], role="governor")
    year = FiscalYear.of(today())
    delegate(governor, staff.people[f"vice-governor-{plan.code}"], starts=today(), ends=year.ends, by=above)


def _found(
    staff: Staff,
    short: str,
    name_th: str,
    name_en: str,
    area: Area,
    *,
    by: User,
    parent: Agency | None = None,
    level: str = Agency.Level.PROVINCIAL,
    sectors: tuple[str, ...] = (),
    **more: object,
) -> Agency:
    code = short if short.endswith(area.code) else f"{short}-{area.code}"
    agency = found_agency(
        code=code,
        name_th=name_th,
        name_en=name_en,
        level=level,
        area=area,
        parent=parent,
        sectors=sectors,
        by=by,
        **more,  # type: ignore[arg-type]  # only the local government is passed on
    )
    staff.agencies[short] = agency
    return agency


def _found_committee(
    staff: Staff,
    kind: str,
    area: Area,
    agency: Agency,
    name_th: str,
    name_en: str,
    seats: Mapping[str, str],
    *,
    by: User,
) -> None:
    starts = _beginning()
    committee = found_committee(
        kind=kind,
        area=area,
        agency=agency,
        name_th=name_th,
        name_en=name_en,
        quorum=len(seats) // 2 + 1,
        valid_from=starts,
        by=by,
    )
    staff.committees[area.code] = committee
    for username, seat in seats.items():
        posting = Posting.objects.get(person=staff.people[username], acting_for=None)
        seat_member(committee, posting, seat=seat, starts=starts, by=by)


def employ(
    staff: Staff,
    username: str,
    role: str,
    agency: Agency,
    area: Area,
    title_th: str,
    title_en: str,
    *,
    by: User | None,
) -> None:
    person, _handed_over = open_account(
        username,
        title_th,
        role=role,
        agency=agency,
        area=area,
        starts=_beginning(),
        title_th=title_th,
        title_en=title_en,
        email=f"{username}@prasan.invalid",  # a name that never leads to anybody (RFC 6761)
        # what a demonstration may and a real office may not: one password for all, for trying seven desks
        password_hash=staff.password_hash,
        by=by,
    )
    person.is_demonstration = True
    person.save(update_fields=["is_demonstration"])
    staff.people[username] = person
    role_name = Posting.objects.select_related("role").get(person=person, acting_for=None).role.name_th
    staff.logins.append(Login(role, role_name, area.code, area.full_name, title_th, username, staff.password))


def _beginning() -> date:
    return FiscalYear.of(today()).starts
