"""An alarm at the desk: what triggered it, in words; a person closes it, and nothing was hidden meanwhile."""

from datetime import timedelta

import pytest
from django.test import Client

from democratic.stewardship.models import Alarm
from democratic.thread.models import Audience

pytestmark = pytest.mark.django_db
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def alarm(bench):
    now, process = bench.territory.clock.moment, bench.territory.process.record
    return Alarm.objects.create(
        authority=bench.territory.authority, process=process, kind="similarity", began_at=now,
        last_at=now + timedelta(hours=2), acts=42, usual=1,
    )  # fmt: skip


def client_of(account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def test_it_says_what_was_counted_and_what_is_usual_and_is_closed_by_one_tap(bench, alarm):
    client = client_of(bench.first)
    page = client.get("/bureau/moderation?quoi=alertes").text
    assert "Le même texte sous beaucoup de plumes" in page
    assert "42 actes" in page

    first = client.post(f"/bureau/moderation/alertes/{alarm.pk}/fermer", **HERE)
    second = client.post(f"/bureau/moderation/alertes/{alarm.pk}/fermer", **HERE)

    assert (first.status_code, second.status_code) == (302, 404)
    assert Alarm.objects.get().closed_by == bench.first.person


def test_who_moderates_another_consultation_or_may_not_read_this_one_sees_no_alarm(bench, alarm):
    bench.first.person.grants.update(process=bench.territory.mandate.record)
    hidden = Audience.objects.create(authority=bench.territory.authority, name="Le bureau")

    assert "42 actes" not in client_of(bench.first).get("/bureau/moderation?quoi=alertes").text
    type(alarm.process).objects.filter(pk=alarm.process_id).update(audience=hidden)
    page = client_of(bench.second).get("/bureau/moderation?quoi=alertes").text

    assert "42 actes" not in page
    answer = client_of(bench.second).post(f"/bureau/moderation/alertes/{alarm.pk}/fermer", **HERE)
    assert answer.status_code == 404
