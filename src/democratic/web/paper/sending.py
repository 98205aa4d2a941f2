"""What an agent sends of a page of the grid: always kept first, then looked at, scanned sheets handed over with it."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from democratic.kernel.limits import spend
from democratic.kernel.refusals import Refusal
from democratic.participation.paper.actions import finish_entry, keep_draft, look_over, receive_scan
from democratic.participation.paper.actions.batches import MOST_SHEETS
from democratic.participation.paper.actions.merging import LinesMoved
from democratic.participation.paper.models import PaperBatch
from democratic.web.acts import attempt
from democratic.web.desk.pages import acknowledge
from democratic.web.paper.forms import GridForm, marking
from democratic.web.paper.moved import chosen_in, seen_in
from democratic.web.paper.places import batch_path
from democratic.web.paper.scan_form import ScanForm
from democratic.web.requests import Request, someone
from democratic.web.uploads import UPLOADS_OF_A_PERSON

LINES = 20  # of one page: a form has so many fields, and no more


class Sending:
    """``acte``: what is asked once the lines are kept. ``is_kept``, ``refused``: how far it went."""

    def __init__(self, request: Request, batch: PaperBatch, form: GridForm) -> None:
        self._request, self._batch, self._form = request, batch, form
        self._act = request.POST.get("acte", "")
        self.is_kept = False
        self.refused: LinesMoved | None = None

    def go(self) -> HttpResponse | None:
        location = attempt(self._request, self._form, self._do, self._keep)
        if location is not None:
            acknowledge(self._request, self._told(), forgets=page_path(self._request, self._batch))
        return location

    def _keep(self, _cleaned: dict[str, Any]) -> None:
        sent, numbers = self._request.POST, self._form.numbers
        try:
            with marking(self._form):
                keep_draft(
                    batch=self._batch,
                    rows=self._form.rows(),
                    by=someone(self._request),
                    seen=seen_in(sent, numbers),
                    chosen=chosen_in(sent, numbers),
                )
        except LinesMoved as moved:
            self.refused = moved
            raise
        self.is_kept = True

    def _do(self, _person: object, _cleaned: dict[str, Any]) -> str:
        if self._act == "finir":
            with marking(self._form):
                if not self._batch.is_checked:  # published by one hand: asked once more, in numbers
                    look_over(batch=self._batch, by=someone(self._request))
                    return batch_path(self._batch, "publier")
                finish_entry(batch=self._batch, by=someone(self._request), clock=self._request.clock)
            return batch_path(self._batch)
        if self._act == "numeriser":
            self._send_scans()
        if self._act == "suivre":
            return f"{batch_path(self._batch)}?suivre=1"
        return page_path(self._request, self._batch)

    def _send_scans(self) -> None:
        """Nothing is opened here: the worker reads, page after page."""
        scan, by = ScanForm(self._request.POST, self._request.FILES), someone(self._request)
        if not scan.is_valid():
            raise Refusal(" ".join(str(error) for errors in scan.errors.values() for error in errors))
        spend(UPLOADS_OF_A_PERSON, str(by.pk))
        sent = [(file.name, file.chunks()) for file in scan.cleaned_data["scans"]]
        receive_scan(batch=self._batch, sent=sent, by=by, clock=self._request.clock)

    def _told(self) -> str:
        finished = _("La saisie est finie.") if self._batch.is_checked else _("Tout est enregistré.")
        return {
            "finir": finished,
            "numeriser": _("Les feuilles sont envoyées : elles sont lues en arrière-plan."),
        }.get(self._act, _("Enregistré. Vous pouvez continuer."))


def page_of(request: Request) -> int:
    asked = request.GET.get("page", "1")
    return int(asked) if asked in {str(n) for n in range(1, MOST_SHEETS // LINES + 1)} else 1


def page_path(request: Request, batch: PaperBatch) -> str:
    """Of the twenty lines that are being typed, whatever else the address says."""
    return batch_path(batch) + (f"?page={page_of(request)}" if page_of(request) > 1 else "")
