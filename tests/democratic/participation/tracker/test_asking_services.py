"""Once a month each service that owes something is asked where it stands: one mail, never two."""

import os
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core import mail
from django.db import connection

from democratic.communities.actions import hand_over_service
from democratic.kernel.refusals import Refusal
from democratic.messaging.delivery import deliver
from democratic.messaging.models import OutgoingMessage
from democratic.participation.commitments.actions import move_action, move_commitment
from democratic.participation.commitments.models import ActionState, CommitmentState
from democratic.participation.obligations.models import Obligation
from democratic.participation.tracker.asking import ask_for_updates
from democratic.participation.tracker.links import link_at, open_links
from democratic.participation.tracker.models import UpdateLink, UpdateRequest
from democratic.participation.tracker.queries import heard_of
from democratic.participation.tracker.rhythm import choose_asking_day
from democratic.people.actions import stop_address, suspend_account
from democratic.people.models import ContactAddress
from democratic.thread.actions import give_role, withdraw_by_authority
from democratic.thread.models import Entry, Record, Role
from factories import clock_at, staff_account
from updating import AUGUST, SEPTEMBER, another_service, asked_mails, deputy_of, owe, path_in


def ask(territory, clock=AUGUST):
    return ask_for_updates(authority=territory.authority, clock=clock)


def test_one_mail_lists_what_the_service_owes_with_its_dates_and_its_lateness(owing):
    assert ask(owing, SEPTEMBER) == 1
    (message,) = asked_mails()
    assert message.address.email == owing.agent.email
    told = message.body.replace("\u00a0", " ")
    assert "Recruter deux conducteurs : pour le 20 août 2026, 12 jours de retard" in told
    assert "Le bus de nuit N1 : pour le 28 août 2026, 4 jours de retard" in told
    assert "2 retards sont visibles de tous" in told
    assert path_in(message)


def test_the_request_is_a_public_fact_that_names_the_service_and_nobody(owing):
    ask(owing)
    entry = Entry.objects.get(kind="updates_asked")
    assert entry.data["service"] == "Service jeunesse"
    assert entry.data["about"] == [owing.action.record.code, owing.commitment.record.code]
    assert "Nathalie" not in str(entry.data)
    assert not entry.openings.exists()


def test_asked_again_the_same_month_nothing_more_leaves(owing):
    ask(owing)
    assert ask(owing) == 0
    assert ask(owing, clock_at(date(2026, 8, 31))) == 0
    assert asked_mails().count() == 1
    assert ask(owing, SEPTEMBER) == 1
    assert asked_mails().count() == 2


def test_nothing_is_asked_before_the_first_working_day_nor_at_night(owing):
    assert ask(owing, clock_at(date(2026, 8, 1))) == 0  # a Saturday
    assert ask(owing, clock_at(date(2026, 8, 3), hour=5)) == 0  # seven o'clock in Paris
    assert ask(owing, clock_at(date(2026, 8, 3), hour=6)) == 1


def test_a_worker_that_was_down_that_day_asks_the_day_after(owing):
    assert ask(owing, clock_at(date(2026, 8, 5))) == 1


def test_the_authority_chooses_its_day(owing):
    choose_asking_day(authority=owing.authority, day=15, clock=AUGUST)
    assert ask(owing, clock_at(date(2026, 8, 14))) == 0
    assert ask(owing, clock_at(date(2026, 8, 15))) == 0  # Assumption, a Saturday
    assert ask(owing, clock_at(date(2026, 8, 17))) == 1


@pytest.mark.parametrize("day", [0, 29, 31, -1])
def test_a_day_that_some_month_lacks_is_refused(owing, day):
    with pytest.raises(Refusal, match="de 1 à 28"):
        choose_asking_day(authority=owing.authority, day=day, clock=AUGUST)


def test_what_is_promised_after_the_day_waits_for_next_month(owing):
    choose_asking_day(authority=owing.authority, day=2, clock=AUGUST)
    assert ask(owing, clock_at(date(2026, 7, 31))) == 0  # promised on the 3rd of July, asked on the 2nd
    assert ask(owing, AUGUST) == 1


def test_a_page_says_it_was_asked_about_only_when_it_was(owing):
    choose_asking_day(authority=owing.authority, day=3, clock=AUGUST)
    late_worker = clock_at(date(2026, 8, 6))
    _service, new = another_service(owing, titular=owing.agent.person)
    Record.objects.filter(pk=new.record_id).update(happened_at=clock_at(date(2026, 8, 4)).now())
    Obligation.objects.filter(record=new.record_id).update(service=owing.service)
    ask(owing, late_worker)
    new.record.refresh_from_db()
    promises = [(new.record, owing.service.pk), (owing.commitment.record, owing.service.pk)]
    heard = heard_of(promises)
    assert heard[new.record_id].unanswered == ()
    assert heard[owing.commitment.record_id].unanswered == (date(2026, 8, 6),)


def test_nothing_owed_nothing_asked(owing):
    move_action(action=owing.action, to=ActionState.DONE, note="Fait.", function="Service", clock=AUGUST)
    move_commitment(
        commitment=owing.commitment, to=CommitmentState.KEPT, note="Tenu.", function="Service", clock=AUGUST
    )
    assert ask(owing) == 0
    assert not UpdateRequest.objects.exists()
    assert not Entry.objects.filter(kind="updates_asked").exists()


def test_what_is_withdrawn_in_public_is_asked_no_more_nor_its_actions(owing):
    withdraw_by_authority(
        record=owing.commitment.record, reason="Abandonné.", function="Le Département", clock=AUGUST
    )
    assert ask(owing) == 0


def test_a_neighbour_s_service_is_asked_by_its_own_authority_alone(owing):
    service, _commitment = another_service(owing)
    assert ask(owing) == 2
    assert set(UpdateRequest.objects.values_list("service", flat=True)) == {owing.service.pk, service.pk}


@pytest.mark.parametrize("absent", ["suspended", "nobody", "stopped"])
def test_the_deputy_is_written_to_when_the_titular_is_not_there_to_read(owing, absent):
    deputy = deputy_of(owing)
    if absent == "suspended":
        suspend_account(account=owing.agent)
    elif absent == "nobody":
        owing.service.titular = None
        owing.service.save(update_fields=["titular"])
    else:
        address = ContactAddress.objects.create(person=owing.agent.person, email=owing.agent.email)
        stop_address(address=address, clock=AUGUST)
    ask(owing)
    (message,) = asked_mails()
    assert message.address.email == deputy.email
    assert UpdateLink.objects.get().is_by_delegation


def test_with_nobody_to_write_to_the_request_stands_in_public_all_the_same(owing):
    suspend_account(account=owing.agent)
    assert ask(owing) == 1
    assert UpdateRequest.objects.count() == 1
    assert not asked_mails().exists()


def test_the_mail_leaves_though_nobody_confirmed_the_address_and_its_link_is_kept_nowhere(owing):
    ask(owing)
    deliver()
    (sent,) = mail.outbox
    assert sent.to == [owing.agent.email]
    assert "/point-d-etape/" in sent.body
    assert OutgoingMessage.objects.get(purpose="update_asked").body == ""


def test_handing_the_service_over_puts_its_links_out(owing):
    deputy = deputy_of(owing)
    ask(owing)
    assert open_links(owing.authority, AUGUST.now()).count() == 1
    other = staff_account("autre@val-orbe.example", "Karim")
    other_is_agent(owing, other)
    hand_over_service(service=owing.service, titular=other.person, deputy=deputy.person, clock=AUGUST)
    assert open_links(owing.authority, AUGUST.now()).count() == 0


def other_is_agent(territory, account):
    give_role(person=account.person, role=Role.AGENT, authority=territory.authority, clock=AUGUST)


KILLED = """
import os, signal, sys, django
django.setup()
from datetime import datetime
from democratic.kernel.clock import FixedClock
from democratic.participation.tracker import asking
from democratic.thread.models import Authority
queued, queue = [], asking.queue_messages
def dies_at_the_second(notices):
    queue(notices)
    queued.append(1)
    if len(queued) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
asking.queue_messages = dies_at_the_second
asking.ask_for_updates(
    authority=Authority.objects.get(pk=sys.argv[1]), clock=FixedClock(datetime.fromisoformat(sys.argv[2]))
)
"""


@pytest.mark.usefixtures("transactional_db")
def test_killed_in_the_middle_the_next_round_asks_the_others_and_none_twice(live_territory):
    owing = owe(live_territory)
    services = [owing.service, *(another_service(owing, f"Service {n}")[0] for n in range(3))]
    held = connection.settings_dict
    host = quote(str(held["HOST"]), safe="")
    url = f"postgresql://{held['USER']}:{held['PASSWORD']}@/{held['NAME']}?host={host}&port={held['PORT']}"
    env = os.environ | {"DATABASE_URL": url, "PYTHONPATH": str(Path(__file__).parents[4] / "src")}
    died = subprocess.run(
        [sys.executable, "-c", KILLED, str(owing.authority.pk), AUGUST.now().isoformat()],
        env=env, check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert died.returncode == -signal.SIGKILL, died.stderr
    # The first is whole, the second, cut before its commit, never was.
    assert asked_mails().count() == UpdateRequest.objects.count() == UpdateLink.objects.count() == 1
    assert ask(owing) == 3
    assert ask(owing) == 0
    asked = list(asked_mails().values_list("entry__data__service", flat=True))
    assert sorted(asked) == sorted(service.name for service in services)
    assert Entry.objects.filter(kind="updates_asked").count() == 4


def test_a_link_lives_thirty_days(owing):
    ask(owing)
    token = path_in(asked_mails().get()).rsplit("/", 1)[1]
    assert link_at(owing.authority, token, AUGUST.now() + timedelta(days=29, hours=23)) is not None
    assert link_at(owing.authority, token, AUGUST.now() + timedelta(days=30)) is None
    assert link_at(owing.authority, token + "x", AUGUST.now()) is None
