"""What someone sends with a form: read, made safe and kept before the act, outside its transaction."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from democratic.kernel.files import lacks_of, store_file
from democratic.kernel.limits import Limit, spend
from democratic.thread.actions import NewAttachment
from democratic.web.guests import network_of
from democratic.web.requests import Request

# A school behind one address gives its thirty photos; nobody fills the disk.
UPLOADS_OF_A_NETWORK = Limit("uploads-of-network", 300, 3600)
UPLOADS_OF_A_PERSON = Limit("uploads-of-person", 20, 3600)
ACCEPT_PHOTOS = "image/jpeg,image/png,image/webp"
ACCEPT_FILES = f"application/pdf,{ACCEPT_PHOTOS}"


class SentFile(forms.FileField):
    """A file whose name and announced type say nothing: its content is looked at later, by ``take_file``."""

    def __init__(self, *, accept: str, **named: Any) -> None:
        super().__init__(
            required=False,
            max_length=None,
            allow_empty_file=True,  # said by kind_of, with the rest
            widget=forms.FileInput(attrs={"accept": accept}),
            **named,
        )

    def clean(self, data: UploadedFile | None, initial: Any = None) -> UploadedFile | None:  # noqa: ARG002
        return data if isinstance(data, UploadedFile) else None


def take_file(request: Request, sent: UploadedFile | None, alternative: str) -> NewAttachment | None:
    """Kept, to be shown within the hour by an act, or erased. Refusal: what is wrong with it, and what to do."""
    if sent is None:
        return None
    spend(UPLOADS_OF_A_NETWORK, network_of(request))
    if request.person is not None:
        spend(UPLOADS_OF_A_PERSON, str(request.person.pk))
    return NewAttachment(store_file(sent.chunks(), clock=request.clock), alternative)


def warn_of_what_it_lacks(request: Request, taken: NewAttachment | None) -> None:
    """It is kept all the same: to whom wrote the document, who can make it again."""
    if taken is not None and (lacks := lacks_of(taken.file)):
        told = _("Un lecteur d’écran lira mal ce document : %(lacks)s. Exportez-le en PDF balisé (PDF/UA).")
        messages.warning(request, told % {"lacks": ", ".join(lacks)})


def ask_again(form: forms.Form) -> None:
    """A form that is shown again has lost its file, as no browser gives it back: it says so, once."""
    for name in form.files:
        if name in form.fields and name not in form.errors and form.cleaned_data.get(name) is not None:
            form.add_error(name, _("Choisissez de nouveau le fichier : votre navigateur ne le garde pas."))
