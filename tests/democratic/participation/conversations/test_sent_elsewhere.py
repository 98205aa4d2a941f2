"""A photo or a voice that nothing asked for: said in words, fetched from nobody, told to a person with its day."""

import pytest

from chatting import Chatter, open_channel
from democratic.kernel.models import StoredFile
from democratic.messaging.models import IncomingMessage
from democratic.participation.conversations.fetching import fetch_what_is_awaited
from democratic.participation.conversations.models import FlowFile
from democratic.participation.inbox.models import Conversation
from sending_files import HELD, SPOKEN, at_the_photo, begins, held_by_telegram
from traces import traces_of

pytestmark = pytest.mark.django_db
NO_PHOTO = "Je n’attendais pas de photo ici\u00a0: je ne l’ai pas gardée."
NO_VOICE = "Je n’attendais pas de message vocal ici\u00a0: je ne l’ai pas gardé."


@pytest.fixture
def held(monkeypatch):
    return held_by_telegram(monkeypatch)


def never_asked(lina, held):
    fetch_what_is_awaited(lina.territory.clock)
    assert (held.asked, StoredFile.objects.count(), FlowFile.objects.count()) == ([], 0, 0)
    return True


@pytest.mark.parametrize(("sent", "said"), [(HELD, NO_PHOTO), (SPOKEN, NO_VOICE)])
def test_where_a_choice_is_asked_it_is_said_told_to_a_person_with_its_day_and_the_question_comes_back(
    territory, held, sent, said
):
    lina = at_the_photo(territory).says("sans photo").says("passer")
    assert lina.run.step == "news"
    lina.says("regardez", media=[sent])
    assert lina.last.startswith(f"{said} ")
    assert "Je transmets à une personne" in lina.last
    assert lina.run.step == "news"
    letter = Conversation.objects.get()
    message = letter.messages.get()
    assert (message.text, [each["name"] for each in message.attachments]) == ("regardez", [sent["kind"]])
    assert letter.due_on > territory.clock.now().date()
    assert never_asked(lina, held)
    assert traces_of(sent["ref"]) == []


def test_a_photo_without_a_word_is_a_line_in_the_inbox_all_the_same(territory, held):
    lina = at_the_photo(territory).says("sans photo").says("passer").says(media=[HELD])
    message = Conversation.objects.get().messages.get()
    assert (message.text, [each["name"] for each in message.attachments]) == ("", ["photo"])
    assert never_asked(lina, held)


def test_in_no_conversation_her_age_is_asked_first_and_nothing_of_it_is_fetched(territory, held):
    open_channel(territory.authority, "telegram")
    lina = Chatter(territory, address="lina-8841", kind="telegram").says("bonjour", media=[HELD])
    assert lina.last.startswith(f"{NO_PHOTO} ")
    assert "Quel âge avez-vous" in lina.last
    assert IncomingMessage.objects.get(state="held").media == [HELD]
    lina.says("18-25 ans")
    assert "Je transmets à une personne" in lina.last
    assert [each["name"] for each in Conversation.objects.get().messages.get().attachments] == ["photo"]
    lina.says("et celle-ci", media=[HELD])
    assert lina.last.startswith(NO_PHOTO)
    assert never_asked(lina, held)
    assert traces_of(HELD["ref"]) == []


@pytest.mark.parametrize("age", ["Moins de 15 ans", "Je ne dis pas"])
def test_of_a_child_or_of_who_says_no_age_nothing_stays_and_nobody_is_told(territory, held, age):
    enfant = begins(territory, address="enfant-4217").says("1").says(media=[HELD])
    assert NO_PHOTO in enfant.last
    assert "dites d’abord votre âge" in enfant.last
    enfant.says(age)
    assert never_asked(enfant, held)
    assert traces_of(HELD["ref"]) == []
    assert not Conversation.objects.exists()
