"""The texts that a person's agencies keep for their answers."""

from __future__ import annotations

from django.db.models import QuerySet

from prasan.agencies.models import Agency
from prasan.agencies.queries import Person, postings_of, within_reach
from prasan.complaints import rules
from prasan.complaints.models import Complaint, ReplyTemplate


def templates_for(user: Person) -> QuerySet[ReplyTemplate]:
    """The texts of the person's agencies, by name."""
    rows = ReplyTemplate.objects.select_related("agency")
    return within_reach(user, rules.KEEP_TEMPLATES, rows).order_by("agency__sort_key", "name", "pk")


def agencies_with_templates(user: Person) -> QuerySet[Agency]:
    """The person's agencies that may keep such texts."""
    roles = {grant.role for grant in rules.KEEP_TEMPLATES.grants}
    own = {posting.agency_id for posting in postings_of(user) if posting.role in roles}
    return Agency.objects.filter(pk__in=own).order_by("sort_key")


def filled_in(template: ReplyTemplate, complaint: Complaint) -> str:
    """The text with what it says of the complaint."""
    said = {
        "number": complaint.number,
        "kind": str(complaint.kind or ""),
        "place": complaint.area.full_name,
    }
    text = template.text
    for name, value in said.items():
        text = text.replace(f"{{{name}}}", value)
    return text
