"""Whom this installation is for: the public, or whoever tries it on their own machine."""

from collections.abc import Mapping


def is_production(environment: Mapping[str, str]) -> bool:
    """Open to the public: behind HTTPS, or said so."""
    return "1" in (environment.get("DEMOCRATIC_HTTPS"), environment.get("DEMOCRATIC_PRODUCTION"))
