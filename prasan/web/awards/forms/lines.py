"""Categories and criteria as they are typed and pasted: one a line, its parts between bars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prasan.awards.actions import CategoryWords, CriterionWords
from prasan.awards.counting import plain
from prasan.awards.models import Category, Round
from prasan.innovations.models import RegisterEntry
from prasan.kernel.digits import parse_number
from prasan.kernel.sentence import NotUnderstood

GATE_WORDS = ("gate", "ผ่าน", "เงื่อนไข")


def line_of_category(each: Category) -> str:
    """A category as it is typed; an English name that could pass for a branch is followed by a bar."""
    parts = [each.name_th, *filter(None, (each.name_en, each.branch))]
    looks_like_a_branch = bool(each.name_en) and not each.branch and each.name_en.islower()
    return " | ".join([*parts, ""] if looks_like_a_branch else parts)


def category_of(parts: Sequence[str]) -> CategoryWords:
    """A line of one to three parts; of two, the second is a branch where it is one small Latin word.

    So a branch with a slip in it is told, and does not pass for an English name. ValidationError as below.
    """
    if len(parts) == 2 and parts[1].isascii() and parts[1].isalpha() and parts[1].islower():
        parts = [parts[0], "", parts[1]]
    name_th, name_en, branch = (*parts, "", "")[:3]
    if len(parts) > 3 or (branch and branch not in RegisterEntry.Branch.values):
        raise ValidationError(
            _("A branch is service, quality or participation. An English name begins with a capital letter.")
        )
    return CategoryWords(name_th, name_en, branch)


def lines_of_criteria(given: Round) -> Iterable[str]:
    """The criteria of a round as they are typed."""
    for each in given.criteria.all():
        last = ("gate",) if each.is_gate else (plain(each.weight), plain(each.most))
        yield " | ".join((each.code, each.name_th, *filter(None, (each.name_en,)), *last))


def criterion_of(parts: Sequence[str]) -> CriterionWords:
    """A line of a gate or of what is scored; ValidationError, in words for people, where it is neither."""
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
