"""What the field kit says to the server, and is answered: see docs/developers/street.md."""

import json
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from democratic.kernel.limits import Limit, spend
from democratic.kernel.refusals import Refusal, TooMany
from democratic.participation.street.devices import prepare_device
from democratic.participation.street.files import MOST_BYTES, keep_street_file
from democratic.participation.street.models import FieldDevice, StreetCapture
from democratic.participation.street.queries import session_of_team, sessions_of_team
from democratic.participation.street.receiving import MOST_RECORDS, receive
from democratic.web.accounts.doors import is_proof_of_another_day, lacks_factor
from democratic.web.requests import Request, someone
from democratic.web.street.answers import for_devices, told
from democratic.web.street.language import in_the_language_of_the_app
from democratic.web.street.prepared import prepared, session_line

PREPARED = Limit("street-prepared", 20, 3600)


def _unknown(request: Request) -> HttpResponse | None:
    return (
        None if request.viewer.is_signed_in else told({"error": _("Connectez-vous, puis revenez ici.")}, 401)
    )


def _unproved(request: Request) -> HttpResponse | None:
    """A member of a team signs in as at the desk: with her second factor, on the same day."""
    if lacks_factor(request):
        return told({"error": _("Installez d’abord votre second facteur, depuis votre compte.")}, 401)
    if is_proof_of_another_day(request):
        return told({"error": _("Connectez-vous de nouveau : votre connexion date d’un autre jour.")}, 401)
    return None


@require_safe
@in_the_language_of_the_app
def my_sessions(request: Request) -> HttpResponse:
    if refusal := _unknown(request):
        return refusal
    found = sessions_of_team(someone(request), request.authority)
    if found and (refusal := _unproved(request)):
        return refusal
    return told({"sessions": [session_line(each) for each in found]})


@require_POST
@in_the_language_of_the_app
def prepare(request: Request, session: UUID) -> HttpResponse:
    if refusal := _unknown(request):
        return refusal
    found = session_of_team(someone(request), request.authority, session)
    if found is None:
        return told({"error": _("Vous n’êtes pas de l’équipe de ce rendez-vous.")}, 404)
    if refusal := _unproved(request):
        return refusal
    try:
        spend(PREPARED, str(someone(request).pk))
        made = prepare_device(session=found, person=someone(request), clock=request.clock)
    except Refusal as refused:
        return told({"error": str(refused.message)}, refused.status)
    return told(prepared(found, made))


@for_devices("POST")
def send(request: Request, device: FieldDevice) -> HttpResponse:
    """Taken whole, each record for itself; or, when the body cannot be read at all, nothing of it."""
    try:
        records = _records(request)
    except RequestDataTooBig:
        return told({"error": _("Cet envoi est trop lourd : envoyez moins de saisies à la fois.")}, 413)
    except (ValueError, RecursionError, UnreadablePostError):
        return told({"error": _("Cet envoi ne se lit pas.")}, 422)
    if len(records) > MOST_RECORDS:
        return told({"error": _("Cent saisies au plus par envoi.")}, 413)
    receipts = receive(session=device.session, device=device, records=records, clock=request.clock)
    return told(
        {
            "receipts": [
                {
                    "uuid": each.uuid,
                    "state": each.state,
                    "number": each.number,
                    "error": each.error,
                    "field": each.field,
                }
                for each in receipts
            ]
        }
    )


def _records(request: Request) -> list[Any]:
    body = json.loads(request.body)
    records = body.get("records") if isinstance(body, dict) else None
    if not isinstance(records, list):
        raise ValueError("a batch is an object with its records")  # noqa: TRY004  one way out for what can't be read
    return records


@for_devices("PUT")
def put_file(request: Request, device: FieldDevice, uuid: UUID, n: int) -> HttpResponse:
    capture = StreetCapture.objects.filter(session=device.session_id, uuid=uuid).first()
    if capture is None or capture.state == StreetCapture.State.TO_CORRECT:
        return told({"error": _("La saisie d’abord, son fichier ensuite.")}, 404)
    content_type = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    most = MOST_BYTES.get(content_type)
    if most is None:
        return told({"error": _("Une photo en JPEG ou en WebP, ou une voix en WebM, Ogg ou MP4.")}, 422)
    content = _content(request, most)
    if len(content) > most:
        return told({"error": _("Ce fichier est trop lourd.")}, 413)
    try:
        keep_street_file(
            capture=capture, n=n, content_type=content_type, content=content, clock=request.clock
        )
    except TooMany as many:
        return told({"error": str(many.message)}, 429)
    except Refusal as refused:
        status = refused.status if refused.status >= 500 else 422  # noqa: PLR2004  a fault of ours
        return told({"error": str(refused.message)}, status)
    return told({"state": "received"})


def _content(request: Request, most: int) -> bytes:
    """One byte more than what is taken, so that too much is seen."""
    try:
        return cast(HttpRequest, request).read(most + 1)
    except UnreadablePostError:
        return b""


@for_devices("GET")
def state(_request: Request, device: FieldDevice) -> HttpResponse:  # noqa: ARG001  its guard has looked
    return told({"revoked": False})
