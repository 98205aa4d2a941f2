"""The ten people one can sign in as: the whole cast of the story, and one password for all."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEMO_PASSWORD = "dire-repondre-tenir"  # noqa: S105 -- printed on the sign-in page of every demonstration


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """``key`` is the name by which the scenes of the story call this person."""

    key: str
    name: str
    role: str | Promise

    @property
    def email(self) -> str:
        return f"{self.key}@valdorbe.example"


DEMO_ACCOUNTS = (
    DemoAccount("nathalie", "Nathalie Ferrand", _("agente, service jeunesse")),
    DemoAccount("odile", "Odile Vasseur-Thiry", _("élue, vice-présidente jeunesse et mobilités")),
    DemoAccount("samir", "Samir Khaldi", _("agent, chef du service transports")),
    DemoAccount("marc", "Marc Aubrier", _("agent, direction des routes")),
    DemoAccount("karim", "Karim Benali", _("agent de rue")),
    DemoAccount("gabriel", "Gabriel Morin", _("citoyen, bénévole de deux associations")),
    DemoAccount("ines", "Inès Haddad", _("citoyenne, conseil des jeunes")),
    DemoAccount("dominique", "Dominique Leroy", _("administratrice")),
    DemoAccount("mado", "Mado Lenoir", _("présidente du conseil de développement, qui nomme l’observatoire")),
    DemoAccount("nour", "Nour Haddad", _("habitante tirée au sort, membre de l’observatoire")),
)
