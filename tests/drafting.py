"""A draft of a process, and what it lacks before it can be published."""

from datetime import date

from democratic.participation.processes.actions import (
    Draft,
    Privacy,
    Promise,
    draft_process,
    expect_voices,
    settle_privacy,
)
from democratic.participation.processes.models import Assessment, LegalBasis
from democratic.thread.actions import Words

TODAY = date(2026, 3, 1)


def draft_of(territory, **more):
    fields = {
        "words": Words(title="Le marché couvert", text="Où le mettre ?"),
        "promise": Promise("Votre préférence.", "Chaque avis est lu.", "Le budget voté."),
        "first_day": TODAY,
        "in_clear": "Un marché se prépare. Dites où le mettre.",
        **more,
    }
    return draft_process(
        mandate=territory.mandate,
        method=fields.pop("method", "project_concertation"),
        draft=Draft(**fields),
        author=territory.agent.person,
        clock=territory.clock,
    )


def made_ready(process):
    expect_voices(process=process, expected=200)
    privacy = Privacy(LegalBasis.PUBLIC_TASK, 12, Assessment.NOT_NEEDED, "Aucune donnée sensible.", "aucun")
    settle_privacy(process=process, privacy=privacy)
    return process
