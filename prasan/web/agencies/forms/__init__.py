"""Forms of people, postings, agencies and committees."""

from prasan.web.agencies.forms.bodies import (
    AgencyForm,
    AttendanceForm,
    CommitteeForm,
    MeetingForm,
    MinutesForm,
    ResolutionForm,
    SeatForm,
)
from prasan.web.agencies.forms.holidays import HolidayForm
from prasan.web.agencies.forms.people import AccountForm, AppointForm, DelegateForm, LastDayForm

__all__ = [
    "AccountForm",
    "AgencyForm",
    "AppointForm",
    "AttendanceForm",
    "CommitteeForm",
    "DelegateForm",
    "HolidayForm",
    "LastDayForm",
    "MeetingForm",
    "MinutesForm",
    "ResolutionForm",
    "SeatForm",
]
