from importlib import import_module

from django.apps import AppConfig


class ObservatoryConfig(AppConfig):
    name = "democratic.observatory"
    label = "observatory"

    def ready(self) -> None:
        """Declare every kind of Entry: a projection must know them all, whoever asked it to run."""
        import_module(f"{self.name}.events")
