"""What every connector that declares media passes: a photo and a voice are fetched where their provider holds them.

A test class derives from ``MediaContract`` and gives ``peer``, which sends as well as it says:
``sends(client, kind, content, *, name, text)``; its provider then holds ``content``.
"""

from datetime import timedelta

import pytest

from channels.contract import write_account
from chatting import open_channel, open_flow
from democratic.kernel.clock import FixedClock
from democratic.messaging.listening import listen
from democratic.messaging.models import OutgoingMessage
from democratic.participation.conversations.carrying_out import carry_out_what_was_received
from democratic.participation.conversations.fetching import fetch_what_is_awaited
from democratic.participation.conversations.models import FlowFile, FlowRun
from pictures import photo_with_place
from sending_files import SPEECH, STEPS

MEGABYTE = 1024 * 1024


class MediaContract:
    kind: str
    missing = (404, {}, {})  # as its provider says that it has no such file

    @pytest.fixture(autouse=True)
    def _at_the_photo(self, territory, peer, client):
        self.territory, self.peer, self.client = territory, peer, client
        write_account(territory.authority.slug, self.kind, peer.account)
        self.use = open_channel(territory.authority, self.kind)
        open_flow(territory, STEPS, has_places=False)
        for text in ("LYC-BRO", "1", "18-25 ans", "Un bus après minuit"):
            self.peer.says(client, text)
            self.hear()

    def hear(self):
        listen()
        carry_out_what_was_received(self.territory.clock)

    def sends(self, kind, content, **more):
        self.peer.sends(self.client, kind, content, **more)
        self.hear()

    def fetch(self, later=timedelta(0)):
        return fetch_what_is_awaited(FixedClock(self.territory.clock.now() + later))

    @property
    def sent(self):
        return FlowFile.objects.order_by("pk").last()

    @property
    def step(self):
        return FlowRun.objects.get().step

    def said(self):
        return list(OutgoingMessage.objects.order_by("pk").values_list("body", flat=True))

    def test_a_photo_is_fetched_apart_from_what_is_said_made_safe_and_kept_once(self):
        for _each in range(2):
            self.sends("photo", photo_with_place(), name="m-photo")
        assert (self.sent.state, self.step) == ("awaited", "said"), "she goes on, whatever the provider does"
        assert self.fetch() == 1
        assert self.fetch() == 0
        kept = FlowFile.objects.select_related("file").get()
        assert (kept.state, kept.ref, kept.file.content_type) == ("kept", "", "image/jpeg")
        assert kept.file.erase_after is None

    def test_a_voice_is_fetched_and_kept_as_it_came(self):
        self.sends("photo", photo_with_place())
        self.sends("voice", SPEECH)
        assert self.fetch() == 2
        assert (self.sent.state, self.sent.file.content_type, self.sent.file.size) == (
            "kept",
            "audio/ogg",
            len(SPEECH),
        )

    @pytest.mark.parametrize("status", [429, 503])
    def test_a_provider_that_cannot_now_delays_and_loses_nothing(self, status):
        self.sends("photo", photo_with_place())
        self.peer.provider.answers.append((status, {}, {}))
        self.fetch()
        assert self.sent.state == "awaited"
        assert self.fetch() == 0, "not at once and for ever"
        assert self.fetch(timedelta(hours=1)) == 1
        assert self.sent.state == "kept"

    def test_a_provider_that_is_down_or_hangs_up_delays_and_loses_nothing(self):
        self.sends("photo", photo_with_place())
        self.peer.is_cut()
        self.fetch()
        assert self.sent.state == "awaited"
        self.peer.provider.cut = False
        self.peer.goes_down()
        self.fetch(timedelta(hours=1))
        assert (self.sent.state, self.sent.tries) == ("awaited", 2)

    def test_a_key_that_is_refused_is_the_operator_s_to_mend_and_loses_nothing(self):
        self.sends("photo", photo_with_place())
        self.peer.provider.answers.append((401, {}, {}))
        self.fetch()
        assert self.sent.state == "awaited"

    def test_what_its_provider_has_no_more_is_told_and_the_conversation_goes_on(self):
        self.sends("photo", photo_with_place())
        self.peer.provider.answers.append(self.missing)
        self.fetch()
        assert self.sent.state == "refused"
        assert "ne nous est pas parvenue" in self.said()[-1]
        assert self.step == "said"

    def test_a_voice_of_20_megabytes_is_refused_in_words_and_a_shorter_one_takes_its_place(self):
        self.sends("photo", photo_with_place())
        self.sends("voice", b"OggS" + bytes(20 * MEGABYTE))
        self.fetch()
        assert FlowFile.objects.get(medium="voice").state == "refused"
        assert "dépasse 10\u00a0Mo" in self.said()[-1]
        assert "autres réponses sont gardées" in self.said()[-1]
        assert self.step == "news"
        self.sends("voice", SPEECH)
        self.fetch()
        assert FlowFile.objects.get(medium="voice").state == "kept"
        assert self.step == "news"

    def test_a_hostile_picture_is_refused_in_the_words_that_say_what_to_do(self):
        self.sends("photo", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")
        self.fetch()
        assert self.sent.state == "refused"
        assert "exportez-le en PNG" in self.said()[-1]

    def test_who_says_stop_before_it_is_fetched_is_asked_nothing_more_of(self):
        self.sends("photo", photo_with_place())
        before = len(self.peer.provider.asked)
        self.peer.says(self.client, "STOP")
        self.hear()
        asked = len(self.peer.provider.asked)
        assert self.fetch() == 0
        assert not FlowFile.objects.exists()
        assert len(self.peer.provider.asked) == asked >= before
