"""The backup file of a device, brought in by hand: as often as one likes, each record once."""

import base64
import binascii
import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Refusal
from democratic.participation.street.files import MOST_BYTES, keep_street_file
from democratic.participation.street.models import FieldDevice, StreetCapture, StreetSession
from democratic.participation.street.receiving import MOST_RECORDS, Receipt, receive
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import Asked, ask
from democratic.web.requests import Request
from democratic.web.street.desk.sessions import desk_session, session_crumbs
from democratic.web.street.forms import BackupForm
from democratic.web.street.places import desk_path

FORMAT = "democratic-street-1"
MOST_BACKUP, MOST_BACKED_UP = 60 * 1024 * 1024, 2_000


@require_http_methods(["GET", "POST"])
@for_agents
def bring_in(request: Request, code: str) -> HttpResponse:
    session = desk_session(request, code)
    form = BackupForm(request.POST or None, request.FILES or None)

    def act(cleaned: dict[str, Any]) -> str:
        saved = read_backup(cleaned["file"], session)
        receipts = _records(session, saved, request.clock)
        lost = _files(session, saved, request.clock)
        n = sum(each.state == "received" for each in receipts)
        told = _("Saisies reçues : %(n)s. À corriger : %(wrong)s. Fichiers illisibles : %(lost)s.")
        messages.info(request, told % {"n": n, "wrong": len(receipts) - n, "lost": lost})
        return desk_path(session)

    asked = Asked(
        title=_("Reprendre une sauvegarde"),
        lead=_(
            "Si le téléphone ne retrouve pas le réseau. Une saisie déjà reçue n’est pas comptée deux fois."
        ),
        send=_("Reprendre ce fichier"),
        done=_("La sauvegarde est reprise."),
        crumbs=session_crumbs(session),
        is_public=False,
    )
    return ask(request, form, act, asked)


def read_backup(sent: UploadedFile | None, session: StreetSession) -> dict[str, Any]:
    """Refusal: it is no backup of ours, or of another session."""
    if sent is None or not sent.size:
        raise Refusal(_("Choisissez le fichier de sauvegarde."), field="file")
    if sent.size > MOST_BACKUP:
        raise Refusal(_("Ce fichier est trop lourd : 60 Mo au plus."), field="file")
    try:
        read = json.loads(sent.read())
    except (ValueError, RecursionError) as wrong:
        raise Refusal(
            _("Ce fichier n’est pas une sauvegarde de l’application de terrain."), field="file"
        ) from wrong
    if (
        not isinstance(read, dict)
        or read.get("format") != FORMAT
        or not isinstance(read.get("records"), list)
    ):
        raise Refusal(_("Ce fichier n’est pas une sauvegarde de l’application de terrain."), field="file")
    if len(read["records"]) > MOST_BACKED_UP:
        raise Refusal(_("Ce fichier a trop de saisies : 2 000 au plus."), field="file")
    named = read.get("session")
    named = named.get("id") if isinstance(named, dict) else named
    if str(named).lower() != str(session.pk):
        raise Refusal(_("Cette sauvegarde est celle d’un autre rendez-vous."), field="file")
    return read


def _records(session: StreetSession, saved: dict[str, Any], clock: Clock) -> list[Receipt]:
    device, records = _device(session, saved.get("device")), saved["records"]
    receipts: list[Receipt] = []
    for start in range(0, len(records), MOST_RECORDS):
        batch = records[start : start + MOST_RECORDS]
        receipts += receive(session=session, device=device, records=batch, clock=clock)
    return receipts


def _device(session: StreetSession, named: object) -> FieldDevice | None:
    pk = _uuid(named.get("id") if isinstance(named, dict) else named)
    return FieldDevice.objects.filter(session=session, pk=pk).first() if pk else None


def _files(session: StreetSession, saved: dict[str, Any], clock: Clock) -> int:
    """How many could not be kept: their texts are here all the same."""
    files = saved.get("files")
    return sum(not _kept(session, each, clock) for each in files) if isinstance(files, list) else 0


def _kept(session: StreetSession, each: object, clock: Clock) -> bool:
    if not isinstance(each, dict):
        return False
    uuid, n, kind = _uuid(each.get("uuid")), each.get("n"), each.get("type")
    capture = StreetCapture.objects.filter(session=session, uuid=uuid).first() if uuid else None
    if capture is None or not isinstance(n, int) or not isinstance(kind, str) or kind not in MOST_BYTES:
        return False
    try:
        content = base64.b64decode(str(each.get("base64", "")), validate=True)
        if len(content) > MOST_BYTES[kind]:
            return False
        keep_street_file(capture=capture, n=n, content_type=kind, content=content, clock=clock)
    except (binascii.Error, ValueError, Refusal):
        return False
    return True


def _uuid(named: object) -> UUID | None:
    try:
        return UUID(named) if isinstance(named, str) else None
    except ValueError:
        return None
