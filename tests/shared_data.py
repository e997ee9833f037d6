"""Where the optional real data lies: beside the repository, or where PRASAN_SHARED_DATA says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data; tests that need it skip where it is not."""
    folder = Path(os.environ.get("PRASAN_SHARED_DATA", "") or BESIDE)
    if not folder.is_dir():
        pytest.skip(f"the real data is not here ({folder}); name its folder in PRASAN_SHARED_DATA")
    return folder
