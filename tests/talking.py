"""Somebody who answers on the pages of a conversation."""

import re
from uuid import uuid4

from democratic.participation.conversations.models import FlowCode
from democratic.participation.conversations.screens import screen_key

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def pair(client, clock, code="LYC-BRO"):
    """Make this browser the screen of a code, by the link that an agent is shown."""
    key = screen_key(FlowCode.objects.get(code=code), clock.now())
    return client.post(f"/borne/{code}/brancher/{key}", **HERE)


def text(page):
    html = re.sub(r"<[^>]+>", " ", page.content.decode()).replace("\u00a0", " ").replace("&nbsp;", " ")
    return " ".join(html.split())


def answer(client, url, **said):
    said.setdefault("key", uuid4().hex)
    return client.post(url, said, **HERE)


def lina_answers(client, way, age="age:15_17"):
    url = answer(client, way, choice="evening:car").url
    for said in (
        {"text": "Vaubrun"},
        {"choice": age},
        {"text": "Un bus après minuit"},
        {"choice": "news:yes"},
    ):
        answer(client, url, **said)
    return url
