"""Who comes to a meeting, and who speaks in it."""

from django.utils.translation import gettext_lazy as _

from democratic.kernel.personal_data import DataClass, Term

ATTENDANCE = DataClass(
    "attendance",
    _(
        "Que vous venez à une rencontre, sur place, à distance ou en différé ; si vous le dites, le nom dont on vous"
        " appelle, votre genre et ce qu’il faut pour vous accueillir"
    ),
    _("Vous garder une place, vous rappeler l’heure, donner la parole à chacun, compter combien sont venus"),
    _("Les personnes qui s’inscrivent à une rencontre ou y prennent part"),
    _("Qui anime la rencontre. Tout le monde : seulement des nombres, et les noms de qui a dit oui."),
    terms=(
        Term(
            "democratic.participation.meetings.arrivals.forgetting.forget_old_registrations",
            _("après la rencontre, pour une inscription"),
            days=30,
        ),
        Term(
            "democratic.participation.meetings.floor.forgetting.forget_old_attendances",
            _("après la rencontre, pour une venue et un tour de parole"),
            months=36,
        ),
    ),
    shows_opinions=True,
)
