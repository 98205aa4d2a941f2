from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "democratic.people"
    label = "people"
