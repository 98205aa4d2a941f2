"""Words of a flow and of channels at the desk: what each kind of step is, and what each finding asks for."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from civics.reach.capabilities import Capabilities
from civics.reach.checking import Finding
from democratic.web.formats import number

KINDS: dict[str, Promise] = {
    "choice": _("Un choix, d’un geste"),
    "place": _("Où, dans le territoire"),
    "age_band": _("La tranche d’âge"),
    "text": _("Une phrase"),
    "photo": _("Une photo"),
    "voice": _("Un message vocal"),
    "number": _("Un nombre"),
    "in_body": _("Déjà dans une instance ?"),
    "consent": _("Être tenu au courant, ici"),
    "hand_over": _("Un mot pour une personne"),
    "message": _("Une information, sans question"),
}
_FINDINGS: dict[str, Promise] = {
    "too_many": _("%(seen)s questions : sept au plus, sinon on s’arrête en route."),
    "first_not_a_tap": _("La première question se répond d’un geste : mettez un choix en tête."),
    "age_after_words": _("L’âge vient avant tout mot, photo ou voix : passer cette question compte comme moins de 15 ans."),
    "twice": _("Deux étapes portent le même nom."),
    "option_twice": _("Deux réponses portent le même nom."),
    "leads_nowhere": _("Une réponse mène à une étape qui n’existe pas."),
    "leads_back": _("Une réponse ramène en arrière : on tournerait en rond."),
    "untold": _("Il manque les mots dans cette langue : %(seen)s."),
    "is_a_keyword": _("« %(seen)s » arrêterait tout : c’est un mot réservé, choisissez-en un autre."),
    "sensitive": _("Le mot « %(seen)s » touche à un sujet sensible. Les téléphones se prêtent : demandez-le autrement."),
    "paid_twice": _("Trop long pour un seul SMS (%(seen)s signes)."),
    "cut": _("Trop long pour ce canal (%(seen)s signes) : il sera coupé en deux."),
    "numbered": _("Les boutons n’y tiennent pas : ce sera une liste numérotée (%(seen)s)."),
    "photo_alone": _("Une photo paraît avec une phrase : ajoutez une étape « Une phrase » ou « Un message vocal »."),
    "no_such_poll": _("La question %(seen)s n’est pas dans cette concertation."),
    "poll_options": _("Cette question n’a pas autant de réponses que l’étape."),
    "no_places": _("Donnez d’abord la liste des communes, dans « Le territoire »."),
}  # fmt: skip


def finding_words(finding: Finding) -> str:
    return str(_FINDINGS[finding.code]) % {"seen": finding.seen.rpartition(":")[2]}


def _first(can: Capabilities) -> Promise:
    if can.writes_first:
        return _("nous pouvons y écrire les premiers")
    if can.has_templates:
        return _("nous n’y écrivons les premiers qu’avec un modèle approuvé")
    return _("la personne écrit d’abord")


def abilities(can: Capabilities) -> list[str]:
    """What a channel can do, in plain words."""
    said = [
        _("des boutons, %(n)d au plus") % {"n": can.buttons} if can.buttons else _("des listes numérotées"),
        _("%(n)s signes par message") % {"n": number(can.length)},
        _first(can),
    ]
    if can.media:
        said.append(_("des photos et des messages vocaux"))
    if can.window_hours:
        said.append(
            _("une réponse part dans les %(n)d heures ; après, elle attend sa prochaine parole")
            % {"n": can.window_hours}
        )
    return [str(each) for each in said]
