"""What cannot be taken back is said in numbers first: a pile published by one hand, a pile thrown away."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from democratic.participation.paper.actions import drop_batch, finish_entry
from democratic.participation.paper.models import PaperBatch
from democratic.participation.paper.standing import Standing, standing_of
from democratic.participation.paper.states import BatchState
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import Asked, ask
from democratic.web.formats import number
from democratic.web.paper.places import batch_crumbs, batch_path, desk_batch, paper_path
from democratic.web.requests import Request, someone


class SureForm(forms.Form):
    """``now``: the stamp of what the page says. What changed since it was read is said anew."""

    said = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, now: str, data: Any = None) -> None:
        super().__init__(data, initial={"said": now})
        self._now = now

    def clean(self) -> dict[str, Any] | None:
        if self.cleaned_data.get("said") != self._now:
            self.data = dict(self.data.items()) | {"said": self._now}
            raise forms.ValidationError(_("Relisez ce qui est écrit au-dessus, puis confirmez."))
        return super().clean()


@require_http_methods(["GET", "POST"])
@for_agents
def publish(request: Request, slug: str, batch: UUID) -> HttpResponse:
    found = desk_batch(request, slug, batch)
    mine = found.entered_by_id == someone(request).pk
    if found.state != BatchState.OPEN or found.is_checked or not mine:
        return redirect(batch_path(found))
    holds = standing_of(found)

    def act(_cleaned: dict[str, Any]) -> str:
        finish_entry(batch=found, by=someone(request), clock=request.clock)
        return batch_path(found)

    asked = Asked(
        title=_("Publier le lot « %(name)s » ?") % {"name": found.name},
        lead=" ".join([*_published(holds), _("Ensuite, rien de ce lot ne se corrige ni ne se jette.")]),
        send=_("Publier ce lot"),
        done=_("Le lot est compté."),
        crumbs=batch_crumbs(found),
        is_announced=True,
    )
    return ask(request, SureForm(holds.stamp, _sent(request)), act, asked)


@require_http_methods(["GET", "POST"])
@for_agents
def drop(request: Request, slug: str, batch: UUID) -> HttpResponse:
    found = desk_batch(request, slug, batch)
    if found.state == BatchState.COUNTED:
        return redirect(batch_path(found))
    holds = standing_of(found)

    def act(_cleaned: dict[str, Any]) -> str:
        drop_batch(batch=found)
        return paper_path(found.process)

    asked = Asked(
        title=_("Jeter le lot « %(name)s » ?") % {"name": found.name},
        lead=" ".join([_whose(request, found), *_lost(holds)]),
        send=_("Jeter ce lot"),
        done=_("Lot jeté : rien n’en est compté, et ses feuilles peuvent être saisies de nouveau."),
        crumbs=batch_crumbs(found),
    )
    return ask(request, SureForm(holds.stamp, _sent(request)), act, asked)


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _published(holds: Standing) -> list[str]:
    told = [
        ngettext("%(n)s feuille sera comptée.", "%(n)s feuilles seront comptées.", holds.sheets)
        % {"n": number(holds.sheets)},
        ngettext(
            "%(n)s parole sera publiée tout de suite.",
            "%(n)s paroles seront publiées tout de suite.",
            holds.speak,
        )
        % {"n": number(holds.speak)},
    ]
    if holds.silent:
        told.append(
            ngettext(
                "%(n)s parole ne le sera pas, faute d’accord.",
                "%(n)s paroles ne le seront pas, faute d’accord.",
                holds.silent,
            )
            % {"n": number(holds.silent)}
        )
    return [*told, *_doubts(holds)]


def _doubts(holds: Standing) -> list[str]:
    told = []
    if holds.unsure:
        told.append(
            ngettext(
                "Sur %(n)s feuille, la machine hésitait : quelqu’un l’a complétée.",
                "Sur %(n)s feuilles, la machine hésitait : quelqu’un les a complétées.",
                holds.unsure,
            )
            % {"n": number(holds.unsure)}
        )
    if holds.unread:
        told.append(
            ngettext(
                "%(n)s page numérisée reste à regarder : elle ne compte pas.",
                "%(n)s pages numérisées restent à regarder : elles ne comptent pas.",
                holds.unread,
            )
            % {"n": number(holds.unread)}
        )
    return told


def _whose(request: Request, batch: PaperBatch) -> str:
    """Who is at it now, or was."""
    if batch.entered_by_id == someone(request).pk:
        return _("C’est vous qui saisissez ce lot.")
    hand = batch.entered_by.name if batch.entered_by is not None else ""
    told = {"who": hand or _("une personne dont le compte est fermé"), "function": batch.entered_function}
    return _("Ce lot est saisi par %(who)s (%(function)s).") % told


def _lost(holds: Standing) -> list[str]:
    told = [
        ngettext("%(n)s ligne saisie sera perdue.", "%(n)s lignes saisies seront perdues.", holds.sheets)
        % {"n": number(holds.sheets)}
    ]
    if holds.scanned:
        told.append(
            ngettext("%(n)s page numérisée aussi.", "%(n)s pages numérisées aussi.", holds.scanned)
            % {"n": number(holds.scanned)}
        )
    return told
