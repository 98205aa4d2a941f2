"""A flow as an agent writes one, and what its speaker says by itself."""

from civics.reach.engine import Speaker
from civics.reach.flow import Flow
from civics.reach.places import Place
from civics.reach.rendering import Option

PLACES = (
    Place("Saint-Aubin-sur-Lesque", "99120"),
    Place("Vaubrun", "99100"),
    Place("Vaubrun-le-Haut", "99110"),
    Place("Le Mesnil", "99120"),
)
BANDS = (Option("under_15", "Moins de 15 ans"), Option("15_17", "15-17 ans"), Option("18_25", "18-25 ans"))
YES_NO = (Option("yes", "Oui, ici"), Option("no", "Non merci"))
SPEAKER = Speaker("fr", {"age_band": BANDS, "consent": YES_NO, "in_body": YES_NO}, PLACES)

EVENING = {
    "kind": "choice",
    "key": "evening",
    "text": {"fr": "Pour sortir le soir, tu fais comment ?", "en": "How do you get around at night?"},
    "options": [
        {"key": "bus", "label": {"fr": "En bus", "en": "By bus"}},
        {"key": "car", "label": {"fr": "En voiture", "en": "By car"}},
        {"key": "stay", "label": {"fr": "Je ne sors pas", "en": "I stay in"}, "goes": "age"},
    ],
}
WHERE = {"kind": "place", "key": "where", "text": {"fr": "Tu habites où ?", "en": "Where do you live?"}}
AGE = {"kind": "age_band", "key": "age", "text": {"fr": "Tu as quel âge ?", "en": "How old are you?"}}
IDEA = {
    "kind": "text",
    "key": "idea",
    "text": {"fr": "Le truc qui changerait tout ?", "en": "What would help?"},
}
NEWS = {
    "kind": "consent",
    "key": "news",
    "text": {"fr": "On te dit ce que ça devient ?", "en": "Keep you posted?"},
}
STEPS = [EVENING, WHERE, AGE, IDEA, NEWS]


def flow(steps=STEPS, **changes) -> Flow:
    written = {
        "languages": ["fr", "en"],
        "intro": {"fr": "Salut ! Message automatique. STOP pour arrêter.", "en": "Hi! An automatic message."},
        "outro": {"fr": "Merci !", "en": "Thank you!"},
        "steps": steps,
    }
    return Flow.model_validate(written | changes)
