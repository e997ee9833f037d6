"""A real browser for the tests that look at pages in one."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import browsers


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """It goes with its module: while playwright runs, Django takes the whole process for asynchronous."""
    with sync_playwright() as playwright:
        opened = browsers.start(playwright)
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright's loop is not one of ours
        yield opened
        opened.close()
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
