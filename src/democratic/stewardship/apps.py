from django.apps import AppConfig


class StewardshipConfig(AppConfig):
    name = "democratic.stewardship"
    label = "stewardship"
