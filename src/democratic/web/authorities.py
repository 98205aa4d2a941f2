"""Which authority a request is for: by host, or the only one of the installation."""

from democratic.thread.models import Authority
from democratic.web.kept import Kept


def _read(name: str) -> Authority | None:
    return (
        Authority.objects.filter(host=name).first()
        or Authority.objects.filter(host="").order_by("pk").first()
    )


KEPT = Kept(_read, seconds=5)  # an authority's name changes about once in its life


def authority_of(host: str) -> Authority | None:
    return KEPT.of(host.rsplit(":", 1)[0].lower())
