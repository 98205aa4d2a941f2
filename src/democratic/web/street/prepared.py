"""What a device takes along: the session, the question, the texts to read, the words of the agreement."""

from typing import Any

from django.utils.translation import gettext as _

from democratic.communities.queries import officials_of
from democratic.participation.reports.home import title_of
from democratic.participation.street.devices import Prepared
from democratic.participation.street.models import StreetSession
from democratic.participation.street.queries import texts_of
from democratic.people.models import AgeBand
from democratic.web.charts.polls import label_of


def session_line(session: StreetSession) -> dict[str, Any]:
    return {
        "id": str(session.pk),
        "place": session.record.place,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "question": session.record.title,
        "state": session.record.state,
    }


def prepared(session: StreetSession, made: Prepared) -> dict[str, Any]:
    return {
        "token": made.token,
        "device": str(made.device.pk),
        "expires_at": made.device.expires_at.isoformat(),
        "codes": made.codes,
        "session": {
            **session_line(session),
            "code": session.record.code,
            "process": title_of(session.process.record),
            "uses_tu": session.process.uses_tu,
            "consent": _consent(uses_tu=session.process.uses_tu),
            "poll": _poll(session),
            "bands": [{"key": band.value, "label": str(band.label)} for band in AgeBand],
            "engagement": {
                "officials": [
                    {"id": str(each.pk), "name": f"{each.name}, {each.function}"}
                    for each in officials_of(session.record.authority)
                ]
            },
            "texts": [
                {"code": text.code, "title": title_of(text), "text": text.text} for text in texts_of(session)
            ],
        },
    }


def _consent(*, uses_tu: bool) -> str:
    if uses_tu:
        return _(
            "Je note ta phrase. Elle sera publiée, avec ton prénom si tu le donnes, et recevra une réponse. Tu es"
            " d’accord ?"
        )
    return _(
        "Je note votre phrase. Elle sera publiée, avec votre prénom si vous le donnez, et recevra une réponse. Vous"
        " êtes d’accord ?"
    )


def _poll(session: StreetSession) -> dict[str, Any] | None:
    if session.poll is None:
        return None
    options = session.poll.options.all()
    return {
        "id": str(session.poll.pk),
        "question": title_of(session.poll.record),
        "options": [{"rank": each.rank, "text": str(label_of(session.poll, each))} for each in options],
    }
