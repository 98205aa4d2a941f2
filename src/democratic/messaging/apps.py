from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "democratic.messaging"
    label = "messaging"
