from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "democratic.demo"
    label = "demo"
