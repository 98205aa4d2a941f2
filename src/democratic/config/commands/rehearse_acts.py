"""The acts of ``bin/democratic rehearse``, once Django is ready. The installation's own database is only read."""

from uuid import UUID

from django.db import connection

from democratic.config.commands.which_authority import authority_named
from democratic.config.rehearsing.performing import perform
from democratic.config.server.errors import CannotStart
from democratic.config.server.progress import say
from democratic.participation.processes.models import Process
from democratic.rehearsal.script import CannotRehearse, script_of
from democratic.rehearsal.shelf import Shelf


def rehearse_slug(slug: str, authority_slug: str) -> None:
    authority = authority_named(authority_slug)
    found = Process.objects.filter(authority=authority, slug=slug).values_list("pk", flat=True).first()
    if found is None:
        raise CannotStart(f"« {slug} » n’est pas l’adresse d’une concertation de {authority.name}.")
    rehearse_process(found)


def rehearse_process(process_id: UUID) -> None:
    shelf = Shelf.of(process_id)
    try:
        script = script_of(process_id)
    except Process.DoesNotExist as missing:
        raise CannotStart("Cette concertation n’est pas ici.") from missing
    except CannotRehearse as refusal:
        raise CannotStart(str(refusal)) from refusal
    connection.close()  # nothing more is read of it
    with shelf.held() as is_ours:
        if not is_ours:
            raise CannotStart("Un essai de cette concertation est déjà en route : attendez qu’il finisse.")
        shelf.ask(script.to_json())
        perform(shelf)
    for scene in shelf.scenes():
        voices = sum(scene.voices.values())
        late = f", réponse en retard de {scene.late} jours" if scene.late else ""
        say(
            f"{scene.day}  {scene.title} : {voices} paroles, {scene.subjects} sujets,"
            f" {scene.answered} ont leur réponse{late}."
        )
    say("L’essai est prêt : lisez ses pages au bureau, « Essai à blanc ».")
