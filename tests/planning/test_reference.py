from __future__ import annotations

from tests.planning.reference import MARK, PAGE, drawn


def test_reference_page_shows_the_workflows_and_rights_as_they_are() -> None:
    _written, _, generated = PAGE.read_text("utf-8").partition(MARK)

    assert generated.strip() == drawn().strip()
