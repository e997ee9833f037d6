"""Cookbooks as readers and writers see them, and what changed between two states of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from prasan.agencies.queries import Person, decide, within_reach
from prasan.innovations import rules
from prasan.innovations.models import Cookbook, CookbookFile, CookbookSection, CookbookVersion
from prasan.innovations.queries.innovations import innovations_for
from prasan.innovations.queries.measures import measures_of
from prasan.innovations.states import COOKBOOK
from prasan.kernel.changes import Run, changed_words
from prasan.ledger.queries import entries_about

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section that reads otherwise, word by word."""

    section: CookbookSection.Code
    words: Sequence[Run]


@dataclass(frozen=True, slots=True)
class CookbookChanges:
    """All that differs between two states of a cookbook; files by their titles."""

    sections: Sequence[SectionChange]
    files_added: Sequence[str]
    files_removed: Sequence[str]
    figures_changed: bool

    def __bool__(self) -> bool:
        return bool(self.sections or self.files_added or self.files_removed or self.figures_changed)


def cookbooks_for(user: Person) -> QuerySet[Cookbook]:
    """The cookbooks that the person may see, of innovations that he may see."""
    rows = Cookbook.objects.select_related("innovation__owner", "innovation__area__parent")
    return within_reach(user, rules.VIEW_COOKBOOK, rows).filter(innovation__in=innovations_for(user))


def sections_of(cookbook: Cookbook) -> list[CookbookSection]:
    """The sections of a cookbook as they are being written, in the order in which they are read."""
    found = {each.code: each for each in cookbook.sections.select_related("edited_by")}
    return [found[code] for code in CookbookSection.Code.values if code in found]


def files_of(cookbook: Cookbook) -> QuerySet[CookbookFile]:
    """The files that go with a cookbook now."""
    return cookbook.files.filter(is_removed=False).select_related("file").order_by("pk")


def published_of(cookbook: Cookbook) -> CookbookVersion | None:
    """What readers see: the last version of a cookbook that is published."""
    return cookbook.versions.last() if cookbook.state == "published" else None


def versions_to_compare(user: Person, cookbook: Cookbook) -> list[CookbookVersion]:
    """The last version and the one before it; what was withdrawn since it stood is shown to writers alone."""
    versions = list(cookbook.versions.order_by("-number")[:2])
    last, earlier = versions[:1], versions[1:]
    if earlier and not decide(user, rules.WRITE_COOKBOOK, cookbook):
        withdrawn = entries_about((COOKBOOK.code, cookbook.pk)).filter(kind=f"{COOKBOOK.code}.withdraw")
        earlier = [] if withdrawn.filter(at__gte=earlier[0].made_at).exists() else earlier
    return [*last, *earlier]


def files_for(user: Person, cookbook: Cookbook) -> QuerySet[CookbookFile]:
    """The files that the person may open: those of the published version, for writers all that there are."""
    rows = cookbook.files.select_related("file")
    if decide(user, rules.WRITE_COOKBOOK, cookbook):
        return rows
    version = published_of(cookbook)
    return rows.filter(pk__in=[key for key, _title in version.content["files"]]) if version else rows.none()


def content_now(cookbook: Cookbook) -> dict[str, object]:
    """All that a cookbook says as it is being written, as a version keeps it."""
    innovation = cookbook.innovation
    return {
        "title": innovation.title,
        "title_en": innovation.title_en,
        "owner_th": innovation.owner.name_th,
        "owner_en": innovation.owner.name_en,
        "sections": {each.code: each.text for each in sections_of(cookbook)},
        "measures": measures_of(innovation),
        "files": [[each.pk, each.title] for each in files_of(cookbook)],
    }


def changes_between(before: Content, after: Content) -> CookbookChanges:
    """What differs between two contents, in the order of the sections."""
    old, new = before["sections"], after["sections"]
    had, has = dict(before["files"]), dict(after["files"])
    return CookbookChanges(
        sections=[
            SectionChange(code, changed_words(old.get(code.value, ""), new.get(code.value, "")))
            for code in CookbookSection.Code
            if old.get(code.value, "") != new.get(code.value, "")
        ],
        files_added=[title for key, title in has.items() if key not in had],
        files_removed=[title for key, title in had.items() if key not in has],
        figures_changed=before["measures"] != after["measures"],
    )
