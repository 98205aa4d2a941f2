from django.apps import AppConfig


class RehearsalConfig(AppConfig):
    name = "democratic.rehearsal"
    label = "rehearsal"
