"""Forms about people and their postings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.agencies.models import Agency, Role
from prasan.agencies.queries import agencies_to_found_below, roles_given_by
from prasan.kernel.calendar import today
from prasan.kernel.identity import is_thai_id
from prasan.web.agencies.fields import AreaField, PersonField, look_near, offer
from prasan.web.shell.fields import CleanTextField, ThaiDateField


class PostForm(forms.Form):
    """A post to be given: role, agency, area, title and days."""

    role = forms.ModelChoiceField(
        Role.objects.none(),
        label=_("Role"),
        empty_label=_("Please choose"),
        help_text=_("Decides what the person may do."),
    )
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Agency"), empty_label=_("Please choose"))
    area = AreaField(
        label=_("Area"),
        required=False,
        help_text=_("Name or official code. Leave it empty for the area of the agency."),
    )
    title_th = CleanTextField(
        label=_("Title in Thai"), max_length=200, help_text=_("For example ปลัดอำเภอท่าตูม")
    )
    title_en = CleanTextField(
        label=_("Title in English"),
        max_length=200,
        required=False,
        help_text=_("For example Deputy of Tha Tum"),
    )
    starts = ThaiDateField(label=_("First day"))
    ends = ThaiDateField(label=_("Last day"), required=False)

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        options["initial"] = {"starts": today(), **(options.get("initial") or {})}
        super().__init__(*args, **options)
        offer(self, "role", roles_given_by(by))
        offer(self, "agency", agencies_to_found_below(by).select_related("area"))
        look_near(self, "area", by)

    def clean(self) -> dict[str, Any]:
        """Without an area the post is for the whole area of its agency."""
        cleaned = super().clean() or self.cleaned_data
        agency = cleaned.get("agency")
        if agency and "area" in cleaned and cleaned["area"] is None:
            cleaned["area"] = agency.area
        return cleaned

    @property
    def post(self) -> dict[str, Any]:
        """The post as the actions of `agencies` want it."""
        names = ("agency", "area", "title_th", "title_en", "starts", "ends")
        return {"role": self.cleaned_data["role"].pk, **{name: self.cleaned_data[name] for name in names}}


class AccountForm(PostForm):
    """A person without an account, and his first post."""

    name = CleanTextField(
        label=_("Name"), max_length=200, help_text=_("As the person writes it, with or without a title.")
    )
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        validators=[ASCIIUsernameValidator()],
        help_text=_("Latin letters and digits, for example kamnan-320704. It cannot be changed later."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    identity_number = forms.CharField(
        label=_("13-digit number"),
        required=False,
        max_length=30,
        help_text=_("Only for signing in with the state identity. The number itself is not kept."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    field_order = ("name", "username", "role", "agency", "area", "title_th", "title_en", "starts", "ends")

    def clean_identity_number(self) -> str:
        """A number with the right check digit, or none."""
        number: str = self.cleaned_data["identity_number"]
        if number and not is_thai_id(number):
            raise forms.ValidationError(_("This 13-digit number is not right. Please check each digit."))
        return number

    @property
    def person(self) -> dict[str, Any]:
        """The person as `open_account` wants him."""
        names = ("username", "name", "email", "identity_number")
        return {**{name: self.cleaned_data[name] for name in names}, "language": get_language() or "th"}


class AppointForm(PostForm):
    """A further post for someone who has an account."""

    person = PersonField(
        label=_("User name of the person"),
        help_text=_("Exactly as in the list of people, for example kamnan-320704."),
    )

    field_order = ("person", "role", "agency", "area", "title_th", "title_en", "starts", "ends")


class DelegateForm(forms.Form):
    """Someone who acts for the holder of a posting, from a day to a day."""

    person = PersonField(
        label=_("User name of the one who acts"),
        help_text=_("Exactly as in the list of people, for example deputy-32."),
    )
    starts = ThaiDateField(label=_("First day"))
    ends = ThaiDateField(label=_("Last day"))


class LastDayForm(forms.Form):
    """The last day of something that goes on."""

    on = ThaiDateField(label=_("Last day"), help_text=_("The rights hold to the end of this day."))
