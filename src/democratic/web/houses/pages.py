"""What everyone reads of a body's house: its charter, whose rights end when, what it said and what it was answered."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from democratic.communities.houses.models import Charter, House
from democratic.communities.houses.queries import (
    charter_in_force,
    facilitators_of,
    facilitators_rights,
    get_house_for,
    past_charters,
    running_terms,
)
from democratic.kernel.spoken import Spoken
from democratic.participation.houses.models import Opinion
from democratic.participation.houses.queries import opinion_for, opinions_at_home, referral_for, referrals_of
from democratic.thread.queries import RecordNotFound
from democratic.web.formats import day
from democratic.web.houses.places import house_path, opinion_path, referral_path
from democratic.web.houses.told import (
    counts_in_words,
    line_of_rights,
    point_row,
    rating_lines,
    role_line,
    sent_row,
    settings_of,
    standing_of,
)
from democratic.web.organisations.places import list_path, public_path
from democratic.web.pages import Main, show_stored
from democratic.web.places import at
from democratic.web.processes.days import anyone, today_of
from democratic.web.requests import Request
from democratic.web.suites.fil.phrases import text_of, title_of
from democratic.web.suites.follow import follow_context, my_follow
from democratic.web.suites.reading import by_code


def _trail(house: House, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Organisations"), list_path()), (house.organisation.name, house_path(house)), *more]


def _house(request: Request, code: str) -> House:
    house = get_house_for(anyone(request), code)
    if house is None:
        raise RecordNotFound(code)
    return house


@by_code
def house(request: Request, code: str) -> HttpResponse:
    found = _house(request, code)
    today = today_of(request)

    def build() -> Main:
        charter = charter_in_force(found)
        title = found.organisation.name
        context = {
            "prefix": at(""),
            "trail": [(_("Organisations"), list_path()), (title, "")],
            "title": title,
            "tu": found.is_youth,
            "text": text_of(found.organisation.record),
            "facts": [
                (_("Mandat"), str(found.mandate), _("depuis le %(day)s") % {"day": day(found.mandate_since)}),
                (_("Qui répond à ses avis"), found.respondent.function, found.service.name),
                (_("En combien de jours"), str(found.answer_days), ""),
            ],
            "charter": charter,
            "charter_since": day(charter.since) if charter else "",
            "charter_url": house_path(found, "charte"),
            "steps": line_of_rights(facilitators_rights(found), today),
            "functions": [each.function for each in facilitators_of(found)],
            "roles": [role_line(term) for term in running_terms(found, today)],
            "opinions": [
                {
                    "title": each.record.title,
                    "url": opinion_path(each.record.code),
                    "meta": _("adopté le %(day)s") % {"day": day(each.adopted_on)},
                }
                for each in opinions_at_home(found)
                if each.state == Opinion.State.ADOPTED
            ],
            "referrals": [sent_row(sent) for sent in referrals_of(found, today)],
            "organisation_url": public_path(found.organisation),
            "home_url": house_path(found, "maison"),
            "join_url": at("/conseils/rejoindre"),
        }
        return Main(
            "web/houses/house.html", context, title, text_of(found.organisation.record)[:160], "participate"
        )

    return show_stored(request, request.authority.pk, build)


@by_code
def charter(request: Request, code: str) -> HttpResponse:
    found = _house(request, code)

    def build() -> Main:
        current = charter_in_force(found)
        title = _("La charte")
        context = {
            "prefix": at(""),
            "trail": _trail(found, (title, "")),
            "title": title,
            "body_name": found.organisation.name,
            "charter": _charter(current) if current else None,
            "past": [_charter(each) for each in past_charters(found)],
            "home_url": house_path(found, "charte/projet"),
            "proof_url": at(f"/journal/preuve/{found.organisation.record.code}"),
        }
        return Main("web/houses/charter.html", context, title, section="participate")

    return show_stored(request, request.authority.pk, build)


def _charter(charter: Charter) -> dict[str, Any]:
    return {
        "version": charter.version,
        "since": day(charter.since),
        "articles": [
            {"title": Spoken(each.title, charter.language), "text": Spoken(each.text, charter.language)}
            for each in charter.articles.all()
        ],
        "facts": settings_of(charter),
        "counts": counts_in_words(charter.adoption),
    }


@by_code
def opinion(request: Request, code: str) -> HttpResponse:
    found = opinion_for(anyone(request), code)
    if found is None:
        raise RecordNotFound(code)

    def build() -> Main:
        record, home = found.record, found.house
        title = title_of(record)
        context = {
            "prefix": at(""),
            "trail": _trail(home, (title, "")),
            "title": title,
            "by": home.organisation.name,
            "by_url": house_path(home),
            "text": text_of(record),
            "adopted": day(found.adopted_on),
            "version": found.version,
            "counts": counts_in_words(found.adoption),
            "points": [
                record.spoken(point.text) for point in found.points.all() if point.version == found.version
            ],
            "views": [
                {"text": record.spoken(view.text), "voices_told": view.voices_told}
                for view in found.minority_views.all()
            ],
            "referrals": [
                (each.record.code, referral_path(each.record.code), day(each.sent_on))
                for each in found.referrals.all()
            ],
            "code": record.code,
            "fil_url": at(f"/fil/{record.code}"),
            "proof_url": at(f"/journal/preuve/{record.code}"),
            **follow_context(record.code, opinion_path(record.code)),
        }
        return Main("web/houses/opinion.html", context, title, text_of(record)[:160], "follow")

    return show_stored(
        request,
        request.authority.pk,
        build,
        personal=lambda: my_follow(request, found.pk, code, opinion_path(code)),
    )


@by_code
def referral(request: Request, code: str) -> HttpResponse:
    sent = referral_for(anyone(request), code, today_of(request))
    if sent is None:
        raise RecordNotFound(code)
    found, due = sent.referral, sent.due

    def build() -> Main:
        record, home = found.record, found.opinion.house
        title, (state, label) = title_of(record), standing_of(found, due)
        context = {
            "prefix": at(""),
            "trail": _trail(
                home,
                (title_of(found.opinion.record), opinion_path(found.opinion.record.code)),
                (_("Saisine"), ""),
            ),
            "title": title,
            "by": home.organisation.name,
            "by_url": house_path(home),
            "opinion_url": opinion_path(found.opinion.record.code),
            "state": state,
            "label": label,
            "is_answered": found.answered_on is not None,
            "facts": [
                (_("Reçue le"), day(found.sent_on), _("accusé de réception %(code)s") % {"code": code}),
                (_("Réponse due le"), day(due.due_on) if due else "", ""),
                (_("Qui répond"), found.respondent.function, due.service if due else ""),
            ],
            "points": [point_row(point, record) for point in found.points.all()],
            "signed": {
                "name": found.signed_name,
                "line": found.signed_function,
                "url": "",
                "page": at(f"/elus/{found.respondent_id}"),
            }
            if found.answered_on
            else None,
            "rating": rating_lines(found),
            "rating_n": found.rating.get("n", 0),
            "rate_url": house_path(home, f"saisines/{code}/avis"),
            "code": code,
            "fil_url": at(f"/fil/{code}"),
            "proof_url": at(f"/journal/preuve/{code}"),
            **follow_context(code, referral_path(code)),
        }
        return Main("web/houses/referral.html", context, title, section="follow")

    return show_stored(
        request,
        found.record.pk,
        build,
        personal=lambda: my_follow(request, found.pk, code, referral_path(code)),
    )
