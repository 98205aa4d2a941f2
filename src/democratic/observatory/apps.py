from django.apps import AppConfig


class ObservatoryConfig(AppConfig):
    name = "democratic.observatory"
    label = "observatory"
