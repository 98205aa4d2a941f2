"""An order that nobody has published yet, and the link of the mail that asks whether she agrees with it."""

import re
from datetime import date

from democratic.messaging.models import OutgoingMessage
from democratic.participation.mandates.actions import Order, draft_mandate
from democratic.participation.mandates.models import Level
from democratic.thread.actions import Words


def drafted(territory):
    return draft_mandate(
        authority=territory.authority,
        words=Words(title="Rentrer le soir", text="L’assemblée demande des bus après 20 h."),
        order=Order(
            ordered_by="L’assemblée",
            ordered_on=date(2026, 2, 1),
            decidable="Les horaires.",
            not_decidable="Le budget.",
            level=Level.CONSULT,
            aimed_at="Les 15-25 ans",
            answer_due_on=date(2026, 9, 1),
            answerer=territory.official,
            service=territory.service,
        ),
        author=territory.agent.person,
        clock=territory.clock,
    )


def link_in(text):
    return re.search(r"/approbation/[\w:-]+", text)[0]


def mailed_link():
    return link_in(OutgoingMessage.objects.filter(purpose__startswith="approve:").latest("pk").body)
