from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "democratic.kernel"
    label = "kernel"
