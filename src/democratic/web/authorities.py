"""Which authority a request is for: by its host, or by ``/c/<slug>`` at a host that several share."""

import re
from dataclasses import dataclass

from democratic.thread.models import Authority
from democratic.web.kept import Kept

_UNDER_PATH = re.compile(r"/c/([a-z0-9-]+)(?=/|$)")


@dataclass(frozen=True, slots=True)
class Doors:
    """``by_host`` and ``by_path`` (host, slug) answer first; then the same for an empty host, which is any."""

    by_host: dict[str, Authority]
    by_path: dict[tuple[str, str], Authority]

    def at(self, host: str, path: str) -> Authority | None:
        under = _UNDER_PATH.match(path)
        if under:
            return self.by_path.get((host, under[1])) or self.by_path.get(("", under[1]))
        return self.by_host.get(host) or self.by_host.get("")

    def all(self) -> list[Authority]:
        return [*self.by_host.values(), *self.by_path.values()]

    def under(self, host: str) -> list[Authority]:
        """Those that share a host, for the page that leads to them."""
        shared = [each for (at, _slug), each in self.by_path.items() if at in (host, "")]
        return sorted(shared, key=lambda authority: authority.name)


def _read(_name: str) -> Doors:
    all_of_them = Authority.objects.select_related("controller", "logo").order_by("pk")
    return Doors(
        {each.host: each for each in all_of_them if not each.is_under_path},
        {(each.host, each.slug): each for each in all_of_them if each.is_under_path},
    )


KEPT = Kept(_read, seconds=5)  # an authority's name changes about once in its life


def doors() -> Doors:
    return KEPT.of()


def host_of(host: str) -> str:
    return host.rsplit(":", 1)[0].lower()
