"""A voice: known by its container, scanned, and kept as it came. Nothing here decodes it."""

import io

from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.files.keeping import keep_made
from democratic.kernel.files.lengths import seconds_of
from democratic.kernel.files.scanning import scan
from democratic.kernel.models import StoredFile
from democratic.kernel.refusals import Refusal

# Where each container names itself: Ogg (RFC 3533), Matroska of which WebM is one (RFC 9559), ISO 14496-12, MPEG audio,
# and RIFF where it holds a WAVE.
_BEGINS = (
    (0, b"OggS", "audio/ogg"),
    (0, b"\x1a\x45\xdf\xa3", "audio/webm"),
    (4, b"ftyp", "audio/mp4"),
    (0, b"ID3", "audio/mpeg"),
)
_SYNC, _LAYER = 0xFF, 0xE6  # eleven bits of a frame that begins, then the layer: III is 01
_LAYER_THREE = 0xE2


def voice_type_of(content: bytes) -> str:
    """The type that its content shows, whatever was announced; empty for anything else."""
    for at, magic, content_type in _BEGINS:
        if content[at : at + len(magic)] == magic:
            return content_type
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return "audio/wav"
    is_frame = len(content) > 1 and content[0] == _SYNC and content[1] & _LAYER == _LAYER_THREE
    return "audio/mpeg" if is_frame else ""


def seconds_of_voice(content: bytes) -> int | None:
    return seconds_of(content, voice_type_of(content))


def store_voice(content: bytes, *, clock: Clock) -> StoredFile:
    """To be held within the hour. Refusal: it is no voice that we know, or an antivirus says no."""
    content_type = voice_type_of(content)
    if not content_type:
        raise Refusal(
            _("Cet enregistrement ne se lit pas : envoyez-le en OGG, MP3, M4A, WAV ou WebM."), field="file"
        )
    scan(content)
    return keep_made(
        io.BytesIO(content),
        content_type=content_type,
        seconds=seconds_of(content, content_type),
        clock=clock,
    )
