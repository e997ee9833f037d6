"""What the acts on editions, entries and sheets ask besides."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan.awards.actions import SignerWords
from prasan.awards.actions.certificates import MOST_SIGNERS
from prasan.awards.models import CertificateSigner, Edition, EligibilityRule, Entry
from prasan.awards.queries import counts_of, returned_in
from prasan.cases.models import Case
from prasan.innovations.models import RegisterEntry
from prasan.kernel.calendar import today
from prasan.web.agencies.fields import offer
from prasan.web.shell.fields import CleanTextField, ThaiDateField

NOTE_LIMIT = 4000
DAYS_TO_MEND = timedelta(days=7)
"""What the form proposes."""
_OF_A_SIGNER = (
    ("name_th", _("Name of signer %(number)d in Thai"), 120),
    ("post_th", _("Post of signer %(number)d in Thai"), 160),
    ("name_en", _("Name of signer %(number)d in English"), 120),
    ("post_en", _("Post of signer %(number)d in English"), 160),
)


def _note(label: Any, *, required: bool) -> CleanTextField:
    return CleanTextField(
        label=label,
        required=required,
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the public history; please give no personal details."),
    )


class NoteForm(forms.Form):
    """An act to which words may be added."""

    note = _note(_("Note"), required=False)

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)


class ReasonForm(forms.Form):
    """An act that says why."""

    note = _note(_("Reason"), required=True)

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)


class ReturnForm(ReasonForm):
    """Why an entry is returned, and by when it is to be mended."""

    mend_by = ThaiDateField(
        label=_("To be mended by"),
        help_text=_("The agency reads it. What comes later is taken until judging begins."),
    )
    field_order = ["mend_by", "note"]

    def __init__(self, *args: Any, case: Entry, **options: Any) -> None:
        super().__init__(*args, case=case, **options)
        self.fields["mend_by"].initial = today() + DAYS_TO_MEND


class BeginJudgingForm(NoteForm):
    """Beginning the judging; without entries that were returned only where each of them is marked."""

    def __init__(self, *args: Any, case: Edition, **options: Any) -> None:
        super().__init__(*args, case=case, **options)
        if returned := [each.entry.pk for each in returned_in(case)]:
            rows = case.entries.filter(pk__in=returned).select_related("owner", "innovation")
            field = forms.ModelMultipleChoiceField(
                rows.order_by("number"),
                label=_("Begin without these entries"),
                error_messages={"required": _("Please mark each of them, or wait until they are back.")},
                widget=forms.CheckboxSelectMultiple,
                help_text=_(
                    "They were returned and have not come back. Mark each one that is to be left out for "
                    "good, or wait for it."
                ),
            )
            field.label_from_instance = (  # type: ignore[method-assign]  # as Django offers it
                lambda obj: f"{obj.number} · {obj.title} · {obj.owner}"
            )
            self.fields["without"] = field
            self.fields["note"] = _note(_("Reason"), required=True)
            self.order_fields(["without", "note"])

    @property
    def without(self) -> list[Entry]:
        """The entries that are left out."""
        return list(self.cleaned_data.get("without", ()))


class RefuseForm(ReasonForm):
    """Why an entry is not eligible, and by which rule."""

    rule = forms.ModelChoiceField(
        EligibilityRule.objects.none(),
        label=_("By which rule?"),
        required=False,
        empty_label=_("by none of them; the reason says why"),
    )
    field_order = ["rule", "note"]

    def __init__(self, *args: Any, case: Entry, **options: Any) -> None:
        super().__init__(*args, case=case, **options)
        rule_set = case.edition.rule_set
        if rule_set is not None:
            offer(self, "rule", rule_set.rules.all())


class AnnounceForm(NoteForm):
    """On which day results are announced."""

    announced_on = ThaiDateField(label=_("Announced on"))
    field_order = ["announced_on", "note"]

    def __init__(self, *args: Any, case: Edition, **options: Any) -> None:
        super().__init__(*args, case=case, **options)
        self.fields["announced_on"].initial = today()


class ExtendForm(ReasonForm):
    """Until when entries are taken instead, and why."""

    closes = ThaiDateField(label=_("New last day of the window"), help_text=_("This day is inside."))
    field_order = ["closes", "note"]


class SignersForm(forms.Form):
    """One or two people who sign the certificates, each with name and post."""

    def __init__(self, *args: Any, edition: Edition, **options: Any) -> None:
        super().__init__(*args, **options)
        given = list(edition.signers.all())
        for number in range(1, MOST_SIGNERS + 1):
            signer = given[number - 1] if number <= len(given) else None
            for part, label, most in _OF_A_SIGNER:
                self.fields[f"{part}_{number}"] = CleanTextField(
                    label=label % {"number": number},
                    max_length=most,
                    required=False,
                    initial=getattr(signer, part) if signer else "",
                )

    def clean(self) -> dict[str, Any]:
        """Where anything is said of a person, name and post in Thai are."""
        told = super().clean() or {}
        for number in self._named(told):
            for part in ("name_th", "post_th"):
                name = f"{part}_{number}"
                if not told.get(name) and name not in self.errors:
                    self.add_error(name, _("Please give name and post in Thai of everybody who signs."))
        return told

    @property
    def words(self) -> list[SignerWords]:
        """Those who sign, as an action takes them."""
        told = self.cleaned_data
        return [
            SignerWords(**{part: told[f"{part}_{number}"] for part, _label, _most in _OF_A_SIGNER})
            for number in self._named(told)
        ]

    def _named(self, told: dict[str, Any]) -> list[int]:
        return [
            number
            for number in range(1, MOST_SIGNERS + 1)
            if any(told.get(f"{part}_{number}") for part, _label, _most in _OF_A_SIGNER)
        ]


class MendSignerForm(ReasonForm):
    """Name and post of a signer as they are rightly, and why they are mended."""

    def __init__(self, *args: Any, signer: CertificateSigner, **options: Any) -> None:
        super().__init__(*args, case=signer.edition, **options)
        for part, label, most in _OF_A_SIGNER:
            self.fields[part] = CleanTextField(
                label=label % {"number": signer.position},
                max_length=most,
                required=part.endswith("_th"),
                initial=getattr(signer, part),
            )
        self.order_fields([part for part, _label, _most in _OF_A_SIGNER])

    @property
    def words(self) -> SignerWords:
        """The signer, as an action takes him."""
        return SignerWords(**{part: self.cleaned_data[part] for part, _label, _most in _OF_A_SIGNER})


class CeremonyForm(forms.Form):
    """On which day the awards are handed over."""

    ceremony_on = ThaiDateField(label=_("Day of the ceremony"))


class DecisionForm(forms.Form):
    """Day and minutes of the decision, and a level for each entry that shares a place across a line."""

    decided_on = ThaiDateField(label=_("Decided on"))
    minutes = CleanTextField(
        label=_("Minutes"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Who decided, what was talked about, and why."),
    )
    file = forms.FileField(
        label=_("Signed minutes"), required=False, help_text=_("A PDF or Word file; for those inside only.")
    )

    def __init__(self, *args: Any, case: Edition, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["decided_on"].initial = today()
        names = dict(RegisterEntry.Level.choices)
        open_levels = {
            int(entry): levels for each in counts_of(case) for entry, levels in each.undecided.items()
        }
        entries = Entry.objects.select_related("innovation").in_bulk(list(open_levels))
        for key, levels in open_levels.items():
            self.fields[f"level_{key}"] = forms.ChoiceField(
                label=_("Award of “%(title)s”, which shares its place") % {"title": entries[key].title},
                choices=[(level, names[level] if level else _("no award")) for level in levels],
                required=False,
            )

    @property
    def settled(self) -> dict[int, str]:
        """The levels that the jury gave."""
        return {
            int(name.removeprefix("level_")): str(value)
            for name, value in self.cleaned_data.items()
            if name.startswith("level_")
        }
