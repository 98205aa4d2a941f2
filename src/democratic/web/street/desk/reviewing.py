"""What came back is published, corrected, or set aside; a device is cut; a text is sent to the street."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from democratic.kernel.ids import read_code
from democratic.kernel.refusals import Refusal
from democratic.participation.street.devices import revoke_device
from democratic.participation.street.models import FieldDevice, StreetCapture, StreetFile, StreetSession
from democratic.participation.street.queries import count_captures, others_of
from democratic.participation.street.returning import keep_from_the_street, send_to_the_street
from democratic.participation.street.validating import correct_capture, set_aside, validate_captures
from democratic.thread.models import Kind, Record
from democratic.web.desk.access import for_agents, function_of
from democratic.web.desk.forms.people import SureForm
from democratic.web.desk.pages import Asked, ask
from democratic.web.requests import Request, someone
from democratic.web.street.desk.before import told_to_cut, told_to_publish
from democratic.web.street.desk.sessions import desk_session, session_crumbs
from democratic.web.street.forms import AsideForm, CorrectionForm, TextForm
from democratic.web.street.places import desk_path
from democratic.web.voices import private_file


def _capture(session: StreetSession, pk: UUID) -> StreetCapture:
    found = StreetCapture.objects.filter(session=session, pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@for_agents
def validate(request: Request, code: str) -> HttpResponse:
    """One capture, named by the form of its row; or all that waits, on a page that first says what it is."""
    session = desk_session(request, code)
    one = request.POST.get("saisie", "")
    return _validate_one(request, session, one) if one else _validate_all(request, session)


def _validate_one(request: Request, session: StreetSession, named: str) -> HttpResponse:
    try:
        only = [UUID(named)]
    except ValueError as wrong:
        raise Http404 from wrong
    try:
        _validate(request, session, only)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(desk_path(session))


def _validate_all(request: Request, session: StreetSession) -> HttpResponse:
    def act(_cleaned: dict[str, Any]) -> str:
        _validate(request, session)
        return desk_path(session)

    told = told_to_publish(count_captures(session))
    asked = Asked(
        title=_("Tout valider et publier") if told else _("Clore la relecture"),
        lead=" ".join(told) or _("Tout est relu : la page publique dira ce que le rendez-vous a donné."),
        send=_("Tout publier") if told else _("Clore la relecture"),
        done=_("Le rendez-vous est relu."),
        crumbs=session_crumbs(session),
        is_announced=True,
    )
    return ask(request, SureForm(request.POST if request.method == "POST" else None), act, asked)


def _validate(request: Request, session: StreetSession, only: list[UUID] | None = None) -> None:
    """And tell what came of it. Refusal: nothing may be published yet."""
    done = validate_captures(
        session=session, by=someone(request), function=function_of(request), clock=request.clock, only=only
    )
    if done.validated:
        told = ngettext("%(n)s saisie est publiée.", "%(n)s saisies sont publiées.", done.validated)
        messages.success(request, told % {"n": done.validated})
    if done.asked:
        told = ngettext(
            "%(n)s engagement attend l’accord de la personne élue : rien n’en est publié avant.",
            "%(n)s engagements attendent l’accord de la personne élue : rien n’en est publié avant.",
            done.asked,
        )
        messages.info(request, told % {"n": done.asked})
    if done.refused:
        told = ngettext(
            "%(n)s saisie n’a pas pu l’être : son motif est dit dessous.",
            "%(n)s saisies n’ont pas pu l’être : leur motif est dit dessous.",
            done.refused,
        )
        messages.warning(request, told % {"n": done.refused})


@require_http_methods(["GET", "POST"])
@for_agents
def correct(request: Request, code: str, capture: UUID) -> HttpResponse:
    session = desk_session(request, code)
    found = _capture(session, capture)
    said = {"text": found.payload.get("text", ""), "first_name": found.payload.get("first_name", "")}

    def act(cleaned: dict[str, Any]) -> str:
        correct_capture(capture=found, text=cleaned["text"], first_name=cleaned["first_name"])
        return desk_path(session)

    asked = Asked(
        title=_("Corriger une saisie"),
        lead=_("Une faute de frappe, un nom de trop. Le sens reste celui de la personne."),
        send=_("Garder la correction"),
        done=_("La saisie est corrigée. Elle n’est pas encore publiée."),
        crumbs=session_crumbs(session),
        is_public=False,
    )
    return ask(request, CorrectionForm(request.POST or None, initial=said), act, asked)


@require_http_methods(["GET", "POST"])
@for_agents
def put_aside(request: Request, code: str, capture: UUID) -> HttpResponse:
    session = desk_session(request, code)
    found = _capture(session, capture)

    def act(cleaned: dict[str, Any]) -> str:
        set_aside(capture=found, reason=cleaned["reason"], clock=request.clock)
        return desk_path(session)

    asked = Asked(
        title=_("Écarter une saisie"),
        lead=_("Elle ne sera publiée nulle part. On dira seulement qu’une saisie est écartée."),
        send=_("Écarter"),
        done=_("La saisie est écartée."),
        crumbs=session_crumbs(session),
        is_public=False,
    )
    return ask(request, AsideForm(request.POST or None), act, asked)


@require_http_methods(["GET", "POST"])
@for_agents
def revoke(request: Request, code: str, device: UUID) -> HttpResponse:
    session = desk_session(request, code)
    found = FieldDevice.objects.filter(session=session, pk=device).select_related("person").first()
    if found is None:
        raise Http404

    def act(_cleaned: dict[str, Any]) -> str:
        revoke_device(device=found, clock=request.clock)
        return desk_path(session)

    asked = Asked(
        title=_("Couper cet appareil"),
        lead=" ".join(told_to_cut(found, others_of(found, request.clock.now()))),
        send=_("Couper cet appareil"),
        done=_(
            "Cet appareil n’envoie plus rien. Dès que son application est ouverte avec son code et trouve le réseau,"
            " elle efface tout ce qu’elle garde."
        ),
        crumbs=session_crumbs(session),
    )
    return ask(request, SureForm(request.POST if request.method == "POST" else None), act, asked)


@require_http_methods(["GET", "POST"])
@for_agents
def add_text(request: Request, code: str) -> HttpResponse:
    session = desk_session(request, code)
    form = TextForm(request.POST or None, initial={"code": request.GET.get("parole", "")[:20]})

    def act(cleaned: dict[str, Any]) -> str:
        said = _said(request, cleaned["code"])
        if said is None:
            raise Refusal(_("Aucune parole publiée ne porte ce code."), field="code")
        send_to_the_street(session=session, said=said, clock=request.clock)
        return desk_path(session)

    asked = Asked(
        title=_("Lire une parole dans la rue"),
        lead=_(
            "Une parole du site est lue à voix haute. Ce qu’on en dit sur place lui revient, en commentaire."
        ),
        send=_("La lire à ce rendez-vous"),
        done=_("Cette parole sera lue au rendez-vous."),
        crumbs=session_crumbs(session),
        is_announced=True,
    )
    return ask(request, form, act, asked)


@require_POST
@for_agents
def drop_text(request: Request, code: str) -> HttpResponse:
    session = desk_session(request, code)
    said = _said(request, request.POST.get("parole", ""))
    if said is None:
        raise Http404
    try:
        keep_from_the_street(session=session, said=said, clock=request.clock)
        messages.success(request, _("Cette parole ne sera pas lue."))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(desk_path(session))


def _said(request: Request, typed: str) -> Record | None:
    found = Record.objects.filter(authority=request.authority, code=read_code(typed) or "", kind=Kind.IDEA)
    return found.select_related("authority").first()


@require_GET
@for_agents
def file(request: Request, code: str, file: UUID) -> HttpResponse:
    """A photo drawn, a voice played: for who reads the session again, and for nobody else."""
    found = StreetFile.objects.filter(pk=file, capture__session=desk_session(request, code)).select_related(
        "file"
    )
    kept = found.first()
    if kept is None:
        raise Http404
    return private_file(request, kept.file)
