from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "democratic.participation"
    label = "participation"
