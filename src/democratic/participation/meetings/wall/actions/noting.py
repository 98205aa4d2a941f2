from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Service
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_line
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.wall.models import SuggestedFact, WallQuestion

LONGEST_FACT = 400


@transaction.atomic
def note_fact(*, question: WallQuestion, text: str, service: Service | None, clock: Clock) -> SuggestedFact:
    """For the screen of whoever answers; nothing of it is public."""
    said = clean_line(text)
    if not said:
        raise Refusal(_("Écrivez le chiffre ou le fait utile."), field="text")
    if len(said) > LONGEST_FACT:
        raise Refusal(_("Ce texte a %(n)d signes ; il en faut 400 au plus.") % {"n": len(said)}, field="text")
    made = SuggestedFact.objects.create(question=question, service=service, text=said, written_at=clock.now())
    touch(question.meeting_id, Topic.TEAM)
    return made
