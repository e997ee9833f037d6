"""What an agency is asked about a proposal that was sent to it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from prasan.planning.actions import AssessmentWords
from prasan.planning.models import AssessmentVersion as Version
from prasan.planning.models import Attachment, Proposal, Routing
from prasan.planning.queries import Written, projects_to_compare
from prasan.web.agencies.fields import offer
from prasan.web.planning.forms.steps import NOTE_LIMIT
from prasan.web.shell.fields import (
    CleanTextField,
    FormKeyField,
    MoneyField,
    WholeNumberField,
    needed_at_times,
)

_TEXT = 8000


class _ProjectsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic for the checker alone
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.area.title}"


def _choice(label: Any, choices: type[TextChoices]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices.choices, widget=forms.RadioSelect)


def _words(label: Any, help_text: Any = "", **more: Any) -> CleanTextField:
    widget = forms.Textarea(attrs={"rows": more.pop("rows", 2)})
    return CleanTextField(
        label=label,
        help_text=help_text,
        required=False,
        widget=widget,
        **{"max_length": _TEXT, **more},
    )


class AssessmentForm(forms.Form):
    """The six questions of an assessment, the recommendation, and words for everybody and for the agency."""

    power = _choice(_("Is it in the power of your agency?"), Version.Power)
    mandate = needed_at_times(
        _words(_("By which law or mandate?"), _("Needed unless it is not in your power at all."))
    )
    feasibility = _choice(_("Can it be carried out technically?"), Version.Feasibility)
    feasibility_words = needed_at_times(
        _words(
            _("What makes it hard, or under which conditions?"), _("Needed unless the usual means suffice.")
        )
    )
    design = _choice(_("Drawing and specification"), Version.Readiness)
    land = _choice(_("Land and permission to use it"), Version.Readiness)
    permits = _choice(_("Permits of other agencies"), Version.Readiness)
    estimate = MoneyField(
        label=_("What would it cost by your own estimate?"),
        required=False,
        help_text=_("In baht. The difference to the sum asked is told. Leave it empty if you made none."),
    )
    cost_words = _words(_("On the cost"))
    duplicates = _ProjectsField(
        Proposal.objects.none(),
        label=_("Does it double projects of your own?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Projects that your agency proposed or took on in the same province."),
    )
    recommendation = _choice(_("What do you recommend?"), Version.Recommendation)
    note = needed_at_times(
        _words(
            _("Words for everybody"),
            _("The village and all who work on the proposal read this. Needed unless you would take it on."),
            rows=3,
            max_length=NOTE_LIMIT,
        )
    )
    internal_note = _words(
        _("Internal note of the agency"),
        _("Only officers of your agency read this. It can be erased."),
        max_length=NOTE_LIMIT,
    )
    since = WholeNumberField(widget=forms.HiddenInput(), required=False)
    form_key = FormKeyField()

    def __init__(
        self,
        *args: Any,
        routing: Routing,
        last: Written | None,
        files: Collection[Attachment],
        **options: Any,
    ) -> None:
        options["initial"] = _as_before(last) if last is not None else _as_attached(files)
        super().__init__(*args, **options)
        own = projects_to_compare(routing)
        offer(self, "duplicates", own)
        if not own:
            del self.fields["duplicates"]

    def clean(self) -> dict[str, Any]:
        """Words stand where the answers need them."""
        given: dict[str, Any] = super().clean() or {}
        for answer, needless, words, told in (
            ("power", Version.Power.NO, "mandate", _("Please name the law or the mandate.")),
            (
                "feasibility",
                Version.Feasibility.USUAL,
                "feasibility_words",
                _("Please say what makes it hard, or under which conditions it can be done."),
            ),
            (
                "recommendation",
                Version.Recommendation.ACCEPT,
                "note",
                _("Please say for everybody why it should not be taken on as it stands."),
            ),
        ):
            is_needed = given.get(answer) not in (None, "", needless)
            if is_needed and not given.get(words) and words not in self.errors:
                self.add_error(words, told)
        return given

    @property
    def words(self) -> AssessmentWords:
        """The answers as the action wants them."""
        given = self.cleaned_data
        return AssessmentWords(
            **{
                name: given[name]
                for name in (
                    *("power", "mandate", "feasibility", "feasibility_words", "design", "land", "permits"),
                    *("estimate", "cost_words", "recommendation"),
                )
            },
            duplicates=tuple(given.get("duplicates") or ()),
        )


def _as_before(last: Written) -> dict[str, Any]:
    """The answers of the version written last, with its words as far as they were not erased."""
    kept = {
        name: getattr(last.version, name)
        for name in (
            *("power", "mandate", "feasibility", "feasibility_words", "design", "land", "permits"),
            *("estimate", "cost_words", "recommendation"),
        )
    }
    remarks = last.told.remarks if last.told else ()
    words = {"internal_note" if remark.is_internal else "note": remark.text for remark in remarks}
    return {
        **kept,
        **words,
        "duplicates": list(last.version.duplicates.all()),
        "since": last.version.number,
    }


def _as_attached(files: Collection[Attachment]) -> dict[str, Any]:
    """What the typed files of the proposal suggest."""
    kinds = {file.kind for file in files}

    def told(kind: Attachment.Kind) -> str:
        return Version.Readiness.THERE if kind in kinds else Version.Readiness.LACKING

    return {
        "design": told(Attachment.Kind.DRAWING),
        "land": told(Attachment.Kind.LAND_PERMISSION),
        "since": 0,
    }
