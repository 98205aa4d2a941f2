"""The common box of a morning: a call, a message on the site, an answer, and one that waits for too long."""

from collections.abc import Iterator

from democratic.demo.calendar import MON, THU, TUE, WED, Week
from democratic.demo.story import Scene, Story
from democratic.kernel.clock import Clock
from democratic.participation.inbox.actions import assign, write_back
from democratic.participation.inbox.models import Channel, Conversation, InboxMessage
from democratic.participation.inbox.receiving import Sender, receive_message
from democratic.participation.inbox.replies import keep_template
from democratic.participation.inbox.tagging import tag_conversations
from democratic.people.models import AgeBand

REPLIES = {
    "Transmis au service": {
        "fr": "Bonjour,\n\nMerci de votre message. Il est entre les mains du service, qui vous répond avant la date dite.",
        "en": "Hello,\n\nThank you for your message. The service has it, and will answer you by the day given.",
    },
    "Hors de nos compétences": {
        "fr": "Bonjour,\n\nCe que vous demandez relève de la commune. Voici à qui écrire :",
        "en": "Hello,\n\nWhat you ask is for the municipality to decide. Here is whom to write to:",
    },
}
AGENT, SERVICE = "nathalie", "transports"


def scenes(story: Story) -> Iterator[Scene]:
    at, box = story.calendar.at, _Box(story)
    yield Scene(at(Week(-3, MON), 9, 12), box.is_asked_for_the_room)
    yield Scene(at(Week(-3, TUE), 10), box.answers_for_the_room)
    yield Scene(at(Week(-3, WED), 14), box.is_late)
    yield Scene(at(Week(-1, TUE), 11), box.hears_a_call)
    yield Scene(at(Week(-1, WED), 17, 40), box.is_asked_for_the_night_bus)
    yield Scene(at(Week(-1, THU), 9), box.is_sorted)


class _Box:
    """What its earlier scenes received, for the later ones."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.received: dict[str, Conversation] = {}

    def _receive(
        self, key: str, text: str, subject: str, clock: Clock, channel: Channel, sender: Sender
    ) -> None:
        self.received[key] = receive_message(
            authority=self.story.authority, channel=channel, text=text, subject=subject, sender=sender,
            noted_by=self.story.people[AGENT] if channel == Channel.PHONE else None, clock=clock,
        ).conversation  # fmt: skip

    def is_asked_for_the_room(self, clock: Clock) -> None:
        self._receive(
            "room", "Peut-on poser l’affiche de la fête du vélo au local des associations ?", "Une affiche au local",
            clock, Channel.WEB, Sender(name="Roue libre", age_band=AgeBand.ADULT),
        )  # fmt: skip

    def answers_for_the_room(self, clock: Clock) -> None:
        write_back(
            conversation=self.received["room"], kind=InboxMessage.Kind.ANSWER, seen=None, clock=clock,
            text="Oui, sur le panneau de l’entrée, jusqu’au lendemain de la fête.", by=self.story.people[AGENT],
        )  # fmt: skip

    def is_late(self, clock: Clock) -> None:
        self._receive(
            "late", "Le portillon de l’arrêt du stade grince et ne ferme plus. Qui s’en occupe ?", "Le portillon du stade",
            clock, Channel.WEB, Sender(age_band=AgeBand.SENIOR),
        )  # fmt: skip

    def hears_a_call(self, clock: Clock) -> None:
        self._receive(
            "bench", "Elle attend debout à l’étang, avec ses courses. Elle demande un banc.", "Un banc à l’arrêt de l’étang",
            clock, Channel.PHONE, Sender(name="Mme Tissot"),
        )  # fmt: skip

    def is_asked_for_the_night_bus(self, clock: Clock) -> None:
        self._receive(
            "night", "Et le bus de nuit en semaine, c’est quand ?", "", clock, Channel.WEB, Sender(age_band=AgeBand.TEENS)
        )  # fmt: skip

    def is_sorted(self, clock: Clock) -> None:
        authority, bench = self.story.authority, self.received["bench"]
        tag_conversations(authority=authority, conversations=[bench.pk], names=["Mobilier"])
        tag_conversations(authority=authority, conversations=[self.received["night"].pk], names=["Horaires"])
        for name, texts in REPLIES.items():
            keep_template(authority=authority, name=name, texts=texts)
        service = self.story.services.get(SERVICE) or next(iter(self.story.services.values()))
        assign(
            authority=authority, conversations=[bench.pk], service=service, assignee=None, due_on=None, clock=clock
        )  # fmt: skip
