"""The browser that tests look at pages with: Debian's chromium, or the one that playwright fetched."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import Browser, Error, Playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""Those made to work without windows first: they do the same with a fifth less of the processor."""

ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    # the map is drawn by WebGL in software; pages themselves are drawn quicker without
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-gpu-rasterization",
    "--disable-gpu-compositing",
]


def start(playwright: Playwright) -> Browser:
    """A browser without windows; the test is skipped where the machine has none."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    try:
        return playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
    except Error as error:
        if found is None:
            pytest.skip("no chromium on this machine: install Debian's package chromium to see pages in it")
        raise AssertionError(f"{found} does not start") from error
