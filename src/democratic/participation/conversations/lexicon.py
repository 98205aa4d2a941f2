"""The answers that a flow doesn't write itself: ages, yes and no, and that one may not say."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from civics.reach.rendering import Option
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
        }
