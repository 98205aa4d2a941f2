from datetime import UTC, date, datetime, timedelta

import pytest

from conversations import plain
from democratic.kernel.clock import FixedClock
from democratic.people.actions import claim_person, welcome_guest
from democratic.thread.actions import Words, post_comment, withdraw_own
from democratic.thread.models import Comment, Record
from democratic.thread.queries import comments as queries


@pytest.fixture
def idea(territory):
    return territory.say("Un bus de nuit").idea.record


@pytest.fixture
def path(idea):
    return f"/idees/{idea.code}"


@pytest.fixture
def form(idea):
    return f"/paroles/{idea.code}/commenter"


@pytest.fixture
def posted(territory, idea):
    return post_comment(
        subject=idea,
        author=welcome_guest(),
        words=Words(text="D’accord", byline="Inès"),
        clock=territory.clock,
    )


def test_a_comment_is_posted_without_a_script_and_seen_at_once(client, idea, path, form):
    client.get(path)  # the page is stored before
    response = client.post(
        form, {"age_band": "18_25", "alignment": "1", "text": "Oui.", "byline": "Paul"}, follow=True
    )
    comment = Comment.objects.get()
    where = response.redirect_chain[-1][0]
    assert where == f"{path}?nouveau={comment.record.code}#c-{comment.record.code}"
    words = plain(response)
    assert "Votre commentaire est publié." in words
    assert "Paul 1er mars 2026 Pour Oui." in words
    assert f'data-draft-done="commentaire-{idea.code}-"' in response.content.decode()
    assert (comment.alignment, comment.record.byline) == (1, "Paul")


def test_a_reply_has_its_own_page_and_says_what_it_answers(client, form, posted):
    code = posted.record.code
    words = plain(client.get(f"{form}?a={code}"))
    assert "Répondre à un commentaire « D’accord » Inès" in words
    response = client.post(form, {"a": code, "text": "Moi aussi"}, follow=True)
    reply = Comment.objects.exclude(pk=posted.pk).get()
    assert (reply.parent, reply.depth) == (posted, 1)
    assert "Moi aussi" in plain(response)


@pytest.mark.parametrize("age_band", ["", "unsaid", "under_15"])
def test_before_15_or_unsaid_no_name_is_kept(client, form, age_band):
    client.post(form, {"age_band": age_band, "text": "Oui.", "byline": "Tom"})
    assert Comment.objects.get().record.byline == ""


def test_an_account_may_be_named_or_not(territory, browser, form):
    client = browser(territory.citizen)
    client.post(form, {"text": "Oui.", "byline": "Gabriel"})
    client.post(form, {"text": "Et non."})
    assert set(Comment.objects.values_list("record__byline", flat=True)) == {"Gabriel", ""}


def test_an_account_that_says_under_15_is_not_named(territory, browser, form):
    browser(territory.citizen).post(form, {"age_band": "under_15", "text": "Oui.", "byline": "Tom"})
    assert Comment.objects.get().record.byline == ""


def test_a_double_tap_posts_once_without_a_key_and_without_a_cookie(territory, browser, form):
    first, second = browser().post(form, {"text": "Oui."}), browser().post(form, {"text": "Oui."})
    assert first.url == second.url
    assert Comment.objects.count() == 1


def test_other_words_a_moment_later_are_another_comment(client, form):
    client.post(form, {"text": "Oui."})
    client.post(form, {"text": "Oui, mais."})
    client.post(form, {"text": "Oui.", "alignment": "-1"})
    assert Comment.objects.count() == 3


def test_going_back_and_sending_again_posts_nothing_more(client, form):
    first = client.post(form, {"text": "Oui. "})  # the cookie comes with this answer
    second = client.post(form, {"text": "Oui."})
    assert first.url == second.url
    assert Comment.objects.count() == 1


def test_the_same_words_of_two_persons_are_two_comments(territory, browser, form):
    browser(territory.citizen).post(form, {"text": "Oui."})
    browser(territory.agent).post(form, {"text": "Oui."})
    assert Comment.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"text": ""}, "Écrivez votre commentaire avant de l’envoyer."),
        ({"text": "\u200f\u202e"}, "Écrivez votre commentaire avant de l’envoyer."),
        ({"text": "a" * 10_001}, "il en faut 10 000 au plus"),
        ({"text": "Oui", "alignment": "7"}, "Dites si vous êtes pour, contre ou neutre."),
        ({"text": "Oui", "alignment": "<b>"}, "Dites si vous êtes pour, contre ou neutre."),
        ({"text": "Oui", "byline": "x" * 61}, "Il faut 60 signes au plus."),
        ({"text": "Oui", "age_band": "12"}, "Choisissez un âge dans la liste."),
        ({"text": "Oui", "a": "K7P-4RM"}, "Le commentaire auquel vous répondez n’est plus là."),
    ],
)
def test_what_is_wrong_is_said_and_the_words_are_kept(client, form, data, message):
    response = client.post(form, {"byline": "Paul", **data})
    assert response.status_code in {400, 409}
    assert message in plain(response)
    if data["text"].strip("\u200f\u202e"):
        assert data["text"] in response.content.decode()
    assert not Comment.objects.exists()


def test_what_was_taken_back_cannot_be_answered(territory, client, form, posted):
    withdraw_own(record=posted.record, clock=territory.clock)
    response = client.post(form, {"a": posted.record.code, "text": "Et moi ?"})
    assert response.status_code == 409
    assert "Et moi ?" in response.content.decode()


def test_a_comment_on_another_idea_cannot_be_answered_here(territory, client, posted):
    other = territory.say("Autre chose").idea.record
    response = client.post(f"/paroles/{other.code}/commenter", {"a": posted.record.code, "text": "Ici"})
    assert response.status_code == 409


def test_a_closed_stage_keeps_the_words(client, form, on):
    on(date(2026, 9, 1))
    response = client.post(form, {"text": "Trop tard ?"})
    assert response.status_code == 409
    assert "Cette étape est close." in plain(response)
    assert "Trop tard ?" in response.content.decode()


def test_only_what_is_public_is_commented(territory, client, idea, form):
    withdraw_own(record=idea, clock=territory.clock)
    assert client.post(form, {"text": "Oui"}).status_code == 410
    process = territory.process.record.code
    assert client.post(f"/paroles/{process}/commenter", {"text": "Oui"}).status_code == 404


def test_a_comment_is_read_where_it_was_said(client, path, posted, monkeypatch):
    code = posted.record.code
    assert client.get(f"/commentaires/{code}").url == f"{path}#c-{code}"
    monkeypatch.setattr(queries, "THREADS_A_PAGE", 0)
    assert client.get(f"/commentaires/{code}").url == f"{path}?fil={code}#c-{code}"
    assert client.get("/commentaires/K7P-4RM").status_code == 404


def test_the_rest_of_a_conversation_is_a_page_further(territory, client, idea, path, monkeypatch):
    monkeypatch.setattr(queries, "THREADS_A_PAGE", 2)
    for n in range(3):
        post_comment(
            subject=idea, author=welcome_guest(), words=Words(text=f"Mot {n}"), clock=territory.clock
        )
    first = client.get(path)
    assert "Mot 2" not in plain(first)
    following = first.content.decode().split('rel="next" href="')[1].split('"')[0]
    words = plain(client.get(following.split("#")[0]))
    assert "Mot 2" in words
    assert "Tous les commentaires, depuis le début" in words


def test_one_conversation_can_be_shown_alone(territory, client, path, idea, posted):
    post_comment(subject=idea, author=welcome_guest(), words=Words(text="Ailleurs"), clock=territory.clock)
    words = plain(client.get(f"{path}?fil={posted.record.code}"))
    assert "Une seule discussion est montrée." in words
    assert "Ailleurs" not in words


def test_deep_replies_say_whom_they_answer(territory, idea, path, read, posted):
    reply = post_comment(
        subject=idea, author=welcome_guest(), words=Words(text="Oui"), parent=posted, clock=territory.clock
    )
    post_comment(
        subject=idea, author=welcome_guest(), words=Words(text="Non"), parent=reply, clock=territory.clock
    )
    assert "Sans nom en réponse à Sans nom 1er mars 2026 Non" in read(path)


def test_its_author_takes_a_comment_back_and_its_place_stays(territory, browser, idea, path):
    guest = welcome_guest()
    comment = post_comment(subject=idea, author=guest, words=Words(text="Oups"), clock=territory.clock)
    claim_person(guest=guest, by=territory.citizen.person)
    mine, theirs = browser(territory.citizen), browser(territory.agent)
    withdraw = f"/commentaires/{comment.record.code}/retirer"
    assert withdraw in mine.get(path).content.decode()
    assert withdraw not in theirs.get(path).content.decode()
    assert theirs.post(withdraw).status_code == 404
    response = mine.post(withdraw, {"key": "k"}, follow=True)
    words = plain(response)
    assert "Retiré par la personne qui l’avait écrit." in words
    assert "Oups" not in words
    assert Record.objects.get(pk=comment.pk).visibility == "withdrawn"


@pytest.mark.parametrize(("seconds", "comments"), [(5, 1), (75, 2)])
def test_the_same_words_a_minute_later_are_someone_elses(browser, monkeypatch, form, seconds, comments):
    start = datetime(2026, 3, 1, 10, 0, 1, tzinfo=UTC)
    for moment in (start, start + timedelta(seconds=seconds)):
        client = browser()  # no cookie, the same network and the same browser
        monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(moment))
        assert client.post(form, {"text": "Oui."}).status_code == 302
    assert Comment.objects.count() == comments
