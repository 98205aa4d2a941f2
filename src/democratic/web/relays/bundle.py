"""The kit of a code as one ZIP, sent as it is made: the same words make the same bytes."""

import zipfile
from collections.abc import Iterable, Iterator
from datetime import date

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from democratic.web.charts.slots import CannotDraw
from democratic.web.kits.making import made_together
from democratic.web.relays.pieces import PIECES, alternative_of, sheet_of
from democratic.web.relays.told import CodeTold
from democratic.web.relays.words import texts_of

File = tuple[str, bytes]


def files_of(told: CodeTold, *, is_kept: bool = True) -> list[File]:
    """``is_kept``: whether its pieces stay for who asks again. CannotDraw."""
    made = made_together([(sheet_of(piece, told), piece.form) for piece in PIECES], is_kept=is_kept)
    named = [
        (f"{told.code}/{piece.key}-{told.code}.{piece.form}", content)
        for piece, content in zip(PIECES, made, strict=True)
    ]
    texts = _("textes")
    return [*named, (f"{told.code}/{texts}-{told.code}.txt", _words(told).encode())]


def _words(told: CodeTold) -> str:
    """All texts, then what describes each picture for who does not see it; read by any editor, hence CRLF and a mark."""
    parts = [f"{told.told.name}\n{told.url}"]
    for text in texts_of(told):
        subject = _("Objet : %(subject)s") % {"subject": text.subject} + "\n\n" if text.subject else ""
        parts.append(f"== {text.name} ({text.length}) ==\n\n{subject}{text.body}")
    pictures = [f"{piece.name}\n{alternative_of(piece, told)}" for piece in PIECES if piece.is_picture]
    described = _("Descriptions des images")
    parts.append(f"== {described} ==\n\n" + "\n\n".join(pictures))
    return "\ufeff" + "\n\n\n".join(parts).replace("\n", "\r\n") + "\r\n"


def every_file(kits: Iterable[CodeTold], language: str) -> Iterator[File]:
    """One kit after the other, in ``language`` whoever draws from this and when: no more than one is held."""
    for told in kits:
        with override(language):
            made = files_of(told, is_kept=False)
        yield from made


def give_kit(told: CodeTold) -> HttpResponse | StreamingHttpResponse:
    try:
        files = files_of(told)
    except CannotDraw:
        said = _("Cette feuille ne peut pas être composée pour l’instant. Réessayez dans une minute.")
        return HttpResponse(said, status=503, content_type="text/plain; charset=utf-8")
    return give_zip(files, told.made_on, f"kit-{told.code}")


def give_zip(files: Iterable[File], on: date, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(zipped(files, on), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def zipped(files: Iterable[File], on: date) -> Iterator[bytes]:
    """Stored as they are: pictures and PDFs are compressed already. Each bears the day of the flow, and no hour."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0)), content)
            yield sink.taken()
    yield sink.taken()


class _Sink:
    """What was written since it was last asked; one does not go back in it."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        self._held += data
        return len(data)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass

    def taken(self) -> bytes:
        held = bytes(self._held)
        self._held.clear()
        return held
