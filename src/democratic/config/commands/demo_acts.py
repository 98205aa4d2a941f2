"""The acts of ``bin/democratic demo``, once Django is ready."""

import time

from django.db import connection
from django.db.utils import Error
from django.utils import translation

from democratic.config.places import places
from democratic.config.server import migrate, preparation
from democratic.config.server.errors import CannotStart
from democratic.config.server.progress import say
from democratic.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from democratic.demo.load import NotEmpty, load_demo
from democratic.demo.purge import NotADemo, StillRunning, drop_demo
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.thread.journal import BehindOutsideHead
from democratic.thread.models import Authority


def load(*, if_empty: bool) -> None:
    began = time.monotonic()
    try:
        load_demo(clock=DATABASE_CLOCK, tell=say)
    except NotEmpty as found:
        if not if_empty and not found.is_demo:
            raise CannotStart(
                f"Cette base a déjà un territoire ({found}) : la démonstration ne se charge que dans une base vide."
            ) from found
        say(f"Rien à faire : la base a déjà un territoire ({found}).")
        return
    except BehindOutsideHead as refusal:
        say(f"Le territoire est chargé, mais son journal attend. {refusal}")
        return
    say(f"Le territoire est prêt ({time.monotonic() - began:.1f} s).".replace(".", ",", 1))


def purge() -> None:
    try:
        drop_demo()
    except NotADemo as refusal:
        named = f" : {refusal}" if str(refusal) else ", et n’a rien à purger"
        raise CannotStart(
            f"Cette installation n’est pas une démonstration{named}. Rien n’a été touché."
        ) from refusal
    except StillRunning as refusal:
        raise CannotStart("Arrêtez d’abord bin/run (Ctrl-C) : son séquenceur tourne encore.") from refusal
    except Error as fault:
        first = (str(fault).splitlines() or [type(fault).__name__])[0]
        raise CannotStart(f"La base n’a pas pu être vidée ({first}). Rien n’a été touché.") from fault
    (places().prepare().run / preparation.DEMO).unlink(missing_ok=True)
    connection.close()  # and with it the sequencer's lock
    migrate.main([])
    say("La démonstration est purgée : la base est vide, ses tables sont neuves.")


def show_accounts() -> None:
    if not Authority.objects.filter(is_demo=True).exists():
        say("Pas de démonstration ici : bin/democratic demo load en charge une dans une base vide.")
        return
    with translation.override("fr"):
        lines = [f"  {each.name:<20} {each.email:<28} {each.role}" for each in DEMO_ACCOUNTS]
    say("\n".join([f"{len(lines)} comptes, un seul mot de passe : {DEMO_PASSWORD}", *lines]))
