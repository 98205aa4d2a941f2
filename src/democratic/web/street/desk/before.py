"""What an act that cannot be undone is about to do, said before it is done."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.street.models import CaptureKind, FieldDevice, StreetCapture, StreetSession
from democratic.participation.street.queries import Counted
from democratic.web.formats import day, number

State = StreetCapture.State


def told_to_publish(counted: Counted) -> list[str]:
    """Empty: nothing waits."""
    n = {kind: counted.of(State.RECEIVED, kind=kind) for kind in CaptureKind}
    words, promised = n.pop(CaptureKind.QUOTE), n.pop(CaptureKind.ENGAGEMENT)
    told = []
    if words:
        line = ngettext(
            "Une parole devient publique, et attendra votre réponse.",
            "%(n)s paroles deviennent publiques, et attendront votre réponse.",
            words,
        )
        told.append(line % {"n": number(words)})
    if rest := [f"{kind.label}\u00a0: {number(each)}" for kind, each in n.items() if each]:
        told.append(_("Et aussi : %(what)s.") % {"what": " · ".join(rest)})
    if promised:
        line = ngettext(
            "Un engagement est demandé à la personne élue : il n’est public que si elle l’accepte.",
            "%(n)s engagements sont demandés aux personnes élues : ils ne sont publics que si elles les acceptent.",
            promised,
        )
        told.append(line % {"n": number(promised)})
    if told:
        told.append(_("Ce qui est publié ne s’efface plus d’ici."))
    return told


def told_to_cut(device: FieldDevice, others: list[StreetSession]) -> list[str]:
    who = device.person.name if device.person else _("une personne partie")
    told = [
        _("L’appareil de %(who)s, préparé le %(day)s.") % {"who": who, "day": day(device.issued_at)},
        _(
            "Pour un appareil perdu ou volé. Il n’enverra plus rien, et effacera tout ce qu’il garde : les saisies qui ne"
            " sont pas encore arrivées ici sont perdues, celles de tout autre rendez-vous aussi."
        ),
    ]
    if others:
        named = ", ".join(f"{each.record.place} ({day(each.starts_at)})" for each in others)
        told.append(
            _("La même personne a préparé un appareil, peut-être celui-ci, pour : %(named)s.")
            % {"named": named}
        )
    told.append(_("Si vous l’avez en main, envoyez d’abord ce qu’il garde."))
    return told
