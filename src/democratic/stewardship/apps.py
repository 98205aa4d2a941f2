from importlib import import_module

from django.apps import AppConfig


class StewardshipConfig(AppConfig):
    name = "democratic.stewardship"
    label = "stewardship"

    def ready(self) -> None:
        """Kinds of Entry are declared by being imported: whatever reads the journal knows them all."""
        for applet in ("moderation", "packages"):
            import_module(f"{self.name}.{applet}.events")
