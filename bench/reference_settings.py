"""The settings of Prasan with one page more, which the pages of Prasan are measured against."""

from prasan.config.settings import *  # noqa: F403 - the same settings are the point
from prasan.config.settings import BASE_DIR, TEMPLATES

ROOT_URLCONF = "bench.reference_site"
TEMPLATES = [{**TEMPLATES[0], "DIRS": [*TEMPLATES[0]["DIRS"], BASE_DIR / "bench" / "templates"]}]
