"""Which pages the menus name, and what the home page shows: chosen from closed lists, so that nothing owed can leave."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.editorial.events import HOME_ARRANGED, MENU_ARRANGED
from democratic.communities.editorial.models import Block, HomeBlock, Menu, MenuEntry, Publication
from democratic.communities.editorial.queries import shown_now
from democratic.kernel.clock import Clock
from democratic.kernel.pages import EVERY_PAGE, bump
from democratic.kernel.refusals import Refusal
from democratic.thread.actions import append_entry
from democratic.thread.models import Authority, Kind

MOST_IN_FOOT, MOST_IN_MORE = 6, 30


@dataclass(frozen=True, slots=True)
class HomeChoice:
    block: Block
    page: Publication | None = None


@transaction.atomic
def arrange_menu(*, authority: Authority, menu: Menu, pages: Sequence[Publication], clock: Clock) -> None:
    """These pages, in this order, after those of the product: what is owed is named there whatever is chosen."""
    most = MOST_IN_FOOT if menu == Menu.FOOT else MOST_IN_MORE
    if len(pages) > most:
        raise Refusal(_("%(n)d pages au plus dans ce menu.") % {"n": most})
    now = clock.now()
    for page in pages:
        _refuse_unless_shown(page, authority, clock)
    Authority.objects.select_for_update().get(pk=authority.pk)
    MenuEntry.objects.filter(authority=authority, menu=menu).delete()
    MenuEntry.objects.bulk_create(
        MenuEntry(authority=authority, menu=menu, page=page, position=at) for at, page in enumerate(pages)
    )
    append_entry(
        MENU_ARRANGED,
        record=None,
        authority=authority,
        now=now,
        data={"menu": menu, "pages": [page.record.code for page in pages]},
        is_institutional=True,
    )
    bump([authority.pk, EVERY_PAGE])


@transaction.atomic
def arrange_home(*, authority: Authority, chosen: Sequence[HomeChoice], clock: Clock) -> None:
    """Any order; the commitments stay, as lateness is never a matter of taste."""
    blocks = [each.block for each in chosen]
    if Block.COUNTER not in blocks:
        raise Refusal(
            _(
                "Les engagements restent à l’accueil, tenus ou en retard : déplacez ce bloc si vous voulez, il ne s’ôte pas."
            )
        )
    if len(set(blocks)) != len(blocks):
        raise Refusal(_("Chaque bloc a sa place, et une seule : deux ont le même rang."))
    for each in chosen:
        if (each.block == Block.PAGE) != (each.page is not None):
            raise Refusal(_("Choisissez la page dont le début sera montré."), field="page")
        if each.page is not None:
            _refuse_unless_shown(each.page, authority, clock)
    now = clock.now()
    Authority.objects.select_for_update().get(pk=authority.pk)
    HomeBlock.objects.filter(authority=authority).delete()
    HomeBlock.objects.bulk_create(
        HomeBlock(authority=authority, block=each.block, page=each.page, position=at)
        for at, each in enumerate(chosen)
    )
    append_entry(
        HOME_ARRANGED,
        record=None,
        authority=authority,
        now=now,
        data={"blocks": [str(block) for block in blocks]},
        is_institutional=True,
    )
    bump([authority.pk])


def _refuse_unless_shown(page: Publication, authority: Authority, clock: Clock) -> None:
    found = shown_now(authority, clock.now()).filter(pk=page.pk, record__kind=Kind.PAGE)
    if not found.exists():
        raise Refusal(_("Choisissez une page publiée d’ici."), field="page")
