"""The desk's guarded fetch of a flow, and where its pages are."""

from uuid import UUID

from django.http import Http404

from democratic.participation.conversations.models import Flow, FlowCode
from democratic.participation.conversations.relaying import code_of
from democratic.participation.processes.models import Process
from democratic.web.desk.pages import Crumb, process_crumbs, process_desk_path
from democratic.web.desk.views.processes import desk_process
from democratic.web.requests import Request


def desk_flow(request: Request, slug: str, flow: UUID) -> Flow:
    process = desk_process(request, slug)
    found = Flow.objects.filter(process=process, pk=flow).first()
    if found is None:
        raise Http404
    found.process = process
    return found


def desk_code(request: Request, slug: str, flow: UUID, code: str) -> tuple[Flow, FlowCode]:
    found = desk_flow(request, slug, flow)
    asked = code_of(found, code)
    if asked is None:
        raise Http404
    return found, asked


def flows_path(process: Process, page: str = "") -> str:
    return process_desk_path(process, f"conversations/{page}" if page else "conversations")


def flow_path(flow: Flow, page: str = "") -> str:
    return flows_path(flow.process, f"{flow.pk}/{page}" if page else str(flow.pk))


def flow_crumbs(flow: Flow, label: str) -> tuple[Crumb, ...]:
    """Up to the flow itself. ``label``: the name of the list, in the reader's language."""
    return (*process_crumbs(flow.process, "conversations", label), (flow.name, flow_path(flow)))
