"""What is asked of routing rules, and of an example on which they are tried."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency
from prasan.complaints.actions import RuleWords
from prasan.complaints.models import Kind, RoutingRule, RuleBook
from prasan.complaints.queries import agencies_of_province, kinds_offered
from prasan.places.models import Area
from prasan.web.agencies.fields import AreaField, offer
from prasan.web.shell.fields import CleanTextField


class BookForm(forms.Form):
    """The province of a new version."""

    area = forms.ModelChoiceField(Area.objects.none(), label=_("Province"), empty_label=None)

    def __init__(self, *args: Any, provinces: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "area", provinces)


class RuleForm(forms.Form):
    """One rule: of what, where, with which words, and to whom."""

    kind = forms.ModelChoiceField(
        Kind.objects.none(), label=_("Kind"), required=False, empty_label=_("Every kind")
    )
    area = AreaField(label=_("Where"), required=False, help_text=_("Empty means the whole province."))
    words = CleanTextField(
        label=_("Only where the text holds one of these words"),
        required=False,
        max_length=200,
        help_text=_("Between commas, for example: ไฟแดง, สัญญาณไฟ. Empty means whatever the text."),
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("Agency"),
        required=False,
        empty_label=_("The nearest one with the mandate"),
    )
    is_local = forms.BooleanField(
        label=_("The local administrative organisation of the place"),
        required=False,
        help_text=_("Instead of an agency. Where several share a place, the rule is passed over."),
    )
    part = forms.ChoiceField(
        label=_("Its part"), choices=[("lead", _("answers for it")), ("help", _("helps"))], initial="lead"
    )
    reason = CleanTextField(
        label=_("Why"),
        required=False,
        max_length=300,
        help_text=_("The law, order or agreement. It is shown to whoever sends a complaint by this rule."),
    )

    def __init__(self, *args: Any, book: RuleBook, rule: RoutingRule | None = None, **options: Any) -> None:
        if rule is not None:
            options["initial"] = {
                "kind": rule.kind_id,
                "area": rule.area if rule.area_id != book.area_id else None,
                "words": rule.words,
                "agency": rule.agency_id,
                "is_local": rule.is_local,
                "part": "lead" if rule.is_lead else "help",
                "reason": rule.reason,
            }
        super().__init__(*args, **options)
        self.book = book
        offer(self, "kind", kinds_offered().exclude(is_restricted=True))
        offer(self, "agency", agencies_of_province(book.area))

    @property
    def rule(self) -> RuleWords:
        """The rule as an action takes it."""
        given = self.cleaned_data
        return RuleWords(
            area=given["area"] or self.book.area,
            kind=given["kind"],
            words=given["words"],
            agency=given["agency"],
            is_lead=given["part"] == "lead",
            is_local=given["is_local"],
            reason=given["reason"],
        )


class ExampleForm(forms.Form):
    """A complaint as it might come."""

    kind = forms.ModelChoiceField(
        Kind.objects.none(), label=_("Kind"), required=False, empty_label=_("I do not know")
    )
    area = AreaField(label=_("Where"))
    text = CleanTextField(
        label=_("What happened?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kind", kinds_offered().exclude(is_restricted=True))
