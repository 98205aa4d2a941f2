"""The words of a first message: who writes, which code to answer with, where the address comes from, how to stop."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from civics.reach.capabilities import Capabilities
from civics.reach.sms import SmsLength, in_gsm, length_of
from democratic.kernel.days import day_in_words
from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_text
from democratic.messaging.models import ChannelKind, MessageTemplate
from democratic.messaging.ports import Template, channel_of
from democratic.messaging.templates import filled
from democratic.participation.campaigns.lists.models import TEXT_LIMIT, AddressList
from democratic.participation.conversations.models import FlowCode


@dataclass(frozen=True, slots=True)
class Composed:
    """``why``: what QUI answers. ``length``: of an SMS, as it is billed; None elsewhere."""

    body: str
    why: str
    length: SmsLength | None = None
    template: Template | None = None

    @property
    def parts(self) -> int:
        return self.length.parts if self.length else 1


def compose(
    address_list: AddressList, code: FlowCode, text: str, template: MessageTemplate | None
) -> Composed:
    """Refusal: no words, or no approved template where one is needed."""
    can = channel_of(address_list.kind).can
    with override(address_list.language):
        why = why_of(address_list)
        if not can.writes_first:
            return _approved(address_list, code, template, why)
        return _written(address_list, code, text, why, can)


def why_of(address_list: AddressList) -> str:
    """In the language that is active."""
    said = {
        "source": address_list.source,
        "day": day_in_words(address_list.given_on),
        "until": day_in_words(address_list.erase_on),
    }
    if address_list.basis == AddressList.Basis.CONSENT:
        return (
            _("Votre adresse vient de : %(source)s. Accord du %(day)s. Elle sera effacée le %(until)s.")
            % said
        )
    return (
        _(
            "Votre adresse vient de : %(source)s, le %(day)s (mission d’intérêt public). Elle sera effacée le %(until)s."
        )
        % said
    )


def _written(address_list: AddressList, code: FlowCode, text: str, why: str, can: Capabilities) -> Composed:
    said = clean_text(text)[:TEXT_LIMIT]
    if not said:
        raise Refusal(_("Écrivez le message."), field="text")
    words = {"name": address_list.campaign.process.authority.name, "text": said, "code": code.code}
    first = _("%(name)s : %(text)s\nPour participer, répondez %(code)s.") % words
    if address_list.kind == ChannelKind.EMAIL:
        last = _("%(why)s\nPour ne plus rien recevoir, répondez STOP.") % {"why": why}
        return Composed(f"{first}\n\n{last}", why)
    last = _("D’où vient votre numéro : QUI. Ne plus rien recevoir : STOP.")
    body = in_gsm(f"{first}\n{last}") if can.segment else f"{first}\n{last}"
    return Composed(body, why, length_of(body) if can.segment else None)


def _approved(
    address_list: AddressList, code: FlowCode, template: MessageTemplate | None, why: str
) -> Composed:
    if template is None:
        raise Refusal(_("Choisissez un modèle approuvé : sans lui, rien ne part."), field="template")
    said = {
        "authority": address_list.campaign.process.authority.name,
        "code": code.code,
        "source": address_list.source,
    }
    values = tuple(said[each] for each in template.parameters)
    body = filled(template.text, values)
    return Composed(body, why, template=Template(template.name, template.language, values))
