"""Taking turns where what is there is looked at before more is added: the second sees what the first did."""

from __future__ import annotations

from django.db import connection

from prasan.places.models import Area, ProvinceCluster


def wait_for_turn_at(owner: Area | ProvinceCluster) -> None:
    """Of several who begin something of this area or cluster, all but one wait until this transaction ends.

    Rows that only point to it are added without waiting.
    """
    type(owner)._base_manager.select_for_update(no_key=True).get(pk=owner.pk)


def wait_for_turn_to_import() -> None:
    """Of several who take in budget lines, all but one wait until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('prasan.planning.bill'))")
