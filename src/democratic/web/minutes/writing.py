"""The page on which the minutes are written: every passage is a form of its own, kept as soon as it is sent."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.kernel.refusals import Refusal
from democratic.participation.meetings.minutes import actions
from democratic.participation.meetings.minutes.models import Minutes
from democratic.participation.meetings.minutes.queries import minutes_to_write
from democratic.participation.meetings.models import Meeting
from democratic.people.models import Person
from democratic.web import acts
from democratic.web.desk.pages import acknowledge
from democratic.web.minutes.access import for_writers, page_of
from democratic.web.minutes.write_forms import BlockForm, CatchUpForm, ProposeForm
from democratic.web.minutes.write_page import show_write_page, ties_of
from democratic.web.requests import Request

LONGEST_NUMBER = 4


@dataclass
class Writing:
    """What was sent: ``form`` is the one at fault when it is shown again, under the name of its passage."""

    request: Request
    meeting: Meeting
    draft: Minutes | None
    shown: Minutes | None
    sent: dict[str, forms.Form] = field(default_factory=dict)

    @property
    def here(self) -> str:
        return page_of(self.meeting, "compte-rendu/ecrire")

    def needed(self) -> Minutes:
        if self.draft is None:
            raise Refusal(_("Aucune version n’est en préparation."))
        return self.draft

    def block(self) -> UUID:
        try:
            return UUID(self.request.POST.get("block", ""))
        except ValueError:
            raise Refusal(_("Choisissez un passage.")) from None

    def seen(self) -> str:
        return self.request.POST.get("seen", "")


def _start(w: Writing) -> str:
    actions.start_minutes(meeting=w.meeting, clock=w.request.clock)
    return w.here


def _gather(w: Writing) -> str:
    actions.gather(minutes=w.needed())
    return w.here


def _next(w: Writing) -> str:
    actions.open_next_version(meeting=w.meeting)
    return w.here


def _save(w: Writing) -> str:
    form = w.sent[str(w.block())]
    assert isinstance(form, BlockForm)  # noqa: S101  as ``_form_of`` made it
    saved = actions.save_block(minutes=w.needed(), block=w.block(), said=form.said(), seen=w.seen())
    return f"{w.here}#passage-{saved.rank}"


def _add(w: Writing) -> str:
    form = w.sent["new"]
    assert isinstance(form, BlockForm)  # noqa: S101  as ``_form_of`` made it
    typed = w.request.POST.get("after", "")
    after = int(typed) if typed.isdecimal() and len(typed) < LONGEST_NUMBER else 0
    made = actions.add_block(minutes=w.needed(), after=after, said=form.said())
    return f"{w.here}#passage-{made.rank}"


def _move(w: Writing) -> str:
    is_up = w.request.POST.get("do") == "up"
    actions.move_block(minutes=w.needed(), block=w.block(), is_up=is_up)
    return f"{w.here}#b{w.block()}"


def _remove(w: Writing) -> str:
    actions.remove_block(minutes=w.needed(), block=w.block(), seen=w.seen())
    return f"{w.here}#passages"


def _catch_up(w: Writing) -> str:
    text = w.sent["catch_up"].cleaned_data["catch_up"]
    actions.save_catch_up(minutes=w.needed(), text=text, seen=w.seen())
    return f"{w.here}#essentiel"


def _tell(w: Writing) -> str:
    actions.tell_catch_up(minutes=w.needed(), clock=w.request.clock)
    return page_of(w.meeting, "rattrapage")


def _propose(w: Writing) -> str:
    days = w.sent["propose"].cleaned_data["days"]
    actions.propose_minutes(minutes=w.needed(), days=days, clock=w.request.clock)
    return page_of(w.meeting, "compte-rendu")


def _approve(w: Writing) -> str:
    if w.shown is None:
        raise Refusal(_("Aucune version n’est proposée."))
    actions.approve_minutes(minutes=w.shown, clock=w.request.clock)
    return page_of(w.meeting, "compte-rendu")


@dataclass(frozen=True, slots=True)
class Deed:
    act: Callable[[Writing], str]
    done: str = ""  # what the next page says; empty: the page itself shows it


def _deeds() -> dict[str, Deed]:
    return {
        "start": Deed(_start),
        "gather": Deed(_gather, _("Ce que la rencontre a produit depuis est ajouté à la fin.")),
        "next": Deed(_next),
        "save": Deed(_save, _("Le passage est gardé.")),
        "add": Deed(_add, _("Le passage est ajouté.")),
        "up": Deed(_move),
        "down": Deed(_move),
        "remove": Deed(_remove, _("Le passage est retiré du brouillon.")),
        "catch_up": Deed(_catch_up, _("L’essentiel est gardé. Il n’est pas encore publié.")),
        "tell": Deed(_tell, _("L’essentiel est publié.")),
        "propose": Deed(_propose, _("Le compte rendu est proposé à relecture.")),
        "approve": Deed(_approve, _("Le compte rendu est approuvé : il est définitif.")),
    }


@require_http_methods(["GET", "POST"])
@for_writers
def write(request: Request, meeting: Meeting) -> HttpResponse:
    draft, shown = minutes_to_write(meeting)
    w = Writing(request, meeting, draft, shown)
    deed = _deeds().get(request.POST.get("do", "")) if request.method == "POST" else None
    if deed is None:
        return show_write_page(request, meeting, draft, shown, {}, 400 if request.method == "POST" else 200)
    name, form = _form_of(w)
    w.sent[name] = form

    def act(_person: Person, _cleaned: dict[str, Any]) -> str:
        return deed.act(w)

    done = acts.attempt(request, form, act)
    if done is None:
        draft, shown = minutes_to_write(meeting)  # as whoever came first left it
        return show_write_page(request, meeting, draft, shown, w.sent, acts.refused(form))
    if deed.done:
        acknowledge(request, deed.done)
    return done


def _form_of(w: Writing) -> tuple[str, forms.Form]:
    """The form that was sent, and the name under which it is shown again."""
    sent, do = w.request.POST, w.request.POST.get("do")
    if do == "catch_up":
        return "catch_up", CatchUpForm(sent)
    if do == "propose":
        return "propose", ProposeForm(sent)
    if do in ("save", "add"):
        name = sent.get("block", "") if do == "save" else "new"
        return name, BlockForm(ties_of(w.meeting, w.draft), sent, name=name)
    return "page", forms.Form(sent)
