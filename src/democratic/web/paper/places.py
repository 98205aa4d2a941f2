"""Where a process's paper is at the desk, and the guarded fetches of its pages."""

from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from democratic.participation.paper.models import PaperBatch
from democratic.participation.paper.queries import get_batch_for
from democratic.participation.processes.models import Process
from democratic.web.desk.pages import Crumb, process_crumbs, process_desk_path
from democratic.web.desk.views.processes import desk_process
from democratic.web.requests import Request


def paper_path(process: Process, page: str = "") -> str:
    return process_desk_path(process, "papiers" + (f"/{page}" if page else ""))


def batch_path(batch: PaperBatch, page: str = "") -> str:
    return paper_path(batch.process, f"lots/{batch.pk}" + (f"/{page}" if page else ""))


def paper_crumbs(process: Process) -> tuple[Crumb, ...]:
    return process_crumbs(process, "papiers", _("Papier"))


def batch_crumbs(batch: PaperBatch) -> tuple[Crumb, ...]:
    return (*paper_crumbs(batch.process), (batch.name, batch_path(batch)))


def desk_batch(request: Request, slug: str, batch: UUID) -> PaperBatch:
    found = get_batch_for(request.authority, batch)
    if found is None or found.process_id != desk_process(request, slug).pk:
        raise Http404
    return found
