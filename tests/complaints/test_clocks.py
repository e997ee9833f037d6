"""The clocks of complaints: what is kept beside them equals a fresh reading, whatever happened."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prasan.agencies.models import Holiday
from prasan.cases.models import Note
from prasan.cases.queries import timeline
from prasan.complaints import actions, events
from prasan.complaints.actions.clock import open_pause
from prasan.complaints.models import Complaint, Referral
from prasan.complaints.queries import clocks_of, limits_for, overdue_for
from prasan.complaints.timing import (
    Paused,
    Reached,
    last_turn,
    limit_for,
    nearest_due,
    whole_way,
    with_pauses,
)
from prasan.kernel.calendar import BANGKOK, WorkingDays
from prasan.kernel.clocks import read_clock
from prasan.kernel.refusals import Refused
from prasan.ledger.models import Entry
from tests.factories.agencies import make_area, make_holder
from tests.factories.complaints import (
    PROVINCE,
    make_centre,
    make_complaint,
    make_kind,
    make_referred,
    make_screened,
)

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 6, 8, 9, tzinfo=BANGKOK)
CLOSED = frozenset({"repeated", "closed"})


@pytest.fixture
def at(monkeypatch):
    """Sets the time that it is for whatever asks Django."""
    now = [MONDAY]

    def set_to(moment: datetime) -> None:
        now[0] = moment

    monkeypatch.setattr(timezone, "now", lambda: now[0])
    monkeypatch.setattr("prasan.complaints.actions.clock.today", lambda: now[0].astimezone(BANGKOK).date())
    monkeypatch.setattr("prasan.complaints.queries.clocks.today", lambda: now[0].astimezone(BANGKOK).date())
    return set_to


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def working(days: int, since: datetime = MONDAY) -> date:
    """The working day that many days on, by the holidays of the installation."""
    return WorkingDays(Holiday.objects.values_list("day", flat=True)).after(since.date(), days)


def test_complaint_is_due_at_the_desk_first_and_as_a_whole_later(at):
    complaint = fresh(make_complaint())

    assert (complaint.due_on, complaint.end_by, complaint.was_late) == (working(1), working(30), False)


def test_agency_takes_it_up_and_answers_each_in_its_time(at):
    centre = make_centre()
    complaint, referral = make_referred(centre)
    assert fresh(referral).due_on == fresh(complaint).due_on == working(3)

    actions.acknowledge_referral(referral, by=centre.handler)
    assert fresh(referral).due_on == fresh(complaint).due_on == fresh(referral).end_by == working(15)

    at(MONDAY + timedelta(days=60))
    actions.answer_referral(referral, by=centre.handler, note="แก้ไขแล้ว")
    answered = fresh(referral)
    assert (answered.due_on, answered.was_late) == (None, True)
    assert fresh(complaint).due_on == working(30)

    actions.close_complaint(complaint, reason="solved", by=centre.officer, note="แก้ไขแล้ว")
    closed = fresh(complaint)
    assert (closed.due_on, closed.end_by, closed.was_late) == (None, working(30), True)


def test_pause_moves_what_is_due_and_an_answer_of_the_sender_ends_it(at):
    centre = make_centre()
    complaint, referral = make_referred(centre)
    at(MONDAY + timedelta(days=1))
    actions.pause_clocks(complaint, asks_sender=True, by=centre.handler, note="เสาไฟต้นที่เท่าใด")
    assert (fresh(complaint).due_on, fresh(referral).due_on) == (None, None)

    at(MONDAY + timedelta(days=8))
    actions.answer_question(complaint, words="ต้นที่สาม โทร 081")

    holidays = set(Holiday.objects.values_list("day", flat=True))
    counted = [
        day
        for n in range(9, 60)
        if (day := MONDAY.date() + timedelta(days=n)).weekday() < 5 and day not in holidays
    ]
    assert fresh(referral).due_on == counted[2]
    assert [line.kind for line in timeline(complaint)][-2:] == [events.PAUSED, events.SENDER_ANSWERED]
    assert not any(remark.text for line in timeline(complaint)[-1:] for remark in line.remarks)
    inside = timeline(complaint, viewer=centre.officer)[-1].remarks
    assert [(remark.text, remark.is_internal) for remark in inside] == [("ต้นที่สาม โทร 081", True)]


def test_pause_is_refused_where_nothing_runs_and_for_those_who_do_not_handle_it():
    centre = make_centre()
    complaint, _referral = make_referred(centre)
    for by, note in ((centre.other_handler, "รอ"), (centre.governor, "รอ"), (centre.handler, " ")):
        with pytest.raises(Refused):
            actions.pause_clocks(complaint, asks_sender=False, by=by, note=note)
    with pytest.raises(Refused):
        actions.resume_clocks(complaint, by=centre.officer)
    with pytest.raises(Refused):
        actions.answer_question(complaint, words="ตอบ")

    actions.pause_clocks(complaint, asks_sender=False, by=centre.officer, note="รออะไหล่")
    with pytest.raises(Refused):
        actions.pause_clocks(complaint, asks_sender=False, by=centre.officer, note="รออะไหล่")
    with pytest.raises(Refused):
        actions.answer_question(complaint, words="ไม่มีใครถาม")
    actions.recall_complaint(complaint, by=centre.officer, note="ศูนย์จะตอบเอง")
    actions.close_complaint(complaint, reason="cannot", by=centre.officer, note="ทำไม่ได้")

    assert open_pause(complaint) is None
    with pytest.raises(Refused):
        actions.pause_clocks(complaint, asks_sender=False, by=centre.officer, note="รอ")


def test_ladder_is_climbed_once_a_rung_and_anew_when_it_is_late_again(at):
    centre = make_centre()
    head = make_holder("provincial_head", make_area(PROVINCE))
    complaint = make_screened(centre)
    actions.read_all_clocks()
    due = fresh(complaint).due_on
    assert actions.tell_of_late_ones() == 0

    at(datetime.combine(working(1, MONDAY + timedelta(days=1)), MONDAY.timetz()))
    assert (actions.tell_of_late_ones(), actions.tell_of_late_ones()) == (1, 0)
    assert [list(overdue_for(user)) for user in (centre.officer, head, centre.governor)] == [
        [complaint],
        [],
        [],
    ]

    at(MONDAY + timedelta(days=21))
    assert (actions.tell_of_late_ones(), actions.tell_of_late_ones()) == (2, 0)
    assert fresh(complaint).escalated == 7
    assert list(overdue_for(centre.governor)) == list(overdue_for(head)) == [complaint]
    told = Entry.objects.filter(kind="complaints.complaint.escalated").order_by("id")
    assert [entry.after["role"] for entry in told] == ["complaint_officer", "provincial_head", "governor"]

    actions.take_on_complaint(complaint, by=centre.officer)
    assert (fresh(complaint).escalated, fresh(complaint).due_on > due) == (0, True)
    assert list(overdue_for(centre.governor)) == []


def test_a_new_holiday_reaches_what_is_kept(at):
    complaint = make_complaint()
    before = fresh(complaint).due_on
    Holiday.objects.create(day=before, name_th="วันหยุดพิเศษ", name_en="Special holiday")

    assert (actions.read_all_clocks(), actions.read_all_clocks()) == (1, 0)
    assert fresh(complaint).due_on == working(1) > before


def test_limits_are_set_by_the_province_from_a_day_on(at):
    centre = make_centre()
    province = make_area(PROVINCE)
    head = make_holder("provincial_head", province)
    old = make_complaint()
    for by, days, day in (
        (centre.officer, 5, MONDAY.date()),
        (head, 0, MONDAY.date()),
        (head, 5, MONDAY.date() - timedelta(days=1)),
        (make_holder("provincial_head", make_area("33")), 5, MONDAY.date()),
    ):
        with pytest.raises(Refused):
            actions.set_limit("desk", days, area=province, kind=None, valid_from=day, by=by)

    tomorrow = MONDAY.date() + timedelta(days=1)
    actions.set_limit("desk", 5, area=province, kind=None, valid_from=tomorrow, by=head)
    actions.set_limit("desk", 4, area=province, kind=None, valid_from=tomorrow, by=head)
    at(MONDAY + timedelta(days=1))
    actions.read_all_clocks()

    assert fresh(old).due_on == working(1)
    assert fresh(make_complaint()).due_on == working(4, MONDAY + timedelta(days=1))
    assert fresh(make_complaint(area="330101")).due_on == working(1, MONDAY + timedelta(days=1))
    assert limits_for(head).filter(area=province).get().days == 4
    assert not limits_for(make_holder("provincial_head", make_area("33"))).filter(area=province).exists()


def test_governor_asks_to_hurry_and_only_those_inside_read_it():
    centre = make_centre()
    complaint, _referral = make_referred(centre)
    for act, by, note in (
        (actions.urge, centre.handler, "เร่ง"),
        (actions.urge, centre.governor, " "),
        (actions.note_inside, centre.other_handler, "บันทึก"),
        (actions.note_inside, centre.handler, "​"),
    ):
        with pytest.raises(Refused):
            act(complaint, by=by, note=note)

    actions.urge(complaint, by=centre.governor, note="เร่งให้เสร็จก่อนสงกรานต์")
    actions.note_inside(complaint, by=centre.handler, note="นัดช่างแล้ว")

    seen = [remark.text for line in timeline(complaint, viewer=centre.handler) for remark in line.remarks]
    assert seen == ["เร่งให้เสร็จก่อนสงกรานต์", "นัดช่างแล้ว"]
    assert not [remark for line in timeline(complaint) for remark in line.remarks]
    assert set(Note.objects.values_list("audience", flat=True)) == {"internal"}
    actions.recall_complaint(complaint, by=centre.officer, note="ศูนย์จะตอบเอง")
    actions.close_complaint(complaint, reason="solved", by=centre.officer, note="แล้ว")
    with pytest.raises(Refused):
        actions.urge(complaint, by=centre.governor, note="เร่ง")


ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            (
                "screen",
                "refer",
                "take_on",
                "acknowledge",
                "work",
                "answer",
                "return",
                "refer_on",
                "recall",
                "send_back",
                "close",
                "reopen",
                "pause",
                "resume",
                "join",
                "part",
            )
        ),
        st.integers(0, 9),
    ),
    max_size=12,
)


def attempt(act: str, complaint: Complaint, main: Complaint, centre) -> None:
    """Do an act as whoever may; those not open now are refused and change nothing."""
    held = Referral.objects.filter(
        complaint=complaint, is_lead=True, state__in=("sent", "acknowledged", "working")
    )
    referral = held.first() or Referral(complaint=complaint, agency=centre.agency, pk=0)
    handler = centre.handler if referral.agency_id == centre.agency.pk else centre.other_handler
    other = centre.other if referral.agency_id == centre.agency.pk else centre.agency
    officer, note = centre.officer, "เหตุผล"
    todo = {
        "screen": lambda: actions.screen_complaint(complaint, kind=make_kind(), title="ไฟดับ", by=officer),
        "refer": lambda: actions.refer_complaint(complaint, lead=centre.agency, by=officer),
        "take_on": lambda: actions.take_on_complaint(complaint, by=officer),
        "acknowledge": lambda: actions.acknowledge_referral(referral, by=handler),
        "work": lambda: actions.begin_work(referral, by=handler),
        "answer": lambda: actions.answer_referral(referral, by=handler, note=note),
        "return": lambda: actions.return_referral(referral, by=handler, note=note),
        "refer_on": lambda: actions.refer_on(referral, other, by=handler, note=note),
        "recall": lambda: actions.recall_complaint(complaint, by=officer, note=note),
        "send_back": lambda: actions.send_back_complaint(complaint, by=officer, note=note),
        "close": lambda: actions.close_complaint(complaint, reason="solved", by=officer, note=note),
        "reopen": lambda: actions.reopen_by_sender(complaint, note=note),
        "pause": lambda: actions.pause_clocks(complaint, asks_sender=False, by=officer, note=note),
        "resume": lambda: actions.resume_clocks(complaint, by=officer),
        "join": lambda: actions.join_complaint(complaint, main, by=officer, note=note),
        "part": lambda: actions.part_complaint(complaint, by=officer, note=note),
    }
    try:
        todo[act]()
    except (Refused, Referral.DoesNotExist):
        return


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_what_is_kept_equals_a_fresh_reading_after_every_act(at, acts):
    centre = make_centre()
    at(MONDAY)
    complaint, main = make_complaint(), make_screened(centre)
    now = MONDAY
    for act, days in acts:
        now += timedelta(days=days, minutes=1)
        at(now)
        attempt(act, fresh(complaint), fresh(main), centre)
        actions.read_all_clocks()  # as it is done when a day begins
        row = fresh(complaint)
        clocks = clocks_of(row, now)
        assert row.due_on == nearest_due(clocks.owed)
        end = clocks.own[0].reading
        assert row.was_late == end.is_late
        assert row.days_used == (end.used if end.state == "stopped" else None)
        assert (row.due_on is None) >= row.is_closed
        for referral in row.referrals.all():
            assert (referral.due_on is None) >= referral.is_closed


STATES = st.lists(st.sampled_from(("received", "screened", "referred", "answered", "closed")), min_size=1)


@given(STATES, st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=4), st.integers(1, 5))
def test_histories_made_of_states_and_pauses_are_ones_that_a_clock_can_read(states, spans, gap):
    reached = [Reached(state, MONDAY + timedelta(hours=13 * gap * n)) for n, state in enumerate(states)]
    pauses, last = [], MONDAY
    for after, lasts in spans:
        since = last + timedelta(hours=7 * after)
        last = since + timedelta(hours=7 * lasts)
        pauses.append(Paused(since, last))
    if pauses and spans[-1][1] > 6:
        pauses[-1] = Paused(pauses[-1].since, None)
    for moments in (whole_way(reached, CLOSED), last_turn(reached, ("received", "screened"))):
        if moments:
            history = with_pauses(moments, pauses)
            read_clock(history, 5, WorkingDays(()), reached[-1].at + timedelta(days=90))
            assert [each for each in history if each.kind not in ("paused", "resumed")] == moments
            running = {each.kind for each in history} & {"paused"}
            assert bool(running) == any(touches(pause, moments) for pause in pauses)


def touches(pause: Paused, moments) -> bool:
    """Whether a pause shares a moment with a time in which the clock ran: looked at one by one."""
    ends = [each.at for each in moments[1:]] + [None]
    for moment, end in zip(moments, ends, strict=True):
        if moment.kind != "stopped":
            begins_before = end is None or pause.since < end
            lasts_beyond = pause.until is None or pause.until > moment.at
            if begins_before and lasts_beyond:
                return True
    return False


def test_a_machine_whose_clock_was_put_back_still_reads_every_clock(at):
    complaint = make_complaint()
    due = fresh(complaint).due_on
    at(MONDAY - timedelta(days=3))

    assert actions.read_all_clocks() == 0
    assert fresh(complaint).due_on == due


def test_the_most_telling_limit_counts():
    def row(days, kind=None, area=None, since=0):
        day = date(2026, 1, 1) + timedelta(days=since)
        return SimpleNamespace(clock="answer", kind_id=kind, area_id=area, days=days, valid_from=day)

    rows = [row(1), row(2, since=5), row(3, area="32"), row(4, kind="road"), row(5, kind="road", area="32")]

    def asked(kind, province, since):
        day = date(2026, 1, 1) + timedelta(days=since)
        return limit_for("answer", rows, kind=kind, province=province, day=day)

    assert [asked(None, "33", 0), asked(None, "33", 5), asked("tree", "32", 9)] == [1, 2, 3]
    assert [asked("road", "33", 9), asked("road", "32", 0), asked(None, "33", -1)] == [4, 5, None]
