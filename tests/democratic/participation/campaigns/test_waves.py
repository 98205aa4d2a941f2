"""Writing first to a list: once to each, in daytime, held at once, and her answer opens the campaign's flow."""

from datetime import timedelta

import pytest
from django.db import transaction

from chatting import Chatter
from democratic.kernel.refusals import Conflict, Refusal
from democratic.messaging.fates import note_fates
from democratic.messaging.models import ChannelUse, Correspondent, OutgoingMessage
from democratic.messaging.ports import Fate
from democratic.messaging.templates import note_template, retire_template
from democratic.participation.campaigns.figures import figures_of
from democratic.participation.campaigns.lists import writing
from democratic.participation.campaigns.lists.counting import fates_of
from democratic.participation.campaigns.lists.models import ListWave
from democratic.participation.campaigns.lists.steering import end_wave, pause_wave, resume_wave
from democratic.participation.campaigns.lists.writing import write_waves
from democratic.participation.conversations.editing import shut_flow
from democratic.participation.conversations.models import Flow, FlowCode, FlowRun
from listing import EVENING, NOON, TEXT, at, begun, campaign_to_write, listed, messages

pytestmark = pytest.mark.django_db
TEMPLATE = (
    "{{1}} vous propose de participer : répondez {{2}}. Source : {{3}}. STOP pour ne plus rien recevoir."
)


def template(territory, **changes):
    told = {"name": "invitation", "language": "fr", "text": TEMPLATE,
            "parameters": ["authority", "code", "source"]}  # fmt: skip
    return note_template(authority=territory.authority, kind="whatsapp", **told | changes)


def test_each_person_is_written_to_once_however_often_the_job_runs(territory):
    wave = begun(listed(territory))
    assert write_waves(at()) == 3
    assert write_waves(at()) == 0
    assert messages().count() == 3
    assert {each.is_first for each in messages()} == {True}
    assert {each.purpose for each in messages()} == {wave.purpose}


def test_the_message_says_who_writes_the_code_and_how_to_stop(territory):
    begun(listed(territory))
    write_waves(at())
    body = messages().first().body
    for said in (territory.authority.name.replace("’", "'"), TEXT, "LYC-00", "QUI", "STOP"):
        assert said in body


def test_killed_while_it_writes_it_goes_on_and_nobody_is_written_to_twice(territory, monkeypatch):
    begun(listed(territory))
    monkeypatch.setattr(writing, "MOST", 2)
    write_waves(at())
    real = writing.tell_all

    def killed(*told, **named):
        real(*told, **named)
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "tell_all", killed)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        write_waves(at())
    assert messages().count() == 2
    monkeypatch.setattr(writing, "tell_all", real)
    write_waves(at())
    assert messages().count() == messages().values("correspondent").distinct().count() == 3


def test_nothing_is_written_at_night_nor_on_a_sunday(territory):
    begun(listed(territory))
    assert write_waves(at(EVENING)) == 0
    assert write_waves(at(NOON + timedelta(days=3))) == 0
    assert write_waves(at(NOON + timedelta(days=4))) == 3


def test_no_more_is_written_than_leaves_within_a_minute(territory):
    campaign = campaign_to_write(territory, limits={"per_second": 0.5})
    begun(listed(territory, "\n".join(f"06{n:08}" for n in range(50)), campaign=campaign))
    assert write_waves(at()) == 30
    assert write_waves(at()) == 0
    messages().filter(pk__in=list(messages().values_list("pk", flat=True)[:10])).update(state="sent")
    assert write_waves(at()) == 10


def test_the_cap_of_the_week_holds_a_second_wave(territory):
    campaign = campaign_to_write(territory, weekly_cap=1)
    kept = listed(territory, campaign=campaign)
    first = begun(kept)
    write_waves(at())
    messages().update(state="sent")
    write_waves(at())
    first.refresh_from_db()
    assert first.state == "done"
    begun(kept)
    write_waves(at())
    second = ListWave.objects.get(state="running")
    waits = messages().filter(purpose=second.purpose).values_list("not_before", flat=True)
    assert {each - NOON for each in waits} == {timedelta(days=7)}
    assert fates_of(second).next_at == NOON + timedelta(days=7)


def test_paused_nothing_leaves_and_taken_up_again_nobody_is_forgotten_nor_told_twice(territory):
    wave = begun(listed(territory))
    write_waves(at())
    OutgoingMessage.objects.filter(pk=messages().first().pk).update(state="sent")
    for _twice in range(2):
        pause_wave(wave=wave)
    assert messages().count() == 1
    assert write_waves(at()) == 0
    for _twice in range(2):
        resume_wave(wave=wave)
    assert write_waves(at()) == 2
    assert messages().values("correspondent").distinct().count() == 3


def test_ended_it_is_over_for_good_and_another_may_begin(territory):
    kept = listed(territory)
    wave = begun(kept)
    with pytest.raises(Conflict):
        begun(kept)
    write_waves(at())
    for _twice in range(2):
        end_wave(wave=wave, clock=at())
    with pytest.raises(Conflict, match="Arrêté"):
        resume_wave(wave=wave)
    wave.refresh_from_db()
    assert (wave.state, messages().count()) == ("ended", 0)
    begun(kept)


def test_stop_after_the_first_message_is_told_and_ends_all(territory):
    wave = begun(listed(territory))
    write_waves(at())
    messages().update(state="sent")
    Chatter(territory, address="+33612345601", kind="sms").says("STOP")
    fates = fates_of(wave)
    assert (fates.sent, fates.to_write) == (3, 0)
    begun_again = wave.address_list
    end_wave(wave=wave, clock=at())
    second = begun(begun_again)
    write_waves(at(NOON + timedelta(days=8)))
    assert messages().filter(purpose=second.purpose).count() == 2
    assert fates_of(second).stopped == 1


def test_what_is_not_sent_has_its_reason(territory):
    wave = begun(listed(territory))
    write_waves(at())
    first, second, third = messages()
    OutgoingMessage.objects.filter(pk=first.pk).update(state="failed", reason="SMS 30006")
    OutgoingMessage.objects.filter(pk__in=[second.pk, third.pk]).update(state="sent")
    assert fates_of(wave).reasons == [("SMS 30006", 1)]
    write_waves(at())
    wave.refresh_from_db()
    assert (wave.state, wave.sent, wave.failed) == ("done", 2, 1)


def test_her_first_answer_opens_the_flow_and_the_next_ones_are_answers(territory):
    campaign = campaign_to_write(territory)
    begun(listed(territory, campaign=campaign))
    write_waves(at())
    her = Chatter(territory, address="+33612345601", kind="sms").says("Oui, bonjour")
    run = FlowRun.objects.get()
    assert (run.code.code, run.correspondent.address) == ("LYC-00", "+33612345601")
    her.says("1")
    assert run.answers.count() == 1
    assert figures_of(campaign, "fr").all.begun == 1


def test_qui_tells_where_the_address_comes_from(territory):
    begun(listed(territory))
    write_waves(at())
    Chatter(territory, address="+33612345601", kind="sms").says("QUI")
    answered = messages().get(purpose__startswith="turn:")
    assert answered.correspondent.address == "+33612345601"
    assert "Inscriptions au Pass’Jeunes" in answered.body
    assert "Accord du" in answered.body
    assert not FlowRun.objects.exists()


def test_a_conversation_that_shuts_holds_the_wave_and_says_so(territory):
    wave = begun(listed(territory))
    write_waves(at())
    shut_flow(flow=Flow.objects.get())
    write_waves(at())
    wave.refresh_from_db()
    assert (wave.state, messages().count()) == ("paused", 0)
    assert "conversation" in wave.reason


def test_a_channel_that_shuts_holds_the_wave(territory):
    wave = begun(listed(territory))
    ChannelUse.objects.filter(kind="sms").update(is_open=False)
    write_waves(at())
    wave.refresh_from_db()
    assert (wave.state, wave.reason) == ("paused", "Le canal est fermé.")


@pytest.mark.parametrize("changes", [{"text": " "}, {"code": "AIL-00"}])
def test_without_words_or_a_code_of_the_campaign_nothing_begins(territory, changes):
    kept = listed(territory)
    if changes.pop("code", ""):
        FlowCode.objects.all().delete()
        FlowCode.objects.create(
            authority=territory.authority, flow=Flow.objects.get(), code="LYC-00", where="school", label="x"
        )
    with pytest.raises(Refusal):
        begun(kept, **changes)


def test_by_whatsapp_only_an_approved_template_leaves(territory):
    kept = listed(territory, kind="whatsapp")
    with pytest.raises(Refusal) as refusal:
        begun(kept)
    assert refusal.value.field == "template"
    begun(kept, template=template(territory))
    write_waves(at())
    message = messages().first()
    assert message.state == "queued", "nobody has written, and a template leaves all the same"
    assert message.template == {
        "name": "invitation", "language": "fr",
        "parameters": [territory.authority.name, "LYC-00", "Inscriptions au Pass’Jeunes"],
    }  # fmt: skip
    assert "répondez LYC-00. Source : Inscriptions" in message.body
    assert {each.address for each in Correspondent.objects.filter(kind="whatsapp")} == {
        "33612345601", "33612345602", "33612345603",
    }  # fmt: skip


def test_a_template_that_is_retired_holds_what_was_to_leave(territory):
    wave = begun(listed(territory, kind="whatsapp"), template=(one := template(territory)))
    retire_template(template=one, clock=at())
    write_waves(at())
    wave.refresh_from_db()
    assert (wave.state, messages().count()) == ("paused", 0)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("name", {"name": "Invitation jeunes"}),
        ("language", {"language": "français"}),
        ("text", {"text": TEMPLATE.replace("STOP", "Rien")}),
        ("parameters", {"text": TEMPLATE.replace("{{3}}", "")}),
        ("parameters", {"parameters": ["authority", "code", "code"]}),
        ("parameters", {"parameters": ["authority", "code", "prénom"]}),
    ],
)
def test_a_template_that_would_not_say_enough_is_refused(territory, field, changes):
    campaign_to_write(territory, "whatsapp")
    with pytest.raises(Refusal) as refusal:
        template(territory, **changes)
    assert refusal.value.field == field


def test_the_figures_of_the_campaign_count_whom_a_list_reached(territory):
    campaign = campaign_to_write(territory)
    wave = begun(listed(territory, campaign=campaign), fare=45)
    write_waves(at())
    messages().update(state="sent")
    her = messages().first()
    for _twice in range(2):
        note_fates(territory.authority, "sms", [Fate(her.pk.hex, is_delivered=True)])
    write_waves(at())
    found = figures_of(campaign, "fr")
    assert (found.written_to.sent, found.written_to.delivered) == (3, 1)
    assert found.cost == round(3 * 45 * wave.parts / 10)
