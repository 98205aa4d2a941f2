from importlib import import_module

from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "democratic.communities"
    label = "communities"

    def ready(self) -> None:
        """Declare every kind of Entry: a projection must know them all, whoever asked it to run."""
        for module in (
            "events",
            "organisations.events",
            "houses.events",
            "editorial.events",
            "reserve.events",
            "accessibility.events",
        ):
            import_module(f"{self.name}.{module}")
