"""What happens to postings, agencies, committees and calls, as the ledger and timelines call it."""

from django.utils.translation import gettext_lazy as _

from prasan.kernel.events import Event

APPOINTED = Event("agencies.posting.appoint", _("Appointed"))
DELEGATED = Event("agencies.posting.delegate", _("Acting holder appointed"))
ENDED = Event("agencies.posting.end", _("Posting ended"))
WITHDRAWN = Event("agencies.posting.withdraw", _("Acting posting withdrawn before it began"))

AGENCY_FOUNDED = Event("agencies.agency.found", _("Agency founded"))

COMMITTEE_FOUNDED = Event("agencies.committee.found", _("Committee founded"))
SEATED = Event("agencies.committee.seat", _("Member seated"))
SEAT_ENDED = Event("agencies.committee.unseat", _("Seat ended"))
CONVENED = Event("agencies.meeting.convene", _("Meeting convened"))
ATTENDANCE_RECORDED = Event("agencies.meeting.attend", _("Attendance recorded"))
MINUTES_WRITTEN = Event("agencies.meeting.minute", _("Minutes written"))
RESOLVED = Event("agencies.resolution.record", _("Resolution recorded"))

CALL_OPENED = Event("agencies.call.open", _("Call opened"))
CALL_ANSWERED = Event("agencies.call.answer", _("Call answered"))
CALL_EXTENDED = Event("agencies.call.extend", _("Call extended"))
ANSWER_TAKEN_BACK = Event("agencies.call.unanswer", _("Answer to a call taken back"))

HOLIDAY_ADDED = Event("agencies.holiday.add", _("Holiday added"))
HOLIDAY_REMOVED = Event("agencies.holiday.remove", _("Holiday taken away"))
