"""How many messages are kept and carried out a second, by two workers; and whether a provider's rate is respected."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection

from democratic.config.bench.fill import fill_ideas
from democratic.config.bench.installation import start
from democratic.config.bench.size import Step
from democratic.config.server.errors import CannotStart
from democratic.demo.chats import FLOW
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.messaging.carrying import Carried, carry
from democratic.messaging.incoming import accept
from democratic.messaging.jobs import BETWEEN_BURSTS
from democratic.messaging.models import (
    ChannelKind,
    ChannelUse,
    Correspondent,
    IncomingMessage,
    OutgoingMessage,
)
from democratic.messaging.opening import Terms, set_terms
from democratic.messaging.ports import Arrived
from democratic.participation.conversations.editing import draft_flow, give_code, publish_flow
from democratic.participation.conversations.models import FlowAnswer
from democratic.thread.models import Authority

CODE, HANDS = "BEN-CH1", 8
PATIENCE = 300  # seconds
# One person's answers, the sentence included: a fifth of what is carried out becomes a contribution.
SAYS = (f"START {CODE}", "2", "18-25 ans", "Un car après minuit, le vendredi.", "non")


def messages_timed(messages: int, outbound: int, per_second: int) -> Iterator[Step]:
    """``messages`` in, one statement each; then out, to a server on this machine."""
    process = fill_ideas(1)
    authority = process.authority
    terms = Terms("Banc d’essai.", "Le banc", date(2026, 1, 1), 0, 24, 7, is_open=True)
    for kind in (ChannelKind.WIDGET, ChannelKind.SMS):
        set_terms(authority=authority, kind=kind, terms=terms)
    # Nobody lists communes on a bench.
    asked = FLOW | {"steps": [step for step in FLOW["steps"] if step["kind"] != "place"]}
    flow = draft_flow(process=process, name="Banc", content=asked)
    publish_flow(flow=flow, clock=DATABASE_CLOCK)
    give_code(flow=flow, code=CODE, where="place", label="Banc")
    people = messages // len(SAYS)
    yield _accepted_one_by_one(authority, people)
    yield _carried_out()
    yield from _sent(authority, outbound, per_second)


def _accepted_one_by_one(authority: Authority, people: int) -> Step:
    """By eight hands, each message in a transaction of its own, as webhooks come."""
    arrived = [
        Arrived(f"{who}:{rank}", f"person-{who}", words, language="fr")
        for rank, words in enumerate(SAYS)
        for who in range(people)
    ]

    def hand(mine: list[Arrived]) -> None:
        for each in mine:
            accept(authority, ChannelKind.WIDGET, [each])
        connection.close()

    began = time.perf_counter()
    with ThreadPoolExecutor(HANDS) as hands:
        # In the order in which one person writes: a hand takes whole people.
        list(
            hands.map(
                hand, [[each for each in arrived if hash(each.address) % HANDS == n] for n in range(HANDS)]
            )
        )
    took = time.perf_counter() - began
    kept = IncomingMessage.objects.count()
    told = f"{kept} kept of {len(arrived)}: {len(arrived) / took:.0f}/s"
    return Step("accepted, one transaction each", took, told)


def _carried_out() -> Step:
    """By two workers of the product, from the first message that one does; one is killed in the middle, and replaced."""
    log = Path(os.environ["DEMOCRATIC_VAR"]) / "workers.log"
    all_of_them = _waiting()
    with log.open("ab") as out:
        workers = [start("worker", out=out) for _each in range(2)]
        _until(lambda: _waiting() < all_of_them)
        began, waiting = time.perf_counter(), _waiting()
        _until(lambda: _waiting() < waiting * 0.7)
        workers[0].kill()
        workers[0].wait()
        workers.append(start("worker", out=out))
        _until(lambda: _waiting() == 0)
        took = time.perf_counter() - began
        for worker in workers[1:]:
            worker.terminate()
            worker.wait(60)
    states = Counter(IncomingMessage.objects.values_list("state", flat=True))
    said = FlowAnswer.objects.count()
    told = f"{waiting / took:.0f}/s, a worker killed on the way; {dict(states)}, {said} answers kept"
    return Step("carried out, two workers", took, told)


def _waiting() -> int:
    return IncomingMessage.objects.filter(state="waiting").count()


def _until(holds: Callable[[], bool]) -> None:
    """CannotStart when nothing moves any more."""
    patient = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > patient:
            raise CannotStart(f"{_waiting()} messages wait, and nobody carries them out")
        time.sleep(0.1)


@contextmanager
def _provider() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "democratic.config.bench.provider"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as provider:  # noqa: S603  ours
        yield provider


def _sent(authority: Authority, outbound: int, per_second: int) -> Iterator[Step]:
    """By the worker's own rounds, to a provider that answers at once."""
    ChannelUse.objects.filter(kind=ChannelKind.SMS).update(limits={"per_second": per_second})
    _queue(authority, outbound)
    with _provider() as provider:
        if provider.stdout is None:
            raise CannotStart("the provider of this bench has nothing to say")
        _write_account(authority.slug, int(provider.stdout.readline()))
        began = time.perf_counter()
        sent = 0
        while sent < outbound:
            done = carry()
            sent += done.sent
            if done == Carried():
                time.sleep(BETWEEN_BURSTS)
        took = time.perf_counter() - began
        arrived = json.loads(provider.communicate()[0])
    most = _most_in_a_second(arrived)
    detail = (
        f"{outbound / took:.0f}/s of {per_second} allowed; {len(arrived)} arrived, {most} at most in a second"
    )
    yield Step("sent by SMS", took, detail)


def _write_account(slug: str, port: int) -> None:
    path = Path(settings.VAR) / "secrets" / "channels.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (
        f"[{slug}.sms]",
        f'url = "http://127.0.0.1:{port}"',
        'account = "A"',
        'token = "t"',
        'sender = "+33"',
        "near = true",
    )
    path.write_text("\n".join(lines))
    path.chmod(0o600)


def _queue(authority: Authority, outbound: int) -> None:
    now = DATABASE_CLOCK.now()
    person = Correspondent.objects.select_related("person")[0].person
    theirs = [
        Correspondent(
            authority=authority, kind=ChannelKind.SMS, address=f"+336{n:08d}", address_print=f"{n:064d}", person=person,
            heard_at=now,
        )
        for n in range(outbound)
    ]  # fmt: skip
    Correspondent.objects.bulk_create(theirs, batch_size=2000)
    OutgoingMessage.objects.bulk_create(
        [OutgoingMessage(authority=authority, correspondent=each, purpose="bench", body="Bonjour") for each in theirs],
        batch_size=2000,
    )  # fmt: skip


def _most_in_a_second(times: list[float]) -> int:
    times, first, most = sorted(times), 0, 0
    for last, at in enumerate(times):
        while times[first] < at - 1:
            first += 1
        most = max(most, last - first + 1)
    return most
