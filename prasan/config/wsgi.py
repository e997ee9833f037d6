"""What granian serves; an unsafe production is not served at all."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prasan.config.settings")

from prasan.config import production, settings
from prasan.config.faults import Fault
from prasan.matching.title_reading import read_title

try:
    production.require_safe_settings(settings)
    application = get_wsgi_application()
    production.require_no_demonstration(settings)
except Fault as fault:
    raise SystemExit(f"{fault.th}\n{fault.en}") from fault

read_title("")  # the vocabulary, so that the first who asks need not wait for it

# What was read at the start stays: to look through all of it now and then would stop a page for a tenth of
# a second
gc.freeze()
