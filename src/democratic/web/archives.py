"""One's own data, given at once to who asked for it: there is no link to keep, to send or to steal."""

import tempfile
from collections.abc import Collection
from uuid import UUID

from django.http import FileResponse

from democratic.kernel.limits import Limit, spend
from democratic.stewardship.archive import write_archive

ARCHIVES = Limit("own-data", 5, 3600)
IN_MEMORY = 4 * 1024 * 1024


def archive_of(person_ids: Collection[UUID]) -> FileResponse:
    """Made in a file without a name, which is gone once it was sent. Raises TooMany after five in an hour."""
    spend(ARCHIVES, str(min(person_ids)))
    made = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the response closes it
    write_archive(person_ids, made)
    made.seek(0)
    response = FileResponse(made, as_attachment=True, filename="mes-donnees.zip")
    response.headers["Cache-Control"] = "no-store"
    return response
