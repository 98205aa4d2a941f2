"""What arrives is kept once, carried out in its order, by several workers at once, whatever dies in between."""

import threading
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from democratic.messaging.incoming import MOST_ATTEMPTS, accept, carry_out, forget_held_too_long
from democratic.messaging.models import IncomingMessage
from democratic.messaging.ports import Arrived
from traces import traces_of

State = IncomingMessage.State


def arrive(territory, *names, address="lina"):
    return accept(territory.authority, "sms", [Arrived(name, address, f"texte {name}") for name in names])


@pytest.mark.django_db
def test_a_message_that_comes_twice_is_one(territory):
    assert arrive(territory, "a", "b") == 2
    assert arrive(territory, "b", "c", "c") == 1
    assert IncomingMessage.objects.count() == 3


@pytest.mark.django_db
def test_once_done_its_words_its_address_and_its_name_are_gone_and_a_print_refuses_it(territory):
    arrive(territory, "SM-of-a-provider-8841")
    assert carry_out(lambda message: State.DONE if message.name == "SM-of-a-provider-8841" else "") == 1
    message = IncomingMessage.objects.get()
    assert (message.state, message.text, message.address, message.name) == ("done", "", "", "")
    assert traces_of("SM-of-a-provider-8841") == []
    assert arrive(territory, "SM-of-a-provider-8841") == 0


@pytest.mark.django_db
def test_two_channels_may_give_the_same_name(territory):
    arrive(territory, "a")
    assert accept(territory.authority, "telegram", [Arrived("a", "lina", "x")]) == 1


@pytest.mark.django_db
def test_names_of_an_earlier_release_become_prints_that_still_refuse_what_comes_twice(territory):
    arrive(territory, "done", "waits")
    IncomingMessage.objects.filter(name="done").update(external_id="done", name="", state="done")
    IncomingMessage.objects.filter(name="waits").update(external_id="waits", name="")
    import_module("democratic.messaging.migrations.0010_arriving").hash_names(apps, None)
    assert dict(IncomingMessage.objects.values_list("state", "name")) == {"done": "", "waiting": "waits"}
    assert arrive(territory, "done", "waits") == 0


@pytest.mark.django_db
def test_one_that_fails_is_tried_again_then_parked_and_stops_no_other(territory):
    arrive(territory, "bad", "good")

    def handle(message):
        if message.name == "bad":
            raise ZeroDivisionError
        return "done"

    for _each in range(MOST_ATTEMPTS + 1):
        carry_out(handle)
    states = dict(IncomingMessage.objects.values_list("name", "state"))
    assert states == {"bad": "parked", "": "done"}
    assert IncomingMessage.objects.get(name="bad").reason == "ZeroDivisionError"


@pytest.mark.django_db(transaction=True)
def test_several_workers_share_the_work_and_keep_each_one_s_order(live_territory):
    people = [f"person-{n}" for n in range(40)]
    accept(
        live_territory.authority,
        "sms",
        [Arrived(f"{who}/{n}", who, str(n)) for n in range(5) for who in people],
    )
    heard, lock = [], threading.Lock()

    def handle(message):
        with lock:
            heard.append((message.address, int(message.text)))
        return "done"

    def work():
        try:
            while carry_out(handle, limit=7):
                pass
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _each in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    carry_out(handle, limit=1000)
    assert len(heard) == 200
    for who in people:
        assert [n for address, n in heard if address == who] == [0, 1, 2, 3, 4]
    assert not IncomingMessage.objects.exclude(state="done").exists()


@pytest.mark.django_db
def test_what_waits_for_an_age_waits_half_an_hour_and_is_never_heard_again(territory):
    arrive(territory, "a", "b")
    IncomingMessage.objects.filter(name="a").update(state="held")
    IncomingMessage.objects.filter(name="b").update(state="held")
    with connection.cursor() as cursor:
        cursor.execute(
            "update messaging_incomingmessage set received_at = now() - interval '31 minutes'"
            " where name = 'a'"
        )
    assert forget_held_too_long() == 1
    late = IncomingMessage.objects.get(name="")
    assert (late.state, late.text, late.address) == ("done", "", "")
    assert IncomingMessage.objects.get(name="b").state == "held"
    arrive(territory, "a")
    assert not IncomingMessage.objects.filter(state="waiting").exists()
