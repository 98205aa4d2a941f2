"""What is looked at before a process is published: what blocks, and what is only advice."""

from datetime import datetime

from democratic.kernel.clock import local_day
from democratic.kernel.tools import all_tools
from democratic.participation.processes.models import Process
from democratic.participation.processes.preflight.checks import findings_of
from democratic.participation.processes.preflight.facts import facts_of
from democratic.participation.processes.preflight.findings import Finding, Part


def preflight(process: Process, now: datetime) -> list[Finding]:
    """The blocking findings first, then those of the page, then those of the tools."""
    today = local_day(now, process.authority.time_zone)
    found = findings_of(facts_of(process, today))
    for tool in all_tools():
        if tool.preflight is not None:
            found += tool.preflight(process, now)
    return sorted(found, key=lambda finding: not finding.blocks)


__all__ = ["Finding", "Part", "preflight"]
