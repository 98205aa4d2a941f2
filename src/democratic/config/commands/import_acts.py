"""The acts of ``bin/democratic import``, once Django is ready."""

import time
from pathlib import Path

from democratic.config.server.errors import CannotStart
from democratic.config.server.progress import say
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.refusals import Conflict
from democratic.participation.imports.decidim import import_decidim
from democratic.participation.imports.decidim_export import read_export
from democratic.participation.imports.tables import CannotRead
from democratic.participation.processes.models import Process


def import_decidim_folder(folder: Path, process_slug: str, authority_slug: str) -> None:
    process = _process(process_slug, authority_slug)
    began = time.monotonic()
    try:
        export = read_export(folder)
        report = import_decidim(process=process, export=export, clock=DATABASE_CLOCK, tell=say)
    except (CannotRead, Conflict) as refusal:
        raise CannotStart(str(refusal)) from refusal
    for line in report.lines():
        say(line)
    say(f"Fini en {time.monotonic() - began:.1f} s.".replace(".", ",", 1))


def _process(slug: str, authority_slug: str) -> Process:
    found = Process.objects.select_related("record__authority", "authority").order_by("slug")
    if authority_slug:
        found = found.filter(authority__slug=authority_slug)
    named = list(found.filter(slug=slug))
    if len(named) == 1:
        return named[0]
    if named:
        raise CannotStart(
            f"« {slug} » existe chez {', '.join(each.authority.slug for each in named)} : ajoutez --authority."
        )
    known = ", ".join(found.values_list("slug", flat=True)[:20]) or "aucune"
    raise CannotStart(f"Aucune concertation à l’adresse « {slug} ». Ici : {known}.")
