"""What is looked at before anything is published: a list of findings, blocking or advisory. Pure."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from civics.legibility.plain import LONGEST_MEAN, MOST_WORDS, plainness
from democratic.kernel.colour import contrast
from democratic.participation.processes.models import Assessment, Step
from democratic.participation.processes.preflight.facts import Facts
from democratic.participation.processes.preflight.findings import Finding, Part, part_of_text
from democratic.participation.processes.preflight.hours import work_of
from democratic.participation.processes.preflight.links import is_well_formed, leads_nowhere, links_of

SHORTEST_LISTENING = 10  # days
READABLE = 4.5  # WCAG 2.2, 1.4.3
PAPER = "#ffffff"


def _stop(part: Part, title: str, told: str) -> Finding:
    return Finding(part, True, title, told)


def _advise(part: Part, title: str, told: str) -> Finding:
    return Finding(part, False, title, told)


def findings_of(facts: Facts) -> list[Finding]:
    """In the order of the page."""
    return [
        *_answer(facts),
        *_dates(facts),
        *_work(facts),
        *_privacy(facts),
        *_plain_words(facts),
        *_links(facts),
        *_pictures(facts),
        *_colour(facts),
    ]


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _answer(facts: Facts) -> Iterator[Finding]:
    if not facts.mandate_stands:
        yield _stop(
            Part.MANDATE,
            _("La commande n’est plus publiée"),
            _("Une concertation découle d’une commande publique."),
        )
    last = facts.listening[1]
    if facts.answer_due_on <= facts.today:
        yield _stop(
            Part.MANDATE,
            _("La réponse est promise pour un jour passé"),
            _("Elle était due le %(day)s. Publiez une nouvelle commande, avec une date qui peut être tenue.")
            % {"day": _day(facts.answer_due_on)},
        )
    elif facts.answer_due_on <= last:
        yield _stop(
            Part.DATES,
            _("La réponse est due avant la fin de l’écoute"),
            _("Due le %(due)s ; l’écoute finit le %(end)s. Raccourcissez l’écoute.")
            % {"due": _day(facts.answer_due_on), "end": _day(last)},
        )
    if not facts.answerer_in_office:
        yield _stop(
            Part.MANDATE,
            _("%(name)s n’est plus en fonction") % {"name": facts.answerer},
            _("Choisissez qui répondra désormais."),
        )
    elif not facts.answerer_has_account:
        yield _advise(
            Part.MANDATE,
            _("%(name)s n’a pas de compte") % {"name": facts.answerer},
            _("Sans compte, personne ne pourra signer les réponses en ligne à sa place."),
        )
    if not facts.service_is_held:
        yield _stop(
            Part.SERVICE,
            _("Le service « %(name)s » n’a ni titulaire ni suppléant") % {"name": facts.service},
            _("Quelqu’un doit recevoir ce qui est dû."),
        )


def _dates(facts: Facts) -> Iterator[Finding]:
    first, last = facts.listening
    if last < facts.today:
        yield _stop(
            Part.DATES, _("L’écoute est déjà finie"), _("Elle finissait le %(day)s.") % {"day": _day(last)}
        )
    elif (days := (last - max(first, facts.today)).days + 1) < SHORTEST_LISTENING:
        yield _advise(
            Part.DATES,
            _("L’écoute est courte"),
            _("%(n)s jours : en dessous de dix, on n’entend que les habitués.") % {"n": days},
        )
    report = facts.stages[Step.REPORT]
    if report[1] <= facts.answer_due_on:
        yield _stop(
            Part.DATES,
            _("Le bilan finit avant que la réponse soit due"),
            _("Le bilan doit pouvoir dire si la promesse a été tenue."),
        )


def _work(facts: Facts) -> Iterator[Finding]:
    expected = facts.preparation.expected_voices
    if not expected:
        yield _stop(
            Part.WORK,
            _("Le nombre de paroles attendues n’est pas dit"),
            _("Il donne les heures de travail de chaque service, avant de s’y engager."),
        )
        return
    work = work_of(facts.service, expected, facts.listening[0], facts.answer_due_on)
    if work.is_much:
        yield _advise(
            Part.WORK,
            _("%(hours)s heures par semaine pour « %(service)s »")
            % {"hours": work.hours_a_week, "service": work.service},
            _("Prévenez ce service, ou laissez plus de temps avant la réponse."),
        )


def _privacy(facts: Facts) -> Iterator[Finding]:
    settled = facts.preparation
    missing = [
        told
        for told, value in (
            (_("la base légale"), settled.legal_basis),
            (_("la durée de conservation"), settled.kept_months),
            (_("la décision sur l’analyse d’impact (AIPD)"), settled.assessment),
            (_("les sous-traitants"), settled.processors),
        )
        if not value
    ]
    if missing:
        yield _stop(
            Part.PRIVACY,
            _("Vie privée : il manque %(what)s") % {"what": ", ".join(missing)},
            _("Le registre des traitements le demande, et chacun peut le lire."),
        )
    if settled.assessment == Assessment.TO_DO:
        yield _stop(
            Part.PRIVACY,
            _("L’analyse d’impact est à faire"),
            _("Elle précède le traitement : faites-la, ou dites pourquoi elle n’est pas nécessaire."),
        )


def _plain_words(facts: Facts) -> Iterator[Finding]:
    text = facts.texts["in_clear"]
    if not text:
        yield _advise(
            Part.QUESTION,
            _("Pas de texte « En clair »"),
            _("Six phrases courtes, pour qui lit difficilement ou vite."),
        )
        return
    found = plainness(text)
    if not found.is_short:
        yield _stop(
            Part.QUESTION,
            _("« En clair » a %(n)s mots") % {"n": found.words},
            _("Il en faut %(most)s au plus.") % {"most": MOST_WORDS},
        )
    if not found.is_plain:
        yield _advise(
            Part.QUESTION,
            _("Les phrases de « En clair » sont longues"),
            _("%(mean)s mots en moyenne ; visez %(most)s.")
            % {"mean": round(found.mean), "most": LONGEST_MEAN},
        )


def _links(facts: Facts) -> Iterator[Finding]:
    for name, text in facts.texts.items():
        part = part_of_text(name)
        for link in links_of(text):
            if not is_well_formed(link):
                yield _stop(
                    part,
                    _("Ce lien n’en est pas un : %(link)s") % {"link": link[:80]},
                    _("Écrivez-le en entier, avec https://."),
                )
            elif leads_nowhere(link, facts.authority):
                yield _stop(
                    part,
                    _("Ce lien ne mène à aucune page : %(link)s") % {"link": link[:80]},
                    _("Ouvrez la page voulue, et copiez son adresse."),
                )


def _pictures(facts: Facts) -> Iterator[Finding]:
    blind = sum(file.is_image and not file.alternative for file in facts.files)
    if blind:
        yield _stop(
            Part.FILES,
            _("%(n)s image sans description") % {"n": blind},
            _("Décrivez-la en une phrase, pour les personnes qui ne la voient pas."),
        )
    for file in facts.files:
        if file.lacks:
            yield _advise(
                Part.FILES,
                _("Un lecteur d’écran lira mal le document « %(name)s »")
                % {"name": file.alternative or _("sans titre")},
                _(
                    "Ce qui lui manque : %(lacks)s. Exportez-le en PDF balisé (PDF/UA), ou écrivez son contenu dans la page."
                )
                % {"lacks": ", ".join(file.lacks)},
            )


def _colour(facts: Facts) -> Iterator[Finding]:
    accent = facts.authority.accent
    if accent and contrast(accent, PAPER) < READABLE:
        yield _stop(
            Part.APPEARANCE,
            _("La couleur de la collectivité ne se lit pas"),
            _("Son contraste est inférieur à 4,5 pour 1."),
        )
