"""The acts of ``bin/democratic journal``, once Django is ready."""

from argparse import Namespace

from democratic.config.commands.signer import installation_signer
from democratic.config.server.errors import CannotStart
from democratic.config.server.progress import say
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.refusals import Refusal
from democratic.thread.journal.epochs import new_epoch
from democratic.thread.journal.export import NothingSigned, export_journal
from democratic.thread.journal.health import lags
from democratic.thread.journal.outside import BehindOutsideHead
from democratic.thread.journal.projections import projections, replay, retry_parked
from democratic.thread.journal.proofs import latest_signed_head

REFUSALS = (Refusal, BehindOutsideHead, NothingSigned)


def show_status(_asked: Namespace) -> None:
    found = lags()
    age = _age(found["oldest_pending_age"])
    say(f"Faits : {found['size']} numérotés, {found['pending']} en attente{age}.")
    seen = found["beat_age"]
    say("Séquenceur : jamais vu ici." if seen is None else f"Séquenceur : vu il y a {seen:.0f} s.")
    for name, lag in found["projections"].items():
        parked = found["parked"][name]
        aside = f", {parked} mis de côté" if parked else ""
        say(f"{name} : {f'{lag} faits de retard' if lag else 'à jour'}{aside}.")


def _age(seconds: float) -> str:
    return f" (le plus ancien depuis {seconds:.0f} s)" if seconds >= 1 else ""


def show_head(_asked: Namespace) -> None:
    head = latest_signed_head()
    if head is None:
        raise CannotStart("Aucune tête n'est encore signée : le séquenceur n'a pas encore tourné.")
    say(head.to_json().decode())


def replay_view(asked: Namespace) -> None:
    _refuse_unknown(asked.name)
    say(f"{asked.name} : {replay(asked.name)} faits relus.")


def retry_effect(asked: Namespace) -> None:
    _refuse_unknown(asked.name)
    say(f"{asked.name} : {retry_parked(asked.name)} faits encore mis de côté.")


def _refuse_unknown(name: str) -> None:
    names = [each.name for each in projections()]
    if name not in names:
        raise CannotStart(f"Aucune vue ne s'appelle « {name} ». Il y a : {', '.join(names)}.")


def open_epoch(asked: Namespace) -> None:
    entry = new_epoch(reason=asked.reason, clock=DATABASE_CLOCK)
    say(f"L'époque {entry.data['epoch']} est ouverte : le journal le dit, et le séquenceur reprend.")


def export_to(asked: Namespace) -> None:
    done = export_journal(asked.directory, installation_signer().public_key)
    say(
        f"{asked.directory} : {done.size} faits (dont {done.written} nouveaux), {done.openings} paroles,"
        f" {done.heads} têtes signées. Pour vérifier : bin/democratic audit {asked.directory}"
    )
