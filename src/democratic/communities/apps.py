from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "democratic.communities"
    label = "communities"
