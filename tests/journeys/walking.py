"""How people of the journeys speak, read and sign in: in French, or in English by these words and no others."""

import re
from dataclasses import dataclass

import pytest
from django.core import mail
from playwright.sync_api import Locator, Page, expect

from factories import PASSWORD, totp_code

FACTOR = "Le code de votre application"

# What the interface must say in English where it says this in French. A word that is missing fails the test.
ENGLISH = {
    "1 à 15 sur 17": "1 to 15 of 17",
    "1 pour, 1 contre, 1 neutre": "1 for, 1 against, 1 neutral",
    "13 jours de retard": "13 days late",
    "15-17 ans": "15 to 17",
    "16 à 17 sur 17": "16 to 17 of 17",
    "17 résultats": "17 results",
    "18-25 ans": "18 to 25",
    "2 résultats": "2 results",
    "28 août 2026": "28 August 2026",
    "3 voix entendues": "3 voices heard",
    "3 voix": "3 voices",
    "Adresse confirmée": "Address confirmed",
    "Annulée après recours": "Overturned on appeal",
    "Arrêter tous les messages": "Stop all messages",
    "Avant le 12 juin 2026": "By 12 June 2026",
    "Bilan": "Report",
    "Ce que vous aviez écrit n’a pas été envoyé.": "What you wrote was not sent.",
    "Ce que vous voulez dire": "What you want to say",
    "Ce qu’on a entendu": "What we heard",
    "Contester cette décision": "Contest this decision",
    "C’est décidé, et public. Les personnes concernées le sauront.": "It is decided, and public. Those concerned will know.",
    "C’est noté, plus aucun message.": "Noted, no more messages.",
    "C’est noté. Merci.": "It is noted. Thank you.",
    "C’est retiré. Une ligne publique reste, sans vos mots.": "It is withdrawn. A public line stays,"
    " without your words.",
    "Cette adresse est la vôtre ?": "Is this address yours?",
    "Cette adresse n’est pas complète.": "This address is not complete.",
    "Cette clé n’ouvre rien.": "This key opens nothing.",
    "Cette parole n’est plus publiée": "This contribution is no longer published",
    "Cette preuve": "This evidence",
    "Chercher": "Search",
    "Comment vous nommer": "What to call you",
    "Confirmez votre adresse": "Confirm your address",
    "Contre": "Against",
    "Dans la rue": "In the street",
    "Demander un changement": "Ask for a change",
    "Dès le 29 mars": "From 29 March",
    "Dire une idée": "Say an idea",
    "Dites-le dans vos mots": "Say it in your own words",
    "D’où cela vient": "Where this comes from",
    "D’où vient « 492 montées en six semaines » ?": "Where does “492 montées en six semaines” come from?",
    "Envoyer le recours": "Send the appeal",
    "Envoyer le signalement": "Send the report",
    "Examiner": "Examine",
    "Envoyer ma demande": "Send my request",
    "J’approuve ce texte": "I approve this text",
    "Écrivez ce que vous voulez dire : une phrase suffit.": "Write what you want to say: one sentence is enough.",
    "Engagements": "Commitments",
    "Envoyer": "Send",
    "Et maintenant ?": "What happens now?",
    "Filtrer": "Filter",
    "J’ai 15 ans ou plus": "I am 15 or over",
    "La décision, ses raisons, la contester": "The decision, its reasons, contesting it",
    "La modération": "Moderation",
    "La page de cette réponse": "The page of this answer",
    "La réponse est signée": "The answer is signed",
    "Le code de votre confirmation": "The code on your receipt",
    "Le code me suffit": "The code is enough for me",
    "Le fil de cette parole": "The thread of this contribution",
    "Le recours a sa réponse, et elle est publique.": "The appeal has its answer, and it is public.",
    "Lire et décider": "Read and decide",
    "Lire la parole": "Read the contribution",
    "Merci. On vous doit une réponse.": "Thank you. You are owed an answer.",
    "Moins de 15 ans": "Under 15",
    "Ne plus rien recevoir ?": "Receive nothing more?",
    "Où ?": "Where?",
    "Oui, c’est la mienne": "Yes, it is mine",
    "Personne n’a encore commenté.": "No one has commented yet.",
    "Pour": "For",
    "Précédentes": "Previous",
    "Preuve d’inscription": "Proof of entry",
    "Publier": "Publish",
    "Publier la décision": "Publish the decision",
    "Publier la réponse": "Publish the reply",
    "Remise en ligne": "Back online",
    "Lui répondre": "Reply",
    "Répondre à un commentaire": "Reply to a comment",
    "Réponse due avant le": "Answer due by",
    "Réponses": "Answers",
    "Retenu en partie": "Kept in part",
    "Retirer cette parole": "Withdraw this contribution",
    "Retirer, pour de bon": "Withdraw, for good",
    "Retrouver ma contribution": "Find my contribution",
    "Retrouver ma parole": "Find what I said",
    "Signaler cette parole": "Report this contribution",
    "Soutenir": "Support",
    "Suivantes": "Next",
    "Suivie. Ne plus suivre": "Followed. Stop following",
    "Suivre le fil de votre parole": "Follow the thread of what you said",
    "Suivre le fil": "Follow the thread",
    "Suivre": "Follow",
    "Tout effacer": "Clear all",
    "Un message part à cette adresse": "A message is on its way to this address",
    "une autre personne examine le recours": "another person examines the appeal",
    "Une personne doit encore le lire.": "A person has yet to read it.",
    "Une réponse signée : Rentrer le soir": "A signed answer: Rentrer le soir",
    "Utiliser ma clé": "Use my key",
    "Vérifier": "Check",
    "Voir ce qu’il devient": "See what becomes of it",
    "Voir la source": "See the source",
    "Vos mots sont publiés seuls": "Your words are published alone",
    "Votre âge": "Your age",
    "Votre clé ouvre cette parole": "Your key opens this contribution",
    "Votre clé": "Your key",
    "Votre commentaire est publié.": "Your comment is published.",
    "Votre commentaire": "Your comment",
    "Votre e-mail": "Your e-mail",
    "Votre e-mail, pour avoir la réponse": "Your e-mail, to receive the answer",
    "Votre recours est reçu. Une autre personne va l’examiner.": "Your appeal is received. Another person will examine it.",
    "Votre signalement est reçu": "Your report is received",
    "Vous ne suivez plus cette parole.": "You no longer follow this contribution.",
    "Vous soutenez": "You support this",
}


@dataclass(frozen=True)
class Way:
    """How someone reads: her language, and whether her browser runs our script. ``way("Envoyer")`` is its word."""

    language: str = "fr"
    javascript: bool = True

    def __call__(self, french: str) -> str:
        return ENGLISH[french] if self.language == "en" else french

    def __str__(self) -> str:
        return f"{self.language}-{'with' if self.javascript else 'without'}_script"

    def at(self, path: str) -> str:
        return f"/en{path}" if self.language == "en" else path


# Both tongues, with script and without, at each change; what neither pair has alone is tried by ``bin/prove``.
WAYS = [
    Way("fr", javascript=True),
    Way("en", javascript=False),
    pytest.param(Way("fr", javascript=False), marks=pytest.mark.prove),
    pytest.param(Way("en", javascript=True), marks=pytest.mark.prove),
]


def heading(tab: Page, words: str) -> None:
    expect(tab.get_by_role("heading", level=1)).to_contain_text(words)


def told(tab: Page, words: str) -> None:
    """What the page says has just happened."""
    expect(tab.get_by_role("status").first).to_contain_text(words)


def button(tab: Page, name: str) -> Locator:
    return tab.get_by_role("button", name=name, exact=True)


def link(tab: Page, name: str) -> Locator:
    return tab.locator("main").get_by_role("link", name=name, exact=True)


def focused(place: Locator) -> None:
    """Where the keyboard is, whichever window the machine itself has in front."""
    expect(place).to_have_count(1)
    place.page.wait_for_function("place => place === document.activeElement", arg=place.element_handle())


def by_code(tab: Page, address: str) -> None:
    tab.goto("/connexion")
    tab.get_by_label("Votre adresse e-mail").first.fill(address)
    tab.get_by_role("button", name="Recevoir un code").click()
    heading(tab, "Votre code")
    tab.get_by_label("Le code reçu").fill(re.search(r"\d{4}-\d{4}", mail.outbox[-1].body)[0])
    tab.get_by_role("button", name="Continuer").click()
    welcomed(tab)


def by_password(tab: Page, address: str) -> None:
    tab.goto("/connexion")
    tab.get_by_label("Votre adresse e-mail").last.fill(address)
    tab.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    tab.get_by_role("button", name="Se connecter").click()
    welcomed(tab)


def welcomed(tab: Page) -> None:
    """Signed in; staff give the code of their application first."""
    greeting, factor = tab.get_by_role("status").filter(has_text="Bonjour"), tab.get_by_label(FACTOR)
    expect(greeting.or_(factor).first).to_be_visible()
    if factor.count():
        factor.fill(totp_code())
        button(tab, "Continuer").click()
        expect(greeting).to_be_visible()


def tab_to(tab: Page, name: str) -> None:
    """Press Tab until the field of this name has the focus, as someone without a mouse does."""
    tab_onto(tab, tab.locator(f"[name={name}]").first)


def tab_onto(tab: Page, place: Locator, *, presses: int = 60) -> None:
    """The same, onto any place; radio buttons of one name are one stop."""
    for _ in range(presses):
        tab.keyboard.press("Tab")
        if place.evaluate(
            "place => place === document.activeElement"
            " || (!!place.name && place.type === 'radio' && place.name === document.activeElement.name)"
        ):
            return
    pytest.fail(f"the keyboard does not reach {place}")


def sign(tab: Page, seen) -> None:
    """The élue, on a phone, between two meetings: from her desk to a signature, in three taps."""
    tab.goto("/bureau")
    heading(tab, "Une chose à faire.")
    seen(tab)
    tab.get_by_role("link", name="Lire et signer").click()
    expect(tab.get_by_role("article").get_by_text("Non en semaine")).to_be_visible()
    seen(tab)
    tab.get_by_role("button", name="Je signe et je publie").click()
    told(tab, "Signée et publiée.")
    seen(tab)
    tab.goto("/bureau")
    heading(tab, "Rien ne presse.")
