"""One's own data, given at once to who asked for it: there is no link to keep, to send or to steal."""

import tempfile
from collections.abc import Collection, Iterator
from uuid import UUID

from django.http import StreamingHttpResponse

from democratic.kernel.limits import Limit, spend
from democratic.stewardship.archive import write_archive

ARCHIVES = Limit("own-data", 5, 3600)
IN_MEMORY = 4 * 1024 * 1024
CHUNK = 64 * 1024


def archive_of(person_ids: Collection[UUID]) -> StreamingHttpResponse:
    """Raises TooMany after five in an hour."""
    spend(ARCHIVES, str(min(person_ids)))
    response = StreamingHttpResponse(_sent(person_ids), content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="mes-donnees.zip"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _sent(person_ids: Collection[UUID]) -> Iterator[bytes]:
    """Made whole in a file without a name, which is gone once it was sent, or given up."""
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as made:
        write_archive(person_ids, made)
        made.seek(0)
        while chunk := made.read(CHUNK):
            yield chunk
