from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class WebConfig(AppConfig):
    name = "democratic.web"
    label = "web"

    def ready(self) -> None:
        """When someone last signed in is not kept: her devices say the day, to her alone."""
        user_logged_in.disconnect(dispatch_uid="update_last_login")
