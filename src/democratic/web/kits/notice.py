"""The notice that is read before anyone speaks: of the register's own lines, so that paper and site say the same."""

from django.utils.translation import gettext as _

from democratic.communities.models import Controller
from democratic.communities.queries import controller_of
from democratic.kernel.data_classes import CLAIM_KEY, CONSENT, IDENTITY, SPEECH
from democratic.kernel.personal_data import DataClass
from democratic.web.formats import typo
from democratic.web.kits.printable import Json
from democratic.web.kits.told import Told, frame_of

# What the street, a room or a sheet of paper may leave of someone.
TAKEN: tuple[DataClass, ...] = (SPEECH, IDENTITY, CLAIM_KEY, CONSENT)


def notice(told: Told) -> dict[str, Json]:
    authority = told.process.authority
    controller = controller_of(authority)
    responsible = controller.legal_name or authority.name
    return frame_of(told.process, _("Vos données : %(name)s") % {"name": told.name}) | {
        "title-shown": _("Votre parole et vos données"),
        "lead": typo(
            _(
                "On peut parler sans donner son nom, son adresse ni son téléphone."
                " Personne n’a à répondre, ni à dire pourquoi."
            )
        ),
        "parts": [
            _part(_("Qui"), _("%(who)s, pour « %(name)s ».") % {"who": responsible, "name": told.name}),
            _part(_("Pourquoi"), told.process.use_of_input),
            _part(
                _("De quel droit"),
                _("%(label)s (RGPD, article %(article)s).")
                % {"label": SPEECH.basis.label, "article": SPEECH.basis.article},
            ),
            _part(
                _("Avant 15 ans"),
                _(
                    "Rien n’est gardé que la réponse elle-même, sans prénom, ni photo, ni voix."
                    " Ne pas dire son âge compte comme moins de 15 ans."
                ),
            ),
        ],
        "kept-head": _("Ce qui est gardé, et combien de temps"),
        "head": [_("Quoi"), _("Pourquoi"), _("Combien de temps")],
        "kept": [[typo(str(each.what)), typo(str(each.why)), typo(each.how_long)] for each in TAKEN],
        "ends": [
            _part(
                _("Vos droits"),
                _(
                    "Lire, corriger, effacer ou limiter ce qui vous concerne, et vous y opposer."
                    " Avec le numéro et la clé de votre parole, vous la retirez vous-même."
                ),
            ),
            _part(_("À qui écrire"), *_whom(controller)),
        ],
    }  # fmt: skip


def _part(head: str, *text: str) -> Json:
    return {"head": head, "text": [typo(" ".join(each.split())) for each in text]}


def _whom(controller: Controller) -> list[str]:
    """Each line only when it is known; the CNIL always."""
    officer = ", ".join(part for part in (controller.officer, controller.officer_email) if part)
    reached = [" ".join(controller.postal_address.split()), controller.phone, controller.email]
    lines = [
        _("Déléguée ou délégué à la protection des données : %(who)s") % {"who": officer} if officer else "",
        ", ".join(part for part in reached if part),
        _("Si la réponse ne vous va pas : la CNIL, cnil.fr."),
    ]
    return [line for line in lines if line]
