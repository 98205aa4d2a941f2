from importlib import import_module

from django.apps import AppConfig

APPLETS = (
    "mandates",
    "obligations",
    "processes",
    "commitments",
    "tracker",
    "answers",
    "approvals",
    "debates",
    "ideas",
    "meetings",
    "meetings.soundings",
    "meetings.wall",
    "meetings.minutes",
    "polls",
    "street",
    "conversations",
    "houses",
)
TOOLS = ("ideas", "meetings", "polls", "street", "conversations")


class ParticipationConfig(AppConfig):
    name = "democratic.participation"
    label = "participation"

    def ready(self) -> None:
        """Declare every kind of Entry (a projection must know them all, whoever asked it to run), and the tools."""
        for applet in APPLETS:
            import_module(f"{self.name}.{applet}.events")
        for applet in TOOLS:
            import_module(f"{self.name}.{applet}.tool")
