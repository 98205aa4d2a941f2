"""One request after the other, each on the same world: what one did is undone before the next."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.cache import caches
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from matrix.routes import Route, all_routes
from matrix.table import EXPECTED
from matrix.visitors import HERE, Visitor
from matrix.world import World

NAMELESS = ("healthz", "readyz", "metrics")


@dataclass(frozen=True)
class Tried:
    route: Route
    method: str
    path: str
    answer: HttpResponse


def path_of(route: Route, world: World, visitor: Visitor) -> str:
    if route.name in NAMELESS:
        return f"/{route.name}"
    known = EXPECTED[route.name].arguments(world) | dict(visitor.holds.get(route.name, {}))
    return reverse(route.name, kwargs={name: known[name] for name in route.parameters})


def try_all(world: World, visitor: Visitor, routes: Iterable[Route] | None = None) -> Iterator[Tried]:
    cookies = visitor.client.cookies.copy()
    for route in all_routes() if routes is None else routes:
        path = path_of(route, world, visitor)
        for method in ("get", "post"):
            body = {"nothing": "that it asks for"} | dict(visitor.sends.get(route.name, {}))
            with transaction.atomic():
                answer = getattr(visitor.client, method)(path, body if method == "post" else {}, **HERE)
                transaction.set_rollback(True)
            visitor.client.cookies = cookies.copy()
            caches["fragments"].clear()
            yield Tried(route, method, path, answer)
