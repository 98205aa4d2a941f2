import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "democratic.config.settings")
django.setup(set_prefix=False)

# The entry reads models as it is imported: Django must stand before it.
from democratic.web.entry.application import application  # noqa: E402

__all__ = ["application"]
