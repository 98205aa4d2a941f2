"""Paper of a process: what was printed, what came back, what waits for a second hand."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from democratic.participation.paper.actions import NewBatch, open_batch
from democratic.participation.paper.keys import may_draw
from democratic.participation.paper.models import PaperBatch
from democratic.participation.paper.printing import ForWhom, municipalities_of, print_forms
from democratic.participation.paper.queries import batches_of, polls_on_paper, runs_of
from democratic.participation.paper.states import BatchState
from democratic.participation.polls.models import Poll
from democratic.web.desk.access import for_agents, function_of
from democratic.web.desk.pages import Asked, ask, desk_page, process_crumbs
from democratic.web.desk.views.processes import desk_process
from democratic.web.formats import day, number
from democratic.web.paper.forms import BatchForm, PrintForm
from democratic.web.paper.leaves import said_of_all
from democratic.web.paper.places import batch_path, paper_crumbs, paper_path
from democratic.web.processes.days import today_of
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request, someone

PAGE, MOST_RUNS = 20, 20


@require_GET
@for_agents
def listed(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    paging, here = paging_of(request, PAGE), paper_path(process)
    batches, total = batches_of(process, offset=paging.offset, limit=paging.size)
    context = {
        "here": here,
        "runs": [
            _run(run, here, gives_keys=may_draw(run, someone(request), request.clock.now()))
            for run in runs_of(process, limit=MOST_RUNS)
        ],
        "rows": [_batch(batch, here) for batch in batches],
        "pager": pager(paging, len(batches), total, here),
        "empty": {
            "what": _("Aucun lot encore"),
            "why": _("Une feuille remplie à la main compte autant qu’une réponse sur le site."),
            "who": _("Imprimez un formulaire, puis saisissez ou numérisez les feuilles qui reviennent."),
            "action": (_("Imprimer un formulaire"), f"{here}/imprimer"),
        },
    }
    return desk_page(request, "paper.html", context, title=_("Le papier"), crumbs=process_crumbs(process))


def _run(run: Any, here: str, *, gives_keys: bool) -> dict[str, Any]:
    told = {"n": number(run.spent), "all": number(run.copies)}
    return {
        "title": run.question or _("Une parole, sans question"),
        "meta": " · ".join([_("imprimé le %(day)s") % {"day": day(run.printed_at)}, *said_of_all(run)]),
        "back": ngettext(
            "%(n)s revenue et comptée sur %(all)s", "%(n)s revenues et comptées sur %(all)s", run.spent
        )
        % told,
        "url": f"{here}/tirages/{run.pk}.pdf",
        "gives_keys": gives_keys and not run.spent,
    }


def _batch(batch: Any, here: str) -> dict[str, Any]:
    n = batch.told["sheets"] if batch.told else batch.sheets
    sheets = ngettext("%(n)s feuille", "%(n)s feuilles", n) % {"n": number(n)}
    unread = ngettext("%(n)s page à regarder", "%(n)s pages à regarder", batch.unread) % {
        "n": number(batch.unread)
    }
    return {
        "name": batch.name,
        "url": f"{here}/lots/{batch.pk}",
        "meta": " · ".join(
            [
                sheets,
                _("remplies le %(day)s") % {"day": day(batch.gathered_on)},
                *([unread] if batch.unread else []),
            ]
        ),
        "state": BatchState(batch.state).label,
    }


def _poll(polls: list[Poll], said: str) -> Poll | None:
    return next((poll for poll in polls if str(poll.pk) == said), None)


@require_http_methods(["GET", "POST"])
@for_agents
def printing(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    polls = polls_on_paper(process)
    places = list(municipalities_of(process).values_list("name", flat=True))
    form = PrintForm(polls, places, request.POST or None)

    def act(cleaned: dict[str, Any]) -> str:
        print_forms(
            process=process,
            poll=_poll(polls, cleaned["poll"]),
            copies=cleaned["copies"],
            whom=ForWhom(cleaned["group"], cleaned["age"], cleaned.get("place", "")),
            by=someone(request),
            clock=request.clock,
        )
        return paper_path(process)

    asked = Asked(
        title=_("Imprimer un formulaire"),
        lead=_(
            "Une page par personne : l’âge d’abord, la question, une parole. En bas, un talon à garder pour retrouver"
            " la suite."
        ),
        send=_("Préparer les feuilles"),
        done=_("Les feuilles sont prêtes : téléchargez le PDF avec ses clés, et imprimez-le une fois."),
        crumbs=paper_crumbs(process),
        is_public=False,
    )
    return ask(request, form, act, asked)


@require_http_methods(["GET", "POST"])
@for_agents
def new(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    polls = polls_on_paper(process)
    form = BatchForm(polls, request.POST or None, initial={"gathered_on": today_of(request)})

    def act(cleaned: dict[str, Any]) -> str:
        batch: PaperBatch = open_batch(
            process=process,
            new=NewBatch(
                cleaned["name"], cleaned["gathered_on"], _poll(polls, cleaned["poll"]), cleaned["is_checked"]
            ),
            by=someone(request),
            function=function_of(request),
            clock=request.clock,
        )
        return batch_path(batch)

    asked = Asked(
        title=_("Un nouveau lot"),
        lead=_("60 feuilles au plus. Vous les saisissez au clavier, ou vous les numérisez."),
        send=_("Ouvrir le lot"),
        done=_("Le lot est ouvert."),
        crumbs=paper_crumbs(process),
        is_public=False,
    )
    return ask(request, form, act, asked)
