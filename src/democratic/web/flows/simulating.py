"""A draft played on screen, as a page, an SMS and a chat would show it: nothing is kept, nothing leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from civics.reach.capabilities import Capabilities, Medium
from civics.reach.engine import Note, Speaker, Turn, begin, hear, step_at
from civics.reach.flow import Flow as WrittenFlow
from civics.reach.keywords import keyword_in
from civics.reach.reading import MEDIA, Heard
from civics.reach.rendering import Parcel, Say, parcels_of
from democratic.participation.conversations import wording
from democratic.participation.conversations.editing import read_flow
from democratic.participation.conversations.speaking import places_of, speaker_in, with_words
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import desk_page
from democratic.web.flows.reading import desk_flow, flow_crumbs
from democratic.web.flows.views import title
from democratic.web.requests import Request

MOST_TURNS = 40
Speakers = Mapping[str, Speaker]
# As each is once nothing is overridden; a channel that is closed here can be tried all the same.
LOOKS = (
    ("page", Capabilities(length=2000, buttons=10, button_length=60, media=frozenset(Medium))),
    ("sms", Capabilities(length=1530, segment=160)),
    ("chat", Capabilities(length=4096, buttons=3, button_length=20, media=frozenset(Medium))),
)
# What stands for a photo or a voice among what was typed.
SENT = {f"({medium})": medium for medium in Medium}


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was typed, then what came back on each look: ``segments`` is how many SMS that would be."""

    typed: str
    told: dict[str, list[Parcel]]
    segments: int


@require_http_methods(["GET", "HEAD", "POST"])
@for_agents
def simulate(request: Request, slug: str, flow: UUID) -> HttpResponse:
    """The whole of it is played again at each turn, from what was typed so far, which the page itself holds."""
    found = desk_flow(request, slug, flow)
    written = read_flow(found.draft)
    language = request.POST.get("langue") or written.languages[0]
    language = language if language in written.languages else written.languages[0]
    typed = [] if "recommencer" in request.POST else request.POST.getlist("dit")[:MOST_TURNS]
    if said := request.POST.get("choice") or request.POST.get("text", "").strip()[:2000]:
        typed = [*typed, said]
    tu = found.process.uses_tu
    places = places_of(found.process.authority_id)
    speakers = {name: speaker_in(written, language, places, can, tu=tu) for name, can in LOOKS}
    exchanges, turn = _played(written, speakers, typed, tu=tu)
    names = dict(settings.LANGUAGES)
    context = {
        "exchanges": exchanges,
        "typed": typed,
        "sends": _asks_for(written, turn),
        "options": turn.says[-1].options if turn.says and not turn.is_over else (),
        "is_over": turn.is_over,
        "language": language,
        "languages": [(each, names.get(each, each)) for each in written.languages],
        "is_full": len(typed) >= MOST_TURNS,
    }
    return desk_page(
        request, "flow_try.html", context, title=_("Essayer"), crumbs=flow_crumbs(found, title())
    )


def _asks_for(written: WrittenFlow, turn: Turn) -> str:
    """What stands for the photo or the voice that is asked for now."""
    kind = "" if turn.is_over else step_at(written, turn.standing).kind
    return f"({kind})" if kind in MEDIA else ""


def _played(
    written: WrittenFlow, speakers: Speakers, typed: Sequence[str], *, tu: bool
) -> tuple[list[Exchange], Turn]:
    speaker = speakers["page"]
    turn = begin(written, speaker, 0)
    exchanges = [_exchange(written, speakers, "", turn, tu=tu)]
    for said in typed:
        if turn.is_over or keyword_in(said):
            break
        media = frozenset({SENT[said]}) if said in SENT else frozenset()
        turn = hear(written, speaker, turn.standing, Heard("" if media else said, said, media))
        exchanges.append(_exchange(written, speakers, said, turn, tu=tu))
    return exchanges, turn


def _exchange(written: WrittenFlow, speakers: Speakers, typed: str, turn: Turn, *, tu: bool) -> Exchange:
    before = ""
    if turn.note == Note.PASSED_ON:
        before = _("(Ces mots vont à une personne, avec une date de réponse.)")
    elif turn.note is not None:
        kind = step_at(written, turn.standing).kind
        before = wording.note_words(turn.note, kind, tu=tu)
    says = with_words(turn.says, before)
    told = {
        name: [part for say in _by(written, speakers[name], says, turn) for part in parcels_of(say, can)]
        for name, can in LOOKS
    }
    return Exchange(typed, told, sum(-(-len(part.text) // 160) for part in told["sms"]))


def _by(written: WrittenFlow, speaker: Speaker, says: tuple[Say, ...], turn: Turn) -> tuple[Say, ...]:
    """As a channel says it that carries no photo: what it says in its place. A voice is written, there."""
    if turn.is_over:
        return says
    kind = step_at(written, turn.standing).kind
    if kind in speaker.lacks:
        return (*says[:-1], Say(speaker.lacks[kind]))
    hint = speaker.hints.get(kind, "")
    last = says[-1]
    text = f"{last.text}\n{hint}" if hint and not last.text.endswith(hint) else last.text
    return (*says[:-1], Say(text, last.options, last.step))
