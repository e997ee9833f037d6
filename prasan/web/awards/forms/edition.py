"""All that is declared of an edition before it opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from prasan.awards.actions import (
    EditionWords,
    QuotaWords,
    RoundWords,
)
from prasan.awards.models import Edition, Programme, Round, RuleSet
from prasan.innovations.models import RegisterEntry
from prasan.judging.ranking import CRITERION, DRAW, EARLIER, FIRST_PLACES, SMALLER_SPREAD
from prasan.kernel.calendar import buddhist_year, today
from prasan.web.agencies.fields import offer
from prasan.web.awards.forms.fields import RowsField
from prasan.web.awards.forms.lines import category_of, criterion_of, line_of_category, lines_of_criteria
from prasan.web.shell.fields import (
    CleanTextField,
    FormKeyField,
    QuantityField,
    ThaiDateField,
    WholeNumberField,
)

LEVELS = [code for code in RegisterEntry.Level.values if code != RegisterEntry.Level.UNKNOWN]
ROUNDS = 2
"""Rounds that the form offers at first; “Add a round” brings it back with another one."""
MOST_ROUNDS = 9
TIES = 3
"""Rules for ties before the draw."""


_HEAD = ("year", "theme_th", "theme_en", "opens", "closes", "rule_set", "categories")
_TAIL = (
    *(f"tie_{number}" for number in range(1, TIES + 1)),
    "tie_criterion",
    "draw",
    "judges_wanted",
    "most_of_body",
    "rounds",
    "form_key",
)
"""What stands before and after the rounds and the levels of award."""


class EditionForm(forms.Form):
    """All that is declared of an edition; it is fixed once the edition opens.

    `typed` is what was sent only to come back with another round: the form is then not bound.
    """

    year = WholeNumberField(label=_("Buddhist year"), least=2400, most=2700)
    theme_th = CleanTextField(label=_("Theme in Thai"), max_length=300, required=False)
    theme_en = CleanTextField(label=_("Theme in English"), max_length=300, required=False)
    opens = ThaiDateField(label=_("First day of the window"))
    closes = ThaiDateField(label=_("Last day of the window"), help_text=_("This day is inside."))
    rule_set = forms.ModelChoiceField(
        RuleSet.objects.none(), label=_("Rules of eligibility"), required=False, empty_label=_("no rules")
    )
    categories = RowsField(
        label=_("Categories, one a line"),
        help_text=_(
            "Thai name | English name, and where the award has branches: | service, quality or participation."
            " The English name may be left out."
        ),
    )
    tie_1 = forms.ChoiceField(label=_("First rule for ties"), required=False)
    tie_2 = forms.ChoiceField(label=_("Second rule for ties"), required=False)
    tie_3 = forms.ChoiceField(label=_("Third rule for ties"), required=False)
    tie_criterion = forms.CharField(
        label=_("Code of the criterion that breaks ties"), required=False, max_length=20
    )
    draw = CleanTextField(
        label=_("Draw number"),
        max_length=80,
        required=False,
        help_text=_(
            "From it all lots are drawn. Please publish it beforehand, for example a lottery result."
        ),
    )
    judges_wanted = WholeNumberField(label=_("Judges of each entry"), least=1, most=50, initial=3)
    most_of_body = WholeNumberField(
        label=_("Judges of one body on an entry at most"), least=1, most=50, required=False
    )
    rounds = forms.CharField(required=False, widget=forms.HiddenInput)
    form_key = FormKeyField()

    def __init__(
        self,
        *args: Any,
        programme: Programme,
        edition: Edition | None = None,
        typed: QueryDict | None = None,
        **options: Any,
    ) -> None:
        declared = list(edition.rounds.prefetch_related("criteria")) if edition else []
        if edition is not None:
            options["initial"] = _initial_of(edition)
        super().__init__(*args, **options)
        sent = self.data if self.is_bound else typed
        self.offered = _offered(sent, declared) + (typed is not None)
        self.may_add_rounds = self.offered < MOST_ROUNDS
        offer(self, "rule_set", programme.rule_sets.all())
        ties = [
            ("", _("none")),
            (CRITERION, _("the higher mark on one criterion")),
            (FIRST_PLACES, _("more first places")),
            (SMALLER_SPREAD, _("judges closer together")),
            (EARLIER, _("entered earlier")),
        ]
        for number in range(1, TIES + 1):
            self.fields[f"tie_{number}"].choices = ties  # type: ignore[attr-defined]
        for number in range(1, self.offered + 1):
            self._add_round(number, declared[number - 1] if number <= len(declared) else None)
        quotas = {each.level: each for each in edition.quotas.all()} if edition else {}
        names = dict(RegisterEntry.Level.choices)
        for level in LEVELS:
            given = quotas.get(level)
            self.fields[f"places_{level}"] = WholeNumberField(
                label=_("Places of “%(level)s” in a category") % {"level": names[level]},
                least=1,
                most=999,
                required=False,
                initial=given.places if given else None,
            )
            self.fields[f"threshold_{level}"] = QuantityField(
                label=_("“%(level)s” from so many points on") % {"level": names[level]},
                required=False,
                initial=given.threshold if given else None,
            )
        self.order_fields([*_HEAD, *(name for name in self.fields if name not in (*_HEAD, *_TAIL)), *_TAIL])
        if edition is not None:
            del self.fields["form_key"]
        else:
            self.fields["year"].initial = str(buddhist_year(today()))
        if typed is not None:
            self.initial = {name: typed.get(name, "") for name in self.fields}
        self.initial["rounds"] = self.offered

    def clean(self) -> dict[str, Any]:
        """Rounds and categories as rows; a fault stands beside its box."""
        told = super().clean() or {}
        for number in range(1, self.offered + 1):
            name = f"criteria_{number}"
            try:
                told[name] = [criterion_of(parts) for parts in told.get(name) or []]
            except ValidationError as fault:
                self.add_error(name, fault)
        try:
            told["categories"] = [category_of(parts) for parts in told.get("categories") or []]
        except ValidationError as fault:
            self.add_error("categories", fault)
        return told

    @property
    def words(self) -> EditionWords:
        """All that is declared, as an action takes it."""
        told = self.cleaned_data
        return EditionWords(
            year=told["year"],
            opens=told["opens"],
            closes=told["closes"],
            categories=told["categories"],
            rounds=[
                self._round(number) for number in range(1, self.offered + 1) if told[f"criteria_{number}"]
            ],
            quotas=[
                QuotaWords(level, told[f"places_{level}"], told[f"threshold_{level}"])
                for level in LEVELS
                if told[f"places_{level}"] is not None or told[f"threshold_{level}"] is not None
            ],
            tie_rules=self._ties(told),
            draw=told["draw"],
            rule_set=told["rule_set"],
            judges_wanted=told["judges_wanted"],
            most_of_body=told["most_of_body"],
            theme_th=told["theme_th"],
            theme_en=told["theme_en"],
        )

    def _round(self, number: int) -> RoundWords:
        told = self.cleaned_data
        names = {}
        for language in ("th", "en"):
            with override(language):
                names[language] = gettext("Round %(number)d") % {"number": number}
        is_named = bool(told[f"round_{number}"])
        return RoundWords(
            told[f"round_{number}"] or names["th"],
            told[f"criteria_{number}"],
            is_blind=told[f"blind_{number}"],
            goes_on=told.get(f"goes_on_{number}"),
            name_en=told[f"round_en_{number}"] or ("" if is_named else names["en"]),
        )

    def _ties(self, told: dict[str, Any]) -> Sequence[str]:
        chosen = [told[f"tie_{number}"] for number in range(1, TIES + 1) if told[f"tie_{number}"]]
        return [
            *(f"{kind}|{told['tie_criterion'] if kind == CRITERION else ''}" for kind in chosen),
            f"{DRAW}|",
        ]

    def _add_round(self, number: int, given: Round | None) -> None:
        told = {"number": number}
        self.fields[f"round_{number}"] = CleanTextField(
            label=_("Name of round %(number)d") % told,
            max_length=200,
            required=False,
            initial=given.name_th if given else "",
        )
        self.fields[f"round_en_{number}"] = CleanTextField(
            label=_("Name of round %(number)d in English") % told,
            max_length=200,
            required=False,
            initial=given.name_en if given else "",
        )
        self.fields[f"criteria_{number}"] = RowsField(
            label=_("Criteria of round %(number)d, one a line") % told,
            required=number == 1,
            initial="\n".join(lines_of_criteria(given)) if given else "",
            help_text=_(
                "Code | Thai name | English name | weight | highest mark, or for a gate: code | Thai name | "
                "English name | gate. The English name may be left out."
            ),
        )
        self.fields[f"blind_{number}"] = forms.BooleanField(
            label=_("Round %(number)d is blind") % told,
            required=False,
            initial=given.is_blind if given else False,
        )
        if number == self.offered:
            return
        self.fields[f"goes_on_{number}"] = WholeNumberField(
            label=_("How many of each category go on after round %(number)d?") % told,
            least=1,
            most=9999,
            required=False,
            initial=given.goes_on if given else None,
            help_text=_("Empty if it is the only one."),
        )


def _initial_of(edition: Edition) -> dict[str, Any]:
    names = ("year", "theme_th", "theme_en", "opens", "closes", "rule_set", "draw", "judges_wanted")
    ties = [told.partition("|") for told in edition.tie_rules]
    return {
        **{name: getattr(edition, name) for name in (*names, "most_of_body")},
        **{
            f"tie_{number}": kind
            for number, (kind, _bar, _of) in enumerate(ties, start=1)
            if kind != DRAW and number <= TIES
        },
        "year": str(edition.year),
        "tie_criterion": next((of for _kind, _bar, of in ties if of), ""),
        "categories": "\n".join(line_of_category(each) for each in edition.categories.all()),
    }


def _offered(sent: Mapping[str, Any] | None, declared: Sequence[Round]) -> int:
    """How many rounds the form has: as many as it had when it was sent, else those declared."""
    told = str(sent.get("rounds", "")) if sent is not None else ""
    wanted = int(told) if told.isascii() and told.isdigit() and len(told) < 3 else 0
    return min(max(wanted, len(declared), ROUNDS), MOST_ROUNDS)
