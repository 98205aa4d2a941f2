from importlib import import_module

from django.apps import AppConfig

# The order in which the desk lists them.
CONNECTORS = ("widget", "kiosk", "email", "matrix", "sms", "telegram", "whatsapp", "push", "webhook")


class ChannelsConfig(AppConfig):
    name = "democratic.channels"
    label = "channels"

    def ready(self) -> None:
        """Each connector registers itself as it is imported: adding one is adding a folder and its name here."""
        for name in CONNECTORS:
            import_module(f"democratic.channels.{name}")
