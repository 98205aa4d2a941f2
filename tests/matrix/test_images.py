"""Every image of every public page says how large it is, so that no page moves while it comes."""

from html.parser import HTMLParser

import pytest

from courses import shown
from democratic.kernel.files import store_file
from democratic.thread.actions import NewAttachment
from democratic.thread.models import Origin, Record
from matrix.crawling import path_of
from matrix.routes import all_routes
from matrix.test_matrix import client_for, world  # noqa: F401 -- the same world
from matrix.visitors import Visitor
from pictures import picture


@pytest.fixture(autouse=True)
def _private(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }


@pytest.fixture
def with_photos(world):  # noqa: F811
    """What each kind of page shows: a photo given with an idea, one that proves, voices enough for every figure."""
    clock = world.territory.clock
    for size in ((640, 400), (400, 640)):
        photo = NewAttachment(store_file([picture(size)], clock=clock), "Un arrêt sans abri.")
        world.codes["idea"] = world.territory.say(
            "Un abri.", photo=photo, origin=Origin.STREET
        ).idea.record.code
    proof = NewAttachment(store_file([picture((500, 300))], clock=clock), "L’abri posé.")
    about = Record.objects.get(code=world.codes["commitment"])
    world.codes["evidence"] = shown(about, url="", file=proof).record.code
    return world


class Images(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag == "img":
            self.found.append(dict(attrs))


def images_of(answer):
    if answer.status_code != 200 or "html" not in answer["Content-Type"]:
        return []
    parser = Images()
    parser.feed(answer.content.decode())
    return parser.found


def test_every_image_has_its_width_and_its_height(with_photos):
    seen, wrong = {"photo": 0, "chart": 0}, []
    for role in ("anonymous", "official"):
        visitor = Visitor(client_for(with_photos, role))
        for route in all_routes():
            if route.name == "account_logout":
                continue
            path = path_of(route, with_photos, visitor)
            for image in images_of(visitor.client.get(path)):
                seen["chart" if image.get("class") == "chart__image" else "photo"] += 1
                if not all(
                    image.get(side, "").isdigit() and int(image[side]) for side in ("width", "height")
                ):
                    wrong.append(f"{path} as {role}: {image.get('src')}")
    assert not wrong, "\n" + "\n".join(sorted(set(wrong)))
    assert all(seen.values()), seen
