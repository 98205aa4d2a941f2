"""Which tools of a method are there: a template whose tool is missing says so, and can't be chosen."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from democratic.kernel.tools import all_tools
from democratic.participation.processes.methods.template import Method

# What is foreseen and not there yet, so that it is named in words.
FORESEEN: dict[str, Promise] = {
    "polls": _("une question à laquelle on répond d’un geste"),
    "street": _("les rendez-vous de rue"),
    "conversations": _("les conversations par messagerie"),
    "debates": _("le débat en direct"),
    "forums": _("le forum"),
    "budgets": _("le vote d’un budget"),
    "assemblies": _("l’assemblée tirée au sort"),
    "petitions": _("les pétitions"),
}


def missing_tools(method: Method) -> list[str | Promise]:
    """Names of the tools that this method needs and that nothing here provides."""
    there = {tool.key for tool in all_tools()}
    return [FORESEEN.get(key, key) for key in method.needs if key not in there]
