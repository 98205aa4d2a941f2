from django.apps import AppConfig


class ThreadConfig(AppConfig):
    name = "democratic.thread"
    label = "thread"
