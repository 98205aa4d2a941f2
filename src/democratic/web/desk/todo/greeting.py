from django.utils.translation import gettext as _

from democratic.web.formats import number


def greeting(name: str, count: int) -> str:
    """« Bonjour Nathalie. Trois choses à faire. »"""
    told = {
        0: _("Rien ne presse."),
        1: _("Une chose à faire."),
        2: _("Deux choses à faire."),
        3: _("Trois choses à faire."),
        4: _("Quatre choses à faire."),
        5: _("Cinq choses à faire."),
        6: _("Six choses à faire."),
    }.get(count) or _("%(n)s choses à faire.") % {"n": number(count)}
    return _("Bonjour %(name)s. %(told)s") % {"name": name, "told": told} if name else told
