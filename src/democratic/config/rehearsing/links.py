"""Pages of a rehearsal, made to be looked at: their links lead to each other or nowhere, their forms send nothing."""

import re
from collections.abc import Mapping

_LINK = re.compile(r'(<a\b[^>]*?) href="([^"]*)"')
_FORM = re.compile(r"<form\b")


def kept_apart(html: str, known: Mapping[str, str]) -> str:
    """``known``: where each path that was kept is shown now."""

    def instead(found: re.Match[str]) -> str:
        before, target = found.groups()
        if target.startswith("#"):
            return found.group()
        leads = known.get(target.partition("#")[0].partition("?")[0])
        return f'{before} href="{leads}"' if leads else before

    return _FORM.sub("<form inert", _LINK.sub(instead, html))
