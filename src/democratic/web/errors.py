"""Pages for what can't be shown: each says what happened, and what one can do."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from democratic.kernel.outages import Part, Unavailable
from democratic.kernel.refusals import TooMany
from democratic.web.pages import Main, show
from democratic.web.requests import Request


def _page(request: Request, status: int, title: str, text: str) -> HttpResponse:
    if not hasattr(request, "viewer"):  # the request was refused before anyone knew who looks
        return HttpResponse(f"{title}\n{text}", status=status, content_type="text/plain; charset=utf-8")
    main = Main(
        "web/error.html", {"heading": title, "text": text, "status": status}, title=title, status=status
    )
    return show(request, main)


def not_found(request: Request, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _page(
        request,
        404,
        _("Cette page n’existe pas"),
        _("L’adresse est peut-être incomplète. Avec un numéro de suivi, vous retrouverez votre parole."),
    )


def forbidden(request: Request, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _page(
        request,
        403,
        _("Cette page n’est pas ouverte à votre compte"),
        _("Si elle doit l’être, demandez à la personne qui administre la plateforme."),
    )


def bad_request(request: Request, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _page(
        request,
        400,
        _("Cette demande n’a pas été comprise"),
        _("Rechargez la page, puis recommencez. Rien n’a été enregistré."),
    )


INSTEAD = {
    Part.MAIL: gettext_lazy(
        "Nos messages ne partent pas pour le moment, et donc aucun code. Avec un mot de passe, vous pouvez vous"
        " connecter. Et vous pouvez participer sans compte."
    ),
    Part.IDENTITY: gettext_lazy(
        "Ce service d’identité ne répond pas pour le moment. Un code par e-mail, ou votre mot de passe, marche"
        " toujours. Et vous pouvez participer sans compte."
    ),
    Part.CACHE: gettext_lazy(
        "La connexion ne marche pas pour le moment. Réessayez dans quelques minutes. Vous pouvez participer sans"
        " compte."
    ),
}
ANYHOW = gettext_lazy(
    "Réessayez dans quelques minutes. Tout le reste marche, et rien d’enregistré n’est perdu."
)


def unavailable(request: Request, fault: Unavailable) -> HttpResponse:
    text = INSTEAD.get(fault.part, ANYHOW)
    response = _page(request, 503, _("Un service ne répond pas"), str(text))
    response.headers["Retry-After"] = "60"
    return response


def too_many(request: Request, refusal: TooMany) -> HttpResponse:
    response = _page(request, refusal.status, _("Un instant"), str(refusal.message))
    response.headers["Retry-After"] = "600"
    return response


def server_error(request: Request) -> HttpResponse:  # noqa: ARG001  Django's contract
    """Nothing may fail here: no database, no template."""
    return HttpResponse(
        _("Une erreur est survenue chez nous. Réessayez dans un instant. Rien d’enregistré n’est perdu."),
        status=500,
        content_type="text/plain; charset=utf-8",
    )
