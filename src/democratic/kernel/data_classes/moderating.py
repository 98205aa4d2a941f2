"""What someone says of another's words, to have them read by a moderator."""

from django.utils.translation import gettext_lazy as _

from democratic.kernel.personal_data import Basis, DataClass, Term

NOTICE = DataClass(
    "notice",
    _("Un signalement ou un recours : la règle invoquée, ce que vous en dites, l’empreinte de votre clé"),
    _("Le lire, décider, vous dire ce qui est décidé et vous laisser le contester"),
    _("Les personnes qui signalent une parole, ou contestent une décision"),
    _("Qui modère. Jamais la personne qui a écrit la parole, ni le public."),
    basis=Basis.DUTY,
    terms=(
        Term(
            "democratic.stewardship.moderation.forgetting.forget_old_notices",
            _("après la décision"),
            months=12,
        ),
    ),
)
