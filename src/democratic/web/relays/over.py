"""Why a kit, or a code, opens nothing more: a sentence, and where to go from there."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from democratic.participation.conversations.relaying import Over
from democratic.web.pages import Main, show
from democratic.web.requests import Request

GONE = 410


def gone(request: Request, over: Over) -> HttpResponse:
    """404 of what nobody here gave."""
    if over == Over.UNKNOWN:
        raise Http404
    heading, text = {
        Over.RETIRED: (
            _("Ce code n’est plus utilisé"),
            _(
                "Il n’ouvre plus rien, et ses affiches peuvent être décrochées. Ce qui a été dit par lui reste dû."
            ),
        ),
        Over.FINISHED: (
            _("Cette concertation est terminée"),
            _("Merci de l’avoir relayée. Ce qu’elle est devenue est public, sur le site de la collectivité."),
        ),
    }[over]
    main = Main(
        "web/error.html", {"heading": heading, "text": text, "status": GONE}, title=heading, status=GONE
    )
    return show(request, main)
