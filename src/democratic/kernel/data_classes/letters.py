"""What people write to the authority itself, and what it answers."""

from django.utils.translation import gettext_lazy as _

from democratic.kernel.personal_data import DataClass, Term

LETTERS = DataClass(
    "letters",
    _(
        "Vos messages à la collectivité, l’adresse ou le numéro laissés pour la réponse, nos réponses et nos notes"
    ),
    _("Vous répondre, par le moyen que vous avez choisi"),
    _("Les personnes qui écrivent ou téléphonent à la collectivité"),
    _("Les agents de la collectivité"),
    _("Tant qu’une réponse vous est due."),
    terms=(
        Term(
            "democratic.participation.inbox.forgetting.forget_old_letters",
            _("après la fin de l’échange"),
            months=13,
        ),
    ),
    shows_opinions=True,
)
