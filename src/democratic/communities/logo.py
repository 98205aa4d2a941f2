"""The mark of an authority, beside its name at the head of each page."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Logo
from democratic.communities.telling import lock, tell_of
from democratic.kernel.clock import Clock
from democratic.kernel.files import hold_file, release_files
from democratic.kernel.models import StoredFile
from democratic.kernel.pages import bump
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.thread.models import Attachment, Authority, Kind, Record

MOST_BYTES = 500_000  # it goes with every page
ALTERNATIVE_LIMIT = 120


@transaction.atomic
def show_logo(*, authority: Authority, file: StoredFile, alternative: str, clock: Clock) -> Logo:
    """In the place of the one before, whose file goes. Refusal: it is no picture, or weighs too much."""
    if not file.is_image:
        raise Refusal(_("Un logo est une image : envoyez-le en PNG."), field="file")
    if file.size > MOST_BYTES:
        raise Refusal(
            _("Ce logo pèse plus de 500 ko, et part avec chaque page. Envoyez-le en 600 pixels de large."),
            field="file",
        )
    locked = lock(authority)
    before = Logo.objects.filter(authority=locked).values_list("file", flat=True).first()
    hold_file(file)
    said = clean_line(alternative)[:ALTERNATIVE_LIMIT]
    logo, _is_new = Logo.objects.update_or_create(
        authority=locked, defaults={"file": file, "alternative": said}
    )
    if before != file.pk:
        _let_go(before, clock)
    _tell(locked, clock)
    return logo


@transaction.atomic
def take_logo_down(*, authority: Authority, clock: Clock) -> None:
    locked = lock(authority)
    before = Logo.objects.filter(authority=locked).values_list("file", flat=True).first()
    if before is None:
        raise Conflict(_("Il n’y a plus de logo ici."))
    Logo.objects.filter(authority=locked).delete()
    _let_go(before, clock)
    _tell(locked, clock)


def logo_shown_by(authority: Authority, sha256: str) -> StoredFile | None:
    """The file, when it is the logo of this authority now."""
    found = Logo.objects.filter(authority=authority, file=sha256).select_related("file").first()
    return found.file if found else None


def _let_go(sha256: str | None, clock: Clock) -> None:
    """Erased, unless a Record or another authority shows the same."""
    if sha256 is None:
        return
    is_shown = Logo.objects.filter(file=sha256).exists() or Attachment.objects.filter(file=sha256).exists()
    if not is_shown:
        release_files([sha256], now=clock.now())


def _tell(authority: Authority, clock: Clock) -> None:
    """The head of every page shows it: those that are stored whole are made again."""
    tell_of(authority, "logo", clock.now())
    processes = Record.objects.filter(authority=authority, kind=Kind.PROCESS)
    bump(processes.values_list("pk", flat=True))
