"""What is looked at before a process is published: what blocks, and what is only advice."""

from datetime import date

from democratic.participation.processes.models import Process
from democratic.participation.processes.preflight.checks import Finding, Part, findings_of
from democratic.participation.processes.preflight.facts import facts_of


def preflight(process: Process, today: date) -> list[Finding]:
    """The blocking findings first."""
    return findings_of(facts_of(process, today))


__all__ = ["Finding", "Part", "preflight"]
