"""The answers that a flow doesn't write itself: ages, yes and no, and that one may not say."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import override

from civics.reach.capabilities import Capabilities, Medium
from civics.reach.engine import NO_MEDIUM
from civics.reach.rendering import Option
from democratic.participation.conversations import media_wording
from democratic.people.models import AgeBand

BANDS = (AgeBand.UNDER_15, AgeBand.TEENS, AgeBand.YOUNG, AgeBand.ADULT, AgeBand.SENIOR, AgeBand.UNSAID)


def lexicon(language: str) -> dict[str, tuple[Option, ...]]:
    with override(language):
        no = Option("no", _("Non"))
        return {
            "age_band": tuple(
                Option(str(band), _("Je ne dis pas") if band == AgeBand.UNSAID else str(band.label))
                for band in BANDS
            ),
            "consent": (
                Option("yes", _("Oui, ici")),
                Option("no", _("Non merci")),
            ),
            "in_body": (
                Option("yes", _("Oui, j’en suis membre")),
                no,
                Option("unsaid", _("Je ne dis pas")),
            ),
            "photo": (Option(NO_MEDIUM, _("Sans photo")),),
            "voice": (Option(NO_MEDIUM, _("Passer")),),
        }


def hints(language: str, media: Collection[Medium], minutes: Collection[int], *, tu: bool) -> dict[str, str]:
    """Said under a question: what to send with a photo; how long a voice may last, in ``minutes`` that the flow
    states; and that words do, where no voice is carried.
    """
    with override(language):
        photo = {"photo": media_wording.describe_it(tu=tu)}
        if Medium.VOICE not in media:
            return photo | {"voice": media_wording.write_instead(tu=tu)}
        return photo | {f"voice:{each}": media_wording.lasting_at_most(each) for each in minutes}


def lacks(language: str, can: Capabilities) -> dict[str, str]:
    """Steps that a channel can't carry in any way, and what is said in their place: nothing, of what one can't miss."""
    with override(language):
        photo = {} if Medium.PHOTO in can.media else {"photo": media_wording.no_photo_here()}
        return photo if can.tells_later else photo | {"consent": ""}
