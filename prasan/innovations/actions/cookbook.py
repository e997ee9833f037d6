"""Writing a cookbook together, and publishing it."""

from __future__ import annotations

from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan.accounts.models import User
from prasan.agencies.queries import require
from prasan.cases.actions import begin, move_in_act
from prasan.cases.words import cleaned
from prasan.documents.actions import release, store
from prasan.documents.models import File
from prasan.innovations import events, rules
from prasan.innovations.actions.innovation import locked_innovation
from prasan.innovations.models import (
    Cookbook,
    CookbookFile,
    CookbookSection,
    CookbookVersion,
    Innovation,
)
from prasan.innovations.queries.cookbooks import content_now, files_of
from prasan.kernel.refusals import Refused
from prasan.kernel.text import says_something
from prasan.ledger.actions import record
from prasan.ledger.seals import Facts

MOST_FILES = 20
MOST_LINES = 200
"""Lines of one section: a cookbook of a thousand pages helps nobody, and is set anew for each reader."""
_ALLOWED = (File.Kind.IMAGE, File.Kind.PDF, File.Kind.DOCX, File.Kind.XLSX)
_TAKEN_OVER = {"hurt": "pain_point", "steps": "solution", "benefit": "impact"}
"""Which section begins with which words of the innovation: nothing is typed twice."""


class Overtaken(Refused):
    """Somebody else saved the section since it was read; `section` is how it stands now."""

    def __init__(self, section: CookbookSection) -> None:
        super().__init__(
            _(
                "Somebody else saved this part while you were writing. Both texts stand here; "
                "please join them."
            )
        )
        self.section = section


@transaction.atomic
def begin_cookbook(innovation: Innovation, *, by: User | None) -> Cookbook:
    """Begin the cookbook of a registered innovation with its words; the one that is there already, if any."""
    innovation = locked_innovation(innovation)
    posting = require(by, rules.WRITE_COOKBOOK, Cookbook(innovation=innovation))
    if (known := Cookbook.objects.filter(innovation=innovation).first()) is not None:
        return known
    _refuse_unless_registered(innovation)
    cookbook = begin(Cookbook(innovation=innovation), by=by, posting=posting)
    CookbookSection.objects.bulk_create(
        CookbookSection(
            cookbook=cookbook,
            code=code,
            text=getattr(innovation, _TAKEN_OVER[code]) if code in _TAKEN_OVER else "",
        )
        for code in CookbookSection.Code.values
    )
    return cookbook


@transaction.atomic
def write_section(
    cookbook: Cookbook, code: str, text: str, *, edits: int, by: User | None
) -> CookbookSection:
    """Save one section, as long as nobody saved it since it was read with this number of edits.

    Overtaken otherwise, with nothing written over; unless both wrote the same.
    """
    cookbook = locked_cookbook(cookbook)
    posting = require(by, rules.WRITE_COOKBOOK, cookbook)
    _refuse_unless_open(cookbook)
    section = cookbook.sections.select_related("edited_by").filter(code=code).first()
    if section is None:
        raise Refused(_("A cookbook has no such part. Please choose one from the page."))
    words = cleaned(text)
    if words == section.text:
        return section
    if words.count("\n") >= MOST_LINES:
        raise Refused(_("Please shorten this part to %(most)d lines.") % {"most": MOST_LINES})
    if section.edits != edits:
        raise Overtaken(section)
    section.text, section.edits = words, section.edits + 1
    section.edited_by, section.edited_at = by, timezone.now()
    section.save(update_fields=["text", "edits", "edited_by", "edited_at"])
    facts: Facts = {"section": section.code, "edits": section.edits}
    record(events.COOKBOOK_WRITTEN, cookbook, by=by, posting=posting, after=facts)
    return section


@transaction.atomic
def add_cookbook_file(
    cookbook: Cookbook, *, title: str, stream: BinaryIO, name: str, by: User | None
) -> CookbookFile:
    """Add a form, a picture or a document that others need; the same file once."""
    cookbook = locked_cookbook(cookbook)
    posting = require(by, rules.WRITE_COOKBOOK, cookbook)
    _refuse_unless_open(cookbook)
    words = cleaned(title, 300)
    if not words:
        raise Refused(_("Please say what it is, for example: request form for the queue."))
    if files_of(cookbook).count() >= MOST_FILES:
        raise Refused(_("There are %(most)d files already.") % {"most": MOST_FILES})
    file = store(stream, name=name, allowed=_ALLOWED)
    kept = cookbook.files.filter(file=file).first() or CookbookFile(
        cookbook=cookbook, file=file, is_removed=True
    )
    if not kept.is_removed:
        if kept.title != words:
            raise Refused(_("This file is there already, as “%(title)s”.") % {"title": kept.title})
        return kept
    kept.title, kept.is_removed, kept.added_by = words, False, by
    kept.save()
    record(events.COOKBOOK_FILE_ADDED, cookbook, by=by, posting=posting, after={"file": kept.pk})
    return kept


@transaction.atomic
def remove_cookbook_file(file: CookbookFile, *, by: User | None) -> None:
    """Take a file out; one that was published stays with its version, any other goes with its last link."""
    cookbook = locked_cookbook(file.cookbook)
    posting = require(by, rules.WRITE_COOKBOOK, cookbook)
    _refuse_unless_open(cookbook)
    kept = files_of(cookbook).filter(pk=file.pk).first()
    if kept is None:
        raise Refused(_("This was taken away already."))
    record(events.COOKBOOK_FILE_REMOVED, cookbook, by=by, posting=posting, before={"file": kept.pk})
    published = {key for each in cookbook.versions.all() for key, _title in each.content["files"]}
    if kept.pk in published:
        kept.is_removed = True
        kept.save(update_fields=["is_removed"])
        return
    kept.delete()
    release(kept.file)


@transaction.atomic
def publish_cookbook(cookbook: Cookbook, *, by: User | None, note: str = "") -> Cookbook:
    """Let everybody read the cookbook as it stands now, as a version of its own if it reads otherwise."""
    cookbook = locked_cookbook(cookbook)
    posting = require(by, rules.WRITE_COOKBOOK, cookbook)
    _refuse_unless_registered(cookbook.innovation)
    content = content_now(cookbook)
    told = {each.code: each.text for each in cookbook.sections.all()}
    if not says_something(told["steps"]):
        raise Refused(_("Please write what to do, step by step. Without it nobody can do the same."))
    last = cookbook.versions.last()
    if last is None or last.content != content:
        last = CookbookVersion.objects.create(
            cookbook=cookbook,
            number=last.number + 1 if last else 1,
            content=content,
            made_by=by,
            posting_id=posting,
        )
    elif cookbook.state == "published":
        raise Refused(_("Nothing was changed since version %(number)d.") % {"number": last.number})
    return move_in_act(cookbook, "publish", by=by, note=note, after={"version": last.number})


def locked_cookbook(cookbook: Cookbook) -> Cookbook:
    """The cookbook as it stands, held until the act ends."""
    rows = Cookbook.objects.select_for_update(of=("self",))
    found = rows.select_related("innovation__owner", "innovation__area").filter(pk=cookbook.pk).first()
    if found is None:
        raise Refused(_("This is no longer there. Please go back to the list."))
    return found


def _refuse_unless_open(cookbook: Cookbook) -> None:
    if cookbook.is_closed:
        raise Refused(_("The cookbook is withdrawn. Please bring it back to write on."))


def _refuse_unless_registered(innovation: Innovation) -> None:
    if innovation.state != "registered":
        raise Refused(_("A cookbook is written of an innovation that is in the register."))
