from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from democratic.communities.models import Invitation
from democratic.thread.addresses import public_url
from democratic.thread.models import Authority, Role


@dataclass(frozen=True, slots=True)
class Text:
    subject: str
    body: str


def link_of(authority: Authority, secret: str, language: str) -> str:
    return public_url(authority, f"/invitation/{secret}", language)


def invitation_text(invitation: Invitation, secret: str) -> Text:
    with override(invitation.language):
        name = invitation.authority.name
        lines = [
            _("%(authority)s vous invite à travailler sur sa plateforme de participation.")
            % {"authority": name},
            _("Votre rôle : %(role)s.") % {"role": Role(invitation.role).label},
            _("Ouvrez ce lien dans les sept jours, connectez-vous avec cette adresse, puis acceptez :"),
            link_of(invitation.authority, secret, invitation.language),
            _("Il sert une seule fois. Si vous n’attendiez rien, ne faites rien."),
        ]
        return Text(_("%(authority)s vous invite") % {"authority": name}, "\n\n".join(lines))
