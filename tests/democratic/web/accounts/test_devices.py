"""Where one is signed in: listed in words, ended one by one or all at once, by the next request."""

import re
from datetime import timedelta

import pytest
from account_visits import Visitor
from django.db.models import F
from django.test import Client

from democratic.people.actions import restore_account, suspend_account
from democratic.people.models import Session
from democratic.web.devices import NO_DEVICE, device_of, told
from factories import PASSWORD, verified_account

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1"
LAPTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
DEVICES = "/compte/appareils"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Safari sur iPhone"),
        (LAPTOP, "Firefox sur Linux"),
        (EDGE, "Edge sur Windows"),
        ("curl/8", "Appareil inconnu"),
    ],
)
def test_a_device_is_told_in_words(agent, words):
    assert told(device_of(agent)) == words
    assert told(NO_DEVICE) == "Appareil inconnu"


@pytest.fixture
def sign_in(known):
    def enter(agent, account=known):
        someone = Visitor(Client(headers={"User-Agent": agent}))
        someone.send("/connexion", login=account.email, password=PASSWORD)
        return someone

    return enter


def refs(page):
    return re.findall(r'name="session" value="([0-9a-f]{32})"', page)


def test_they_are_listed_with_this_one_first_and_no_network_address(sign_in, known):
    sign_in(PHONE)
    page = sign_in(LAPTOP).get(DEVICES)
    assert (
        page.index("Firefox sur Linux")
        < page.index("cet appareil, en ce moment")
        < page.index("Safari sur iPhone")
    )
    assert "127.0.0.1" not in page
    kept = Session.objects.filter(account=known).values("browser", "system")
    assert sorted(each["system"] for each in kept) == ["Linux", "iPhone"]
    assert not {"ip", "user_agent"} & {field.name for field in Session._meta.fields}


def test_the_page_never_shows_a_key(sign_in, known):
    sign_in(PHONE)
    page = sign_in(LAPTOP).get(DEVICES)
    assert not any(key in page for key in Session.objects.values_list("pk", flat=True))


def test_one_is_ended_at_its_next_request_and_the_others_stay(sign_in):
    phone, tablet, laptop = sign_in(PHONE), sign_in(EDGE), sign_in(LAPTOP)
    page = laptop.get(DEVICES)
    which = re.search(r'value="([0-9a-f]{32})"><button[^>]*Safari sur iPhone', page)[1]
    assert laptop.send(DEVICES, session=which).url == DEVICES
    phone.get("/compte", status=302)
    tablet.get("/compte")
    assert "cet appareil est déconnecté" in laptop.get(DEVICES)
    assert laptop.send(DEVICES, session=which).status_code == 302  # twice: said, and nothing more


def test_all_the_others_end_at_once(sign_in):
    phone, tablet, laptop = sign_in(PHONE), sign_in(EDGE), sign_in(LAPTOP)
    laptop.send(DEVICES, session="others")
    for gone in (phone, tablet):
        gone.get("/compte", status=302)
    assert len(refs(laptop.get(DEVICES))) == 1


def test_this_one_may_be_ended_too(sign_in):
    laptop = sign_in(LAPTOP)
    (here,) = refs(laptop.get(DEVICES))
    assert laptop.send(DEVICES, session=here).url == "/"
    laptop.get("/compte", status=302)


def test_nobody_ends_another_s(sign_in, territory):
    laptop = sign_in(LAPTOP)
    (hers,) = refs(laptop.get(DEVICES))
    stranger = sign_in(PHONE, verified_account("autre@val-orbe.example", "Autre"))
    stranger.send(DEVICES, session=hers)
    laptop.get("/compte")


def test_a_new_password_ends_the_others_and_takes_their_rows(sign_in, known):
    phone, laptop = sign_in(PHONE), sign_in(LAPTOP)
    new = "autre phrase assez longue"
    laptop.send("/compte/mot-de-passe", oldpassword=PASSWORD, password1=new, password2=new)
    laptop.get("/compte")
    phone.get("/compte", status=302)
    assert Session.objects.filter(account=known).count() == 1


def test_a_suspended_account_is_out_everywhere_and_no_session_of_before_comes_back(sign_in, known):
    phone = sign_in(PHONE)
    suspend_account(account=known)
    phone.get("/compte", status=302)
    restore_account(account=known)
    phone.get("/compte", status=302)


def test_the_day_of_use_is_noted_once_a_day(sign_in, known):
    phone = sign_in(PHONE)
    Session.objects.update(used_on=F("used_on") - timedelta(days=3))
    before = Session.objects.get(account=known).used_on
    phone.get("/compte")
    assert Session.objects.get(account=known).used_on == before + timedelta(days=3)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(sign_in, count, django_assert_num_queries):
    for _ in range(count):
        sign_in(PHONE)
    laptop = sign_in(LAPTOP)
    laptop.get(DEVICES)
    with django_assert_num_queries(4):
        laptop.get(DEVICES)
