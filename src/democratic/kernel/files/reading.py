"""What keeps a document from being read aloud, in words: each names one thing that its author can mend."""

from django.utils.translation import gettext as _

from democratic.kernel.models import StoredFile


def lacks_of(file: StoredFile) -> list[str]:
    """Empty for an image, for a document that lacks nothing that we look for, and for one kept before we did."""
    told = {
        "tags": _("ses titres et ses paragraphes ne sont pas balisés"),
        "language": _("sa langue n’est pas dite"),
        "text": _("c’est une image, sans texte à lire"),
    }
    return [words for what, words in told.items() if what in file.lacks.split(",")]
