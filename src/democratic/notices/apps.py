from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "democratic.notices"
    label = "notices"
