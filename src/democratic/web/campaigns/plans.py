"""Campaigns of a process: their list, one planned, and the plan on one page: publics, codes, schedule."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from democratic.kernel.clock import local_day
from democratic.participation.campaigns.lists.queries import ListLine, lists_of
from democratic.participation.campaigns.models import Campaign, CampaignStep
from democratic.participation.campaigns.planning import Plan, change_campaign, plan_campaign
from democratic.participation.campaigns.queries import (
    CodeLine,
    PublicLine,
    StepLine,
    campaigns_in,
    lines_of,
    schedule_of,
)
from democratic.web.campaigns.forms import CampaignForm
from democratic.web.campaigns.reading import (
    campaign_crumbs,
    campaign_path,
    campaigns_path,
    desk_campaign,
    title,
)
from democratic.web.campaigns.words import during, how_of, of_goal, step_title, who_of
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import Asked, ask, desk_page, process_crumbs, process_desk_path
from democratic.web.desk.views.processes import desk_process
from democratic.web.formats import day, euros, hour, number
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request

PAGE = 20


@require_safe
@for_agents
def listed(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    paging, here = paging_of(request, PAGE), campaigns_path(process)
    found, total = campaigns_in(process, offset=paging.offset, limit=paging.size)
    context = {
        "rows": [
            {
                "name": each.campaign.name,
                "url": campaign_path(each.campaign),
                "when": during(each.campaign),
                "how_far": of_goal(each.done, each.campaign.goal),
            }
            for each in found
        ],
        "pager": pager(paging, len(found), total, here),
        "new": f"{here}/nouvelle",
        "empty": {
            "what": _("Aucune campagne"),
            "why": _(
                "Une campagne dit qui l’on veut entendre, par quels moyens, quand, et qui manque encore."
            ),
            "who": _("Commencez par nommer un public que l’on n’entend pas."),
            "action": (_("Préparer une campagne"), f"{here}/nouvelle"),
        },
    }
    return desk_page(request, "campaigns.html", context, title=title(), crumbs=process_crumbs(process))


@require_http_methods(["GET", "HEAD", "POST"])
@for_agents
def new(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)

    def act(cleaned: dict[str, Any]) -> str:
        campaign = plan_campaign(process=process, plan=Plan(**cleaned))
        campaign.process = process
        return campaign_path(campaign)

    asked = Asked(
        title=_("Préparer une campagne"),
        lead=_("Le cadre d’abord ; les publics, leurs codes et le calendrier viennent ensuite, un à un."),
        send=_("Commencer"),
        done=_("La campagne est prête à être remplie : ajoutez-lui un premier public."),
        crumbs=process_crumbs(process, "campagnes", title()),
    )
    return ask(request, CampaignForm(request.POST or None), act, asked)


@require_http_methods(["GET", "HEAD", "POST"])
@for_agents
def change(request: Request, slug: str, campaign: UUID) -> HttpResponse:
    found = desk_campaign(request, slug, campaign)

    def act(cleaned: dict[str, Any]) -> str:
        change_campaign(campaign=found, plan=Plan(**cleaned))
        return campaign_path(found)

    asked = Asked(
        title=_("Modifier la campagne"),
        send=_("Enregistrer"),
        done=_("C’est enregistré."),
        crumbs=campaign_crumbs(found),
    )
    names = ("name", "goal", "starts_on", "ends_on")
    initial = {name: getattr(found, name) for name in names}
    return ask(request, CampaignForm(request.POST or None, initial=initial), act, asked)


@require_safe
@for_agents
def detail(request: Request, slug: str, campaign: UUID) -> HttpResponse:
    found = desk_campaign(request, slug, campaign)
    now = request.clock.now()
    publics, schedule = lines_of(found), schedule_of(found, now)
    late = sum(each.is_late for each in schedule)
    context = {
        "when": during(found),
        "base": campaign_path(found),
        "publics": [_public(found, each) for each in publics],
        "steps": [_step(found, each) for each in schedule],
        "late": ngettext("%(n)s étape en retard.", "%(n)s étapes en retard.", late) % {"n": late}
        if late
        else "",
        "next": next((_next(each) for each in schedule if each.is_next), ""),
        "lists": [_list(found, each) for each in lists_of(found)],
        "numbers": _numbers(found, publics, now),
        "conversations": process_desk_path(found.process, "conversations"),
        "street": process_desk_path(found.process, "rue/nouveau"),
        "print": process_desk_path(found.process, "imprimer"),
    }
    crumbs = process_crumbs(found.process, "campagnes", title())
    return desk_page(request, "campaign.html", context, title=found.name, crumbs=crumbs)


def _numbers(campaign: Campaign, publics: Sequence[PublicLine], now: datetime) -> list[tuple[str, str]]:
    today = local_day(now, campaign.process.authority.time_zone)
    numbers = [
        (_("sont allés au bout"), number(sum(each.done for each in publics))),
        (_("dont des publics visés"), number(sum(each.met for each in publics))),
        (_("voulus"), number(campaign.goal)),
    ]
    if today <= campaign.ends_on:
        left = (campaign.ends_on - max(today, campaign.starts_on)).days
        numbers.append((ngettext("jour avant la fin", "jours avant la fin", left), number(left)))
    return numbers


def _public(campaign: Campaign, line: PublicLine) -> dict[str, Any]:
    return {
        "name": line.public.name,
        "who": who_of(line.public),
        "how": how_of(line.public.means),
        "how_far": of_goal(line.met, line.public.goal),
        "others": _others(line.others),
        "codes": [code_row(each) for each in line.codes],
        "base": campaign_path(campaign, f"publics/{line.public.pk}"),
    }


def _others(n: int) -> str:
    if not n:
        return ""
    said = ngettext(
        "Et %(n)s autre : d’un autre âge, d’un autre lieu, ou qui ne l’a pas dit.",
        "Et %(n)s autres : d’un autre âge, d’un autre lieu, ou qui ne l’ont pas dit.",
        n,
    )
    return said % {"n": number(n)}


def code_row(line: CodeLine) -> dict[str, Any]:
    each = round(line.code.cost / line.done) if line.code.cost and line.done else None
    return {
        "code": line.code.code,
        "where": f"{line.code.get_where_display()} · {line.code.label}",
        "opened": number(line.opened),
        "begun": number(line.begun),
        "done": number(line.done),
        "each": euros(each) if each is not None else "–",
        "is_retired": line.code.retired_at is not None,
    }


def _step(campaign: Campaign, line: StepLine) -> dict[str, Any]:
    step = line.step
    is_task, is_done = step.kind == CampaignStep.Kind.TASK, step.done_at is not None
    return {
        "title": step_title(step),
        "when": _("%(day)s, %(hour)s") % {"day": day(step.due_at, "weekday"), "hour": hour(step.due_at)},
        "by": " · ".join(each for each in (how_of([step.means]), step.relay) if each),
        "is_task": is_task,
        "is_done": is_done,
        "is_stuck": step.is_stuck and not is_done,
        "came": step.flow is not None and step.flow.came_at is not None,
        "pill": _pill(line),
        "base": campaign_path(campaign, f"etapes/{step.pk}"),
    }


def _list(campaign: Campaign, line: ListLine) -> dict[str, str]:
    kept = line.address_list
    told = ngettext("%(n)s personne", "%(n)s personnes", kept.size) % {"n": number(kept.size)}
    until = _("effacée le %(day)s") if kept.erased_at else _("à effacer le %(day)s")
    last = day(kept.erased_at or kept.erase_on)
    return {
        "name": kept.name,
        "url": campaign_path(campaign, f"listes/{kept.pk}"),
        "meta": f"{kept.get_kind_display()} · {told} · {until % {'day': last}}",
        "sent": ngettext("%(n)s message parti", "%(n)s messages partis", line.sent)
        % {"n": number(line.sent)},
    }


def _pill(line: StepLine) -> tuple[str, str] | None:
    if line.step.done_at is not None:
        return _("fait"), "done"
    if line.is_late:
        return _("en retard"), "late"
    return (_("prochaine"), "soon") if line.is_next else None


def _next(line: StepLine) -> str:
    return _("Prochaine étape, le %(day)s : %(what)s.") % {
        "day": day(line.step.due_at, "weekday"),
        "what": step_title(line.step).rstrip("."),
    }
