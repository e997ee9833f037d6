"""Start-up of the room."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CasesConfig(AppConfig):
    """Reads every room's `events`, so that a timeline can name what any of them recorded."""

    name = "prasan.cases"

    def ready(self) -> None:
        autodiscover_modules("events")
