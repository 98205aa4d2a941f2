import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "democratic.config.settings")

# The entry sets Django up as it is imported, so the settings must be named before it.
from democratic.web.entry.application import application

__all__ = ["application"]
