"""At the desk: what bodies ask, answered point by point; what is in our own hands becomes an engagement."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from democratic.communities.queries import office_of, officials_of, services_of
from democratic.kernel.ids import read_code
from democratic.participation.commitments.actions.promising import Work
from democratic.participation.houses.actions import PointAnswer, answer_referral, promise_point
from democratic.participation.houses.models import Power, Referral, ReferralPoint
from democratic.participation.houses.queries import (
    points_to_promise,
    referral_for,
    referrals_to,
)
from democratic.participation.processes.models import Process
from democratic.participation.processes.queries import processes_to_follow_in
from democratic.thread.actions import Words
from democratic.thread.models import Authority
from democratic.web.desk.access import for_staff
from democratic.web.desk.forms.fields import Written, day_field, text_field
from democratic.web.desk.pages import Asked, ask, desk_page
from democratic.web.houses.places import referral_path
from democratic.web.houses.told import sent_row
from democratic.web.places import at
from democratic.web.processes.days import today_of
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request, someone

PAGE = 20


def _list() -> str:
    return at("/bureau/saisines")


def _promise_path(code: str) -> str:
    return f"{_list()}/{code}/engagement"


@require_GET
@for_staff
def listed(request: Request) -> HttpResponse:
    paging = paging_of(request, PAGE)
    found, total = referrals_to(request.authority, today_of(request), offset=paging.offset, limit=paging.size)
    context = {
        "rows": [
            {
                **sent_row(sent),
                "by": sent.referral.opinion.house.organisation.name,
                "url": f"{_list()}/{sent.referral.record.code}"
                if sent.referral.answered_on is None
                else referral_path(sent.referral.record.code),
                "promise_url": _promise_path(sent.referral.record.code) if sent.unpromised else "",
            }
            for sent in found
        ],
        "pager": pager(paging, len(found), total, _list()),
        "empty": {
            "what": _("Aucune saisine"),
            "why": _("Un conseil saisit la collectivité d’un avis que ses membres ont adopté."),
            "who": _("La réponse sera due au jour dit, point par point."),
            "action": (_("Voir les organisations"), at("/bureau/organisations")),
        },
    }
    return desk_page(request, "referrals.html", context, title=_("Saisines"))


class AnswerForm(forms.Form):
    """Three fields for each point, named by its rank; who signs."""

    signer = forms.ChoiceField(label=gettext_lazy("Qui répond"), widget=forms.RadioSelect)

    def __init__(self, referral: Referral, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.points = list(referral.points.all())
        self.officials = {str(each.pk): each for each in officials_of(referral.record.authority)}
        for point in self.points:
            self.fields[f"power_{point.rank}"] = forms.ChoiceField(
                label=point.text, choices=Power.choices, widget=forms.RadioSelect
            )
            self.fields[f"passed_to_{point.rank}"] = Written(
                label=_("À qui, si c’est une autre autorité"), max_length=160, required=False
            )
            self.fields[f"reason_{point.rank}"] = text_field(
                _("La réponse, et sa raison"), rows=4, max_length=3000
            )
        signers = [(pk, f"{each.name}, {each.function}") for pk, each in self.officials.items()]
        self.fields["signer"].choices = signers  # type: ignore[attr-defined]
        self.fields["signer"].initial = str(referral.respondent_id)
        self.order_fields([name for name in self.fields if name != "signer"])

    def answers(self) -> dict[int, PointAnswer]:
        cleaned = self.cleaned_data
        return {
            point.rank: PointAnswer(
                Power(cleaned[f"power_{point.rank}"]),
                cleaned[f"reason_{point.rank}"],
                cleaned[f"passed_to_{point.rank}"],
            )
            for point in self.points
        }


@require_http_methods(["GET", "POST"])
@for_staff
def answer(request: Request, code: str) -> HttpResponse:
    sent = referral_for(request.viewer, read_code(code) or "", today_of(request))
    if sent is None:
        raise Http404
    referral = sent.referral
    form = AnswerForm(referral, request.POST or None)

    def act(cleaned: dict[str, Any]) -> str:
        signer = form.officials[cleaned["signer"]]
        own = office_of(someone(request), request.authority)
        answer_referral(
            referral=referral,
            answers=form.answers(),
            signer=signer,
            is_by_delegation=own is None or own.pk != signer.pk,
            clock=request.clock,
        )
        code = referral.record.code
        return _promise_path(code) if points_to_promise(referral) else referral_path(code)

    if referral.answered_on is not None and request.method == "GET":
        messages.info(request, _("La réponse est déjà publiée."))
    asked = Asked(
        title=_("Répondre à « %(title)s »") % {"title": referral.record.title},
        lead=_(
            "Chaque demande reçoit sa réponse : ce que vous ferez, à qui vous transmettez, ou non, avec la raison."
        ),
        send=_("Publier la réponse"),
        done=_("La réponse est publiée, point par point."),
        crumbs=((_("Saisines"), _list()),),
        is_announced=True,
    )
    return ask(request, form, act, asked)


class PromiseForm(forms.Form):
    """What will be done about one point: by whom, for when, and in which process it is followed."""

    point = forms.ChoiceField(label=gettext_lazy("La demande"), widget=forms.RadioSelect)
    title = Written(label=gettext_lazy("Ce qui est promis, en une ligne"), max_length=200)
    due_on = day_field(gettext_lazy("Pour quand"))
    service = forms.ChoiceField(label=gettext_lazy("Le service qui le fera"))
    process = forms.ChoiceField(
        label=gettext_lazy("La concertation où il se suivra"),
        help_text=gettext_lazy("L’engagement y paraît avec ses actions et ses preuves."),
    )

    def __init__(
        self,
        points: list[ReferralPoint],
        authority: Authority,
        processes: list[Process],
        *args: Any,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.points = {str(each.pk): each for each in points}
        self.services = {str(each.pk): each for each in services_of(authority)}
        self.processes = {str(each.pk): each for each in processes}
        choices = {
            "point": [(pk, each.text) for pk, each in self.points.items()],
            "service": [(pk, each.name) for pk, each in self.services.items()],
            "process": [(pk, each.record.title) for pk, each in self.processes.items()],
        }
        for name, chosen in choices.items():
            self.fields[name].choices = chosen  # type: ignore[attr-defined]
        self.fields["point"].initial = next(iter(self.points), None)


@require_http_methods(["GET", "POST"])
@for_staff
def promise(request: Request, code: str) -> HttpResponse:
    """One point at a time: the page comes back as long as one of them has no day."""
    sent = referral_for(request.viewer, read_code(code) or "", today_of(request))
    own = [each for each in sent.referral.points.all() if each.power == Power.OWN] if sent else []
    if sent is None or not own:
        raise Http404
    referral = sent.referral
    if request.method == "GET":
        own = [each for each in own if each.commitment_id is None]
        if not own:
            messages.info(request, _("Chaque demande de notre compétence a déjà son engagement."))
            return redirect(referral_path(referral.record.code))
    # Sent twice, a form still finds the point that its first sending promised, and shows what came of it.
    form = PromiseForm(
        own, request.authority, processes_to_follow_in(request.authority), request.POST or None
    )

    def act(said: dict[str, Any]) -> str:
        promise_point(
            point=form.points[said["point"]],
            process=form.processes[said["process"]],
            words=Words(title=said["title"]),
            work=Work(form.services[said["service"]], said["due_on"]),
            author=someone(request),
            clock=request.clock,
        )
        code = referral.record.code
        return _promise_path(code) if points_to_promise(referral) else referral_path(code)

    asked = Asked(
        title=_("S’engager sur « %(title)s »") % {"title": referral.record.title},
        lead=_(
            "Ce qui est de notre compétence mérite une date : l’engagement est public, et son retard se voit de lui-même."
        ),
        send=_("Prendre l’engagement"),
        done=_("L’engagement est public, avec sa fonction et sa date."),
        crumbs=((_("Saisines"), _list()), (str(referral.record.title), referral_path(referral.record.code))),
        is_announced=True,
    )
    return ask(request, form, act, asked)
