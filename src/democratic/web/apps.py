from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "democratic.web"
    label = "web"
