"""Forms about agencies, committees and meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.agencies.models import Agency, Committee, Meeting, Membership, Posting
from prasan.agencies.queries import agencies_to_found_below, holding_now, members_on, postings_for
from prasan.kernel.calendar import today
from prasan.planning.models import Sector
from prasan.web.agencies.fields import AreaField, look_near, offer
from prasan.web.shell.fields import CleanTextField, FormKeyField, ThaiDateField, WholeNumberField


class AgencyForm(forms.Form):
    """An agency to be entered."""

    name_th = CleanTextField(label=_("Name in Thai"), max_length=200)
    name_en = CleanTextField(label=_("Name in English"), max_length=200, required=False)
    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("Small Latin letters, digits and hyphens, for example rid-32."),
    )
    level = forms.ChoiceField(label=_("Level"), choices=Agency.Level.choices)
    area = AreaField(label=_("Area"), help_text=_("Name or official code."))
    parent = forms.ModelChoiceField(
        Agency.objects.none(), label=_("Belongs to"), required=False, empty_label=_("no other agency")
    )
    sectors = forms.ModelMultipleChoiceField(
        Sector.objects.none(),
        label=_("May act on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "parent", agencies_to_found_below(by))
        look_near(self, "area", by)
        offer(self, "sectors", Sector.objects.filter(is_open=True).order_by("sort_key"))

    @property
    def agency(self) -> dict[str, Any]:
        """The agency as `found_agency` wants it."""
        return {**self.cleaned_data, "sectors": tuple(sector.pk for sector in self.cleaned_data["sectors"])}


class CommitteeForm(forms.Form):
    """A committee to be entered."""

    name_th = CleanTextField(label=_("Name in Thai"), max_length=200)
    name_en = CleanTextField(label=_("Name in English"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Committee.Kind.choices)
    area = AreaField(label=_("Area"), help_text=_("Name or official code."))
    agency = forms.ModelChoiceField(
        Agency.objects.none(), label=_("Office of the committee"), empty_label=_("Please choose")
    )
    quorum = WholeNumberField(
        label=_("Quorum"),
        least=1,
        most=500,
        help_text=_("How many members must be present for a resolution."),
    )

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "agency", agencies_to_found_below(by))
        look_near(self, "area", by)


class SeatForm(forms.Form):
    """A posting that gets a seat on a committee."""

    posting = forms.ModelChoiceField(Posting.objects.none(), label=_("Post"), empty_label=_("Please choose"))
    seat = forms.ChoiceField(label=_("Seat"), choices=Membership.Seat.choices, initial=Membership.Seat.MEMBER)
    starts = ThaiDateField(label=_("First day"))

    def __init__(self, *args: Any, by: User, committee: Committee, **options: Any) -> None:
        options["initial"] = {"starts": today(), **(options.get("initial") or {})}
        super().__init__(*args, **options)
        postings = holding_now(postings_for(by)).filter(acting_for=None)
        nearby = postings.filter(area__path__startswith=committee.area.path)
        seated = committee.memberships.filter(ends=None).values("posting")
        offer(self, "posting", nearby.exclude(pk__in=seated).order_by("area__path", "role__order", "pk"))


class MeetingForm(forms.Form):
    """A sitting of a committee."""

    held_on = ThaiDateField(label=_("Day of the meeting"))
    venue = CleanTextField(label=_("Venue"), max_length=200, required=False)
    form_key = FormKeyField()

    def __init__(self, *args: Any, **options: Any) -> None:
        options["initial"] = {"held_on": today(), **(options.get("initial") or {})}
        super().__init__(*args, **options)


if TYPE_CHECKING:
    _SeveralMembers = forms.ModelMultipleChoiceField[Membership]
else:
    _SeveralMembers = forms.ModelMultipleChoiceField


class _MembersField(_SeveralMembers):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.posting} · {obj.get_seat_display()}"


class AttendanceForm(forms.Form):
    """Who was present at a meeting."""

    members = _MembersField(
        Membership.objects.none(),
        label=_("Present"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        options["initial"] = {"members": meeting.attendances.values_list("membership", flat=True)}
        super().__init__(*args, **options)
        offer(self, "members", members_on(meeting.committee, meeting.held_on))


class MinutesForm(forms.Form):
    """What was said at a meeting."""

    text = CleanTextField(
        label=_("Minutes of the meeting"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("Read by those who may see the committee's meetings. The public never reads them."),
    )


class ResolutionForm(forms.Form):
    """What a meeting resolved."""

    text = CleanTextField(
        label=_("Resolution"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("As it stands in the minutes. Please give no personal details."),
    )
    form_key = FormKeyField()
