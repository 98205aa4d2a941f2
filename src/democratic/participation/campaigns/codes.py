"""Which codes were given for which public: each for one at most."""

from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Conflict
from democratic.participation.campaigns.models import CampaignCode, CampaignPublic
from democratic.participation.conversations.editing import give_code
from democratic.participation.conversations.models import Flow, FlowCode


@transaction.atomic
def join_codes(*, public: CampaignPublic, codes: Collection[UUID]) -> None:
    """These and no others, of the same process. A code of another public stays there: it is taken out of it first."""
    process = public.campaign.process_id
    chosen = set(FlowCode.objects.filter(pk__in=codes, flow__process=process).values_list("pk", flat=True))
    public.codes.exclude(code__in=chosen).delete()
    held = set(public.codes.values_list("code", flat=True))
    try:
        with transaction.atomic():
            CampaignCode.objects.bulk_create(
                CampaignCode(public=public, code_id=pk) for pk in sorted(chosen - held)
            )
    except IntegrityError as clash:
        raise Conflict(
            _("Un de ces codes vient d’être donné à un autre public : retirez-le d’abord de l’autre."),
            field="codes",
        ) from clash


@transaction.atomic
def give_public_code(
    *, public: CampaignPublic, flow: Flow, code: str, where: str, label: str, cost: int = 0
) -> FlowCode:
    """A new code, for this public."""
    given = give_code(flow=flow, code=code, where=where, label=label, cost=cost)
    CampaignCode.objects.create(public=public, code=given)
    return given
