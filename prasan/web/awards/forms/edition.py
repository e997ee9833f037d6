"""A programme, its rules, and all that is declared of an edition before it opens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Agency
from prasan.awards import eligibility
from prasan.awards.actions import (
    CategoryWords,
    CriterionWords,
    EditionWords,
    QuotaWords,
    RoundWords,
    RuleWords,
)
from prasan.awards.counting import plain
from prasan.awards.models import Category, Edition, Programme, Round, RuleSet
from prasan.innovations.models import RegisterEntry
from prasan.judging.ranking import CRITERION, DRAW, EARLIER, FIRST_PLACES, SMALLER_SPREAD
from prasan.kernel.calendar import buddhist_year, today
from prasan.kernel.digits import parse_number
from prasan.kernel.sentence import NotUnderstood
from prasan.places.models import LocalGovernmentKind
from prasan.web.agencies.fields import offer
from prasan.web.awards.forms.fields import BodyField, RowsField
from prasan.web.shell.fields import (
    CleanTextField,
    FormKeyField,
    QuantityField,
    ThaiDateField,
    WholeNumberField,
)

GATE_WORDS = ("gate", "ผ่าน", "เงื่อนไข")
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


class ProgrammeForm(forms.Form):
    """A programme and the agency that organises it."""

    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("Small Latin letters, digits and hyphens: good-water")
    )
    name_th = CleanTextField(label=_("Name in Thai"), max_length=300)
    name_en = CleanTextField(label=_("Name in English"), max_length=300, required=False)
    organiser = BodyField(
        label=_("Agency that organises it"), max_length=200, help_text=_("Its code or its exact name.")
    )


class RulesForm(forms.Form):
    """A version of the rules of eligibility; what is left empty is no rule."""

    year_from = WholeNumberField(label=_("From which Buddhist year?"), least=2400, most=2700)
    source = CleanTextField(
        label=_("What are the rules based on?"),
        max_length=300,
        help_text=_("For example: announcement of the committee of 1 June 2569"),
    )
    levels = forms.MultipleChoiceField(
        label=_("Bodies of which level may enter?"),
        choices=Agency.Level.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kinds = forms.MultipleChoiceField(
        label=_("Which kinds of local government may enter?"),
        choices=[(kind.value, f"{kind.value} {kind.label}") for kind in LocalGovernmentKind.Kind],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    years = WholeNumberField(label=_("Years in operation at least"), least=1, most=50, required=False)
    on = ThaiDateField(
        label=_("On which day must these years be full?"),
        required=False,
        help_text=_("Empty is the last day of the window."),
    )
    finished_in = WholeNumberField(
        label=_("Finished inside which fiscal year?"), least=2400, most=2700, required=False
    )
    in_window = forms.BooleanField(label=_("Entered inside the window"), required=False, initial=True)
    not_before = forms.BooleanField(label=_("Not awarded in this programme before"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["year_from"].initial = str(buddhist_year(today()))

    @property
    def words(self) -> list[RuleWords]:
        """The rules, as an action takes them."""
        told = self.cleaned_data
        rules = []
        if told["levels"]:
            rules.append(RuleWords(eligibility.OWNER_LEVEL, {"codes": list(told["levels"])}))
        if told["kinds"]:
            rules.append(RuleWords(eligibility.OWNER_KIND, {"codes": list(told["kinds"])}))
        if told["years"]:
            on = {"on": told["on"].isoformat()} if told["on"] else {}
            rules.append(RuleWords(eligibility.YEARS_IN_OPERATION, {"years": told["years"], **on}))
        if told["finished_in"]:
            rules.append(RuleWords(eligibility.FINISHED_INSIDE_YEAR, {"year": told["finished_in"]}))
        if told["in_window"]:
            rules.append(RuleWords(eligibility.WINDOW))
        if told["not_before"]:
            rules.append(RuleWords(eligibility.NOT_AWARDED_BEFORE))
        return rules


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
                told[name] = [_criterion(parts) for parts in told.get(name) or []]
            except ValidationError as fault:
                self.add_error(name, fault)
        try:
            told["categories"] = [_category(parts) for parts in told.get("categories") or []]
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
            initial="\n".join(_told(given)) if given else "",
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
        "categories": "\n".join(_told_of_category(each) for each in edition.categories.all()),
    }


def _offered(sent: Mapping[str, Any] | None, declared: Sequence[Round]) -> int:
    """How many rounds the form has: as many as it had when it was sent, else those declared."""
    told = str(sent.get("rounds", "")) if sent is not None else ""
    wanted = int(told) if told.isascii() and told.isdigit() and len(told) < 3 else 0
    return min(max(wanted, len(declared), ROUNDS), MOST_ROUNDS)


def _told_of_category(each: Category) -> str:
    parts = [each.name_th, *filter(None, (each.name_en, each.branch))]
    looks_like_a_branch = bool(each.name_en) and not each.branch and each.name_en.islower()
    return " | ".join([*parts, ""] if looks_like_a_branch else parts)


def _category(parts: Sequence[str]) -> CategoryWords:
    """A line of one to three parts; of two, the second is a branch where it is one small Latin word.

    So a branch with a slip in it is told, and does not pass for an English name.
    """
    if len(parts) == 2 and parts[1].isascii() and parts[1].isalpha() and parts[1].islower():
        parts = [parts[0], "", parts[1]]
    name_th, name_en, branch = (*parts, "", "")[:3]
    if len(parts) > 3 or (branch and branch not in RegisterEntry.Branch.values):
        raise ValidationError(
            _("A branch is service, quality or participation. An English name begins with a capital letter.")
        )
    return CategoryWords(name_th, name_en, branch)


def _told(given: Round) -> Iterable[str]:
    for each in given.criteria.all():
        last = ("gate",) if each.is_gate else (plain(each.weight), plain(each.most))
        yield " | ".join((each.code, each.name_th, *filter(None, (each.name_en,)), *last))


def _criterion(parts: Sequence[str]) -> CriterionWords:
    is_gate = parts[-1].lower() in GATE_WORDS
    words, numbers = (parts[:-1], ()) if is_gate else (parts[:-2], parts[-2:])
    if not 2 <= len(words) <= 3:
        raise ValidationError(
            _(
                "Please write each line as: code | Thai name | English name | weight | highest mark, or: "
                "code | Thai name | English name | gate."
            )
        )
    code, name_th, name_en = (*words, "")[:3]
    if is_gate:
        return CriterionWords(code, name_th, name_en=name_en, is_gate=True)
    weight, most = map(_number, numbers)
    return CriterionWords(code, name_th, weight, most, name_en=name_en)


def _number(text: str) -> Decimal:
    try:
        return Decimal(parse_number(text))
    except NotUnderstood as fault:
        raise ValidationError(_("“%(text)s” is no number."), params={"text": text}) from fault
