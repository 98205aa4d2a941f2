"""A photo or a voice that nothing asked for: with a letter, private, as other files are; of a child, nothing."""

import io

import pytest
from PIL import Image

from chatting import Chatter, open_channel
from democratic.kernel.files import open_file
from democratic.kernel.models import Erasure, StoredFile
from democratic.kernel.refusals import Conflict
from democratic.messaging.models import IncomingMessage
from democratic.messaging.ports import TooLarge
from democratic.participation.conversations.coming_along import MOST_AT_ONCE, MOST_WAITING
from democratic.participation.conversations.fetching import fetch_what_is_awaited
from democratic.participation.conversations.models import FlowFile
from democratic.participation.conversations.releasing import release_photo, write_down
from democratic.participation.ideas.models import Idea
from democratic.participation.inbox.models import Conversation, InboxMessage
from democratic.people.models import Person
from democratic.stewardship.erasure import erase_guest
from democratic.stewardship.holdings import holdings_of
from sending_files import HELD, SPOKEN, at_the_photo, begins, held_by_telegram, sent
from spoken_flows import AGE, EVENING, IDEA
from traces import traces_of

pytestmark = pytest.mark.django_db
NO_PHOTO = "Je n’attendais pas de photo ici\u00a0: je ne l’ai pas gardée."
HAS_PHOTO = "J’ai bien votre photo\u00a0: elle reste privée."
HAS_VOICE = "J’ai bien votre message vocal\u00a0: il reste privé."


@pytest.fixture
def held(monkeypatch):
    return held_by_telegram(monkeypatch)


@pytest.fixture
def lina(territory, held):
    """At the last question, which is a choice."""
    return at_the_photo(territory).says("sans photo").says("passer")


def never_asked(lina, held):
    fetch_what_is_awaited(lina.territory.clock)
    assert (held.asked, StoredFile.objects.count(), FlowFile.objects.count()) == ([], 0, 0)
    return True


def several(n, held):
    refs = [f"ref-{rank}" for rank in range(n)]
    held.says |= dict.fromkeys(refs, held.says[HELD["ref"]])
    return [{"kind": "photo", "ref": ref} for ref in refs]


# --- of who is 15 or more


@pytest.mark.parametrize(("came", "said"), [(HELD, HAS_PHOTO), (SPOKEN, HAS_VOICE)])
def test_where_a_choice_is_asked_it_goes_to_a_person_with_its_day_and_the_question_comes_back(
    lina, came, said
):
    lina.says("regardez", media=[came])
    assert lina.last.startswith(f"{said} Je transmets à une personne")
    assert lina.run.step == "news"
    letter = Conversation.objects.get()
    message = letter.messages.get()
    assert (message.text, letter.due_on > lina.territory.clock.now().date()) == ("regardez", True)
    fetch_what_is_awaited(lina.territory.clock)
    kept = FlowFile.objects.select_related("file").get(letter=message)
    assert (kept.state, kept.medium, kept.file.erase_after) == ("kept", came["kind"], None)
    assert traces_of(came["ref"]) == []


def test_where_it_was_taken_is_erased_of_a_photo_that_came_along_too(lina):
    lina.says("regardez", media=[HELD])
    fetch_what_is_awaited(lina.territory.clock)
    assert dict(Image.open(io.BytesIO(open_file(sent().file))).getexif()) == {}


def test_the_same_message_twice_is_one_letter_and_one_file(lina, held):
    for _each in range(2):
        lina.says("regardez", media=[HELD], name="m-1")
    fetch_what_is_awaited(lina.territory.clock)
    assert (FlowFile.objects.count(), InboxMessage.objects.count(), held.asked) == (1, 1, [HELD["ref"]])


def test_beside_a_sentence_it_goes_to_a_person_and_the_sentence_is_a_contribution(territory, held):
    lina = begins(territory).says("1").says("18-25 ans").says("Un bus après minuit", media=[HELD])
    assert Idea.objects.count() == 1
    assert lina.run.step == "pic"
    assert f"{HAS_PHOTO} Je transmets à une personne" in lina.last
    assert lina.last.endswith("qu’y voit-on\u00a0?"), "one message, and the next question at its end"
    assert FlowFile.objects.get().letter.text == "Un bus après minuit"


def test_a_voice_beside_the_photo_that_is_asked_for_goes_to_a_person(territory, held):
    lina = at_the_photo(territory).says("L’abribus", media=[HELD, SPOKEN])
    fetch_what_is_awaited(territory.clock)
    assert (sent().answer.step, sent("voice").letter.text) == ("pic", "L’abribus")
    assert HAS_VOICE in lina.last


def test_with_the_words_that_a_flow_hands_over_it_is_in_the_same_letter_and_told_once(territory, held):
    over = {"kind": "hand_over", "key": "over", "text": {"fr": "Un mot pour nous ?", "en": "A word for us?"}}
    lina = begins(territory, steps=[EVENING, AGE, over]).says("1").says("18-25 ans")
    lina.says("Le lampadaire est cassé", media=[HELD])
    message = InboxMessage.objects.get()
    assert (message.text, FlowFile.objects.get().letter_id) == ("Le lampadaire est cassé", message.pk)
    assert HAS_PHOTO in " ".join(lina.told)


def test_a_document_beside_an_answer_is_not_spoken_of(territory, held):
    """Programs join signatures to every mail."""
    lina = begins(territory).says("1", media=[{"kind": "file", "name": "smime.p7s"}])
    assert not any("fichier" in said for said in lina.told)
    assert not Conversation.objects.exists()


def test_in_no_conversation_who_said_her_age_before_is_heard(territory, held):
    open_channel(territory.authority, "telegram")
    lina = Chatter(territory, address="lina-8841", kind="telegram").says("bonjour").says("18-25 ans")
    lina.says("voici", media=[HELD])
    assert lina.last.startswith(f"{HAS_PHOTO} Je transmets")
    fetch_what_is_awaited(territory.clock)
    assert sent().state == "kept"


def test_what_is_too_heavy_is_told_and_the_rest_of_the_letter_is_passed_on(lina, held):
    held.says[HELD["ref"]] = TooLarge("20971520 bytes")
    lina.says("regardez", media=[HELD])
    fetch_what_is_awaited(lina.territory.clock)
    assert sent().state == "refused"
    assert "renvoyez-la plus petite" in lina.last
    assert lina.last.endswith("Le reste de votre message est transmis.")


def test_beyond_five_at_once_the_others_are_left_and_she_is_told(lina, held):
    lina.says("tout", media=several(MOST_AT_ONCE + 2, held))
    assert "J’ai bien vos photos\u00a0: elles restent privées." in lina.last
    assert "Je ne peux pas en prendre plus pour l’instant\u00a0: 2 fichiers ne sont pas gardés." in lina.last
    assert FlowFile.objects.count() == MOST_AT_ONCE


def test_nobody_fills_the_store_by_writing_often(lina, held):
    for each in several(MOST_WAITING + 1, held):
        lina.says(media=[each])
    assert FlowFile.objects.count() == MOST_WAITING
    assert "un fichier n’est pas gardé" in lina.last
    assert InboxMessage.objects.count() == MOST_WAITING + 1, "her words are heard all the same"


def test_what_came_with_a_letter_is_published_nowhere(lina):
    lina.says("regardez", media=[HELD]).says("écoutez", media=[SPOKEN])
    fetch_what_is_awaited(lina.territory.clock)
    with pytest.raises(Conflict):
        release_photo(sent=sent(), alternative="x", clock=lina.territory.clock)
    with pytest.raises(Conflict):
        write_down(sent=sent("voice"), text="x", clock=lina.territory.clock)


# --- of a child, of who said no age, of who said STOP


@pytest.mark.parametrize("age", ["Moins de 15 ans", "Je ne dis pas"])
def test_of_a_child_or_of_who_says_no_age_nothing_stays_and_nobody_is_told(territory, held, age):
    enfant = begins(territory, address="enfant-4217").says("1").says(media=[HELD])
    assert NO_PHOTO in enfant.last
    assert "dites d’abord votre âge" in enfant.last
    enfant.says(age)
    assert never_asked(enfant, held)
    assert traces_of(HELD["ref"]) == []
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("age", ["Moins de 15 ans", "Je ne dis pas"])
def test_a_photo_that_comes_with_such_an_age_itself_is_not_kept_and_she_is_told(territory, held, age):
    enfant = begins(territory, address="enfant-4217").says("1").says(age, media=[HELD])
    assert any(NO_PHOTO in said for said in enfant.told)
    assert never_asked(enfant, held)
    assert not Conversation.objects.exists()


def test_who_was_grown_in_an_earlier_conversation_and_says_under_15_in_this_one_is_a_child(territory, held):
    lina = begins(territory, steps=[EVENING, AGE, IDEA]).says("1").says("18-25 ans").says("Un bus")
    lina.says("LYC-BRO").says("tenez", media=[HELD])
    assert NO_PHOTO in lina.last, "in this one her age is not said yet"
    lina.says("1").says("Moins de 15 ans", media=[HELD])
    assert never_asked(lina, held)


def test_in_no_conversation_her_age_is_asked_first_and_what_came_before_it_stays_unfetched(territory, held):
    open_channel(territory.authority, "telegram")
    lina = Chatter(territory, address="lina-8841", kind="telegram").says("bonjour", media=[HELD])
    assert lina.last.startswith(f"{NO_PHOTO} ")
    assert "Quel âge avez-vous" in lina.last
    assert IncomingMessage.objects.get(state="held").media == [HELD]
    lina.says("18-25 ans")
    assert "Je transmets à une personne" in lina.last
    assert [each["name"] for each in InboxMessage.objects.get().attachments] == ["photo"]
    assert never_asked(lina, held)


def test_after_stop_her_words_are_still_a_letter_and_nothing_of_hers_is_fetched(lina, held):
    lina.says("STOP").says("et ceci", media=[HELD])
    assert InboxMessage.objects.get().text == "et ceci"
    assert never_asked(lina, held)


# --- when they go


@pytest.fixture
def kept(lina):
    lina.says("regardez", media=[HELD]).says("écoutez", media=[SPOKEN])
    fetch_what_is_awaited(lina.territory.clock)
    assert FlowFile.objects.filter(letter__isnull=False, state="kept").count() == 2
    return lina


@pytest.mark.parametrize("with_words", [True, False])
def test_who_erases_herself_takes_them_with_her_and_the_register_names_each(kept, with_words):
    rows = set(FlowFile.objects.values_list("pk", flat=True))
    erase_guest(
        guest=Person.objects.get(pk=kept.her.person_id), with_words=with_words, clock=kept.territory.clock
    )
    assert not FlowFile.objects.exists()
    assert not StoredFile.objects.filter(erase_after=None).exists()
    assert set(Erasure.objects.filter(kind="sent").values_list("target", flat=True)) == rows


def test_stop_erases_them_and_leaves_the_letter_its_answer(kept):
    kept.says("STOP")
    assert not FlowFile.objects.exists()
    assert Conversation.objects.get().messages.filter(kind="received").count() == 2


def test_who_says_later_that_she_is_under_15_has_them_forgotten(kept):
    kept.says("LYC-BRO").says("1").says("Moins de 15 ans")
    assert not FlowFile.objects.exists()


def test_they_are_given_with_her_own_data_without_what_a_provider_calls_them(kept):
    given = next(each for each in holdings_of([kept.her.person_id]) if each.model is FlowFile)
    rows = list(given.each())
    assert sorted(row["medium"] for row in rows) == ["photo", "voice"]
    assert all("ref" not in row for row in rows)
