"""A photo or a voice that came with a letter: for the agents who read it, and erased when one of them says so."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from democratic.kernel.refusals import Refusal
from democratic.participation.conversations.models import FlowFile
from democratic.participation.conversations.releasing import remove_file
from democratic.web.acts import spend_a_write
from democratic.web.desk.access import for_agents
from democratic.web.desk.views.conversations import conversation_of
from democratic.web.desk.views.inbox import conversation_path
from democratic.web.requests import Request
from democratic.web.voices import private_file


def _sent(request: Request, code: str, file: UUID) -> FlowFile:
    of_letter = FlowFile.objects.filter(letter__conversation=conversation_of(request, code))
    found = of_letter.select_related("file").filter(pk=file).first()
    if found is None or found.file is None:
        raise Http404
    return found


@require_safe
@for_agents
def content(request: Request, code: str, file: UUID) -> HttpResponse:
    sent = _sent(request, code, file)
    if sent.file is None:
        raise Http404
    return private_file(request, sent.file)


@require_POST
@for_agents
def remove(request: Request, code: str, file: UUID) -> HttpResponse:
    sent = _sent(request, code, file)
    spend_a_write(request)
    try:
        remove_file(sent=sent, clock=request.clock)
        messages.success(request, _("C’est effacé."))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(conversation_path(code))
