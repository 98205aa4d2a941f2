"""What follows the rows and the files: tables of this version, mails held back, erasures made again, the audit."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from civics.ledger.heads import SignedHead
from democratic.config.backup.stores import Lacking, Source
from democratic.config.commands import audit
from democratic.config.places import Places
from democratic.config.server import migrate
from democratic.config.server.errors import CannotStart
from democratic.config.server.progress import Counting, say

CALLED = {
    "words": "paroles",
    "byline": "noms",
    "withdrawn": "retraits",
    "person": "personnes",
    "address": "adresses arrêtées",
    "speaker": "noms de qui parle pour une organisation",
    "judge": "noms de membres d'observatoire",
}


def settle(place: Places, files: Source, *, heads: Iterable[Path], registers: Iterable[Path]) -> None:
    migrate.update_quietly()  # a backup of an earlier version comes to this one
    _keep_newest_head(place, heads)
    _check_files(files)
    _hold_mails_back()
    _erase_again(registers)
    _erase_their_files()
    _audit()
    _say_what_is_lost()


def _keep_newest_head(place: Places, heads: Iterable[Path]) -> None:
    """An old one would hide from the operator what readers of a newer one see."""
    found = [path.read_bytes() for path in (place.head, *heads) if path.exists()]
    try:
        signed = [(SignedHead.from_json(raw.strip()).head, raw) for raw in found]
    except ValueError as refusal:
        raise CannotStart(f"Une tête du journal est illisible : {refusal}") from refusal
    if signed:
        _head, raw = max(signed, key=lambda each: (each[0].epoch, each[0].size))
        place.head.write_bytes(raw)


def _check_files(files: Source) -> None:
    """Each as it is where it was put, by its hash."""
    from democratic.kernel.models import StoredFile  # noqa: PLC0415 -- needs Django ready

    count, wrong, tell = 0, [], Counting("contrôle des fichiers").tell
    for sha256, size in StoredFile.objects.order_by("pk").values_list("pk", "size").iterator():
        count += 1
        try:
            with files.open(sha256, size):
                tell(sha256, size)
        except Lacking:
            wrong.append(sha256)
    # Thumbnails are in no backup: the worker makes them again.
    StoredFile.objects.filter(has_thumbnails=True).update(has_thumbnails=False, thumbnail_tries=0)
    lost = f", dont {len(wrong)} manquent déjà dans la sauvegarde ({wrong[0]}…)" if wrong else ", tous égaux"
    say(f"Fichiers : {count} nommés par la base{lost}.")


def _hold_mails_back() -> None:
    """What waited then may have left since: nobody gets a mail twice."""
    from democratic.messaging.models import OutgoingMessage  # noqa: PLC0415 -- needs Django ready

    waiting = OutgoingMessage.objects.filter(state__in=["queued", "sending"])
    held = waiting.update(state=OutgoingMessage.State.STOPPED, reason="restauration")
    if held:
        say(f"Courriels : {held} attendaient, peut-être déjà partis depuis : ils sont arrêtés.")


def _erase_again(registers: Iterable[Path]) -> None:
    from democratic.config.backup.again import erase_again, registered  # noqa: PLC0415 -- needs Django ready
    from democratic.kernel.clock import DATABASE_CLOCK  # noqa: PLC0415
    from democratic.kernel.erasures import keep_erasures_outside  # noqa: PLC0415
    from democratic.kernel.models import Erasure  # noqa: PLC0415

    files = list(registers)
    done = erase_again(registered(files), clock=DATABASE_CLOCK)
    Erasure.objects.update(is_outside=False)  # this folder has no register yet
    while keep_erasures_outside():
        pass
    told = (
        ", ".join(f"{done[kind]} {name}" for kind, name in CALLED.items() if done[kind])
        or "rien n'était revenu"
    )
    if files:
        say(f"Effacements faits depuis la sauvegarde, refaits : {told}.")
    else:
        say(
            "⚠ Aucun registre donné : ce qui a été effacé après cette sauvegarde est revenu. Si l'ancienne"
            " installation a encore son var/erasures.jsonl, recommencez avec --erasures."
        )


def _erase_their_files() -> None:
    """At once, and not when the worker starts: what was erased is back for the time of the restore alone."""
    from democratic.kernel.clock import DATABASE_CLOCK  # noqa: PLC0415 -- needs Django ready
    from democratic.kernel.files import erase_due_files  # noqa: PLC0415
    from democratic.kernel.models import StoredFile  # noqa: PLC0415

    erased = 0
    while more := erase_due_files(DATABASE_CLOCK):
        erased += more
    if erased:
        say(f"Fichiers que plus rien ne montre : {erased} effacés.")
    if left := StoredFile.objects.filter(erase_after__lte=DATABASE_CLOCK.now()).count():
        say(
            f"⚠ {left} fichiers que plus rien ne montre n'ont pu être effacés : bin/run le fera en démarrant."
        )


def _audit() -> None:
    from democratic.config.commands.signer import installation_signer  # noqa: PLC0415 -- needs Django ready
    from democratic.thread.journal.export import NothingSigned, export_journal  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="democratic-audit-") as folder:
        try:
            export_journal(Path(folder), installation_signer().public_key)
        except NothingSigned:
            say("Journal : rien n'y était encore signé.")
            return
        if audit.main([folder]):
            raise CannotStart("Le journal restauré n'est pas entier : cette sauvegarde ne doit pas servir.")


def _say_what_is_lost() -> None:
    from democratic.thread.journal.heads import read_head  # noqa: PLC0415 -- needs Django ready
    from democratic.thread.journal.outside import BehindOutsideHead, refuse_if_behind  # noqa: PLC0415

    try:
        refuse_if_behind(read_head())
    except BehindOutsideHead as behind:
        say(f"⚠ {behind}")
