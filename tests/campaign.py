"""An organic debate and a campaign of five hundred accounts, made from a seed: the same each time."""

import csv
import random
from datetime import datetime
from pathlib import Path

from civics.vigilance.acts import DAY, HOUR, Act

REAL = Path("/work/shared/data/decidim")
START = 1_000_000 * HOUR  # what came before is the past of the debate
SYNONYMS = {
    "bus": ("bus", "car", "transport"), "soir": ("soir", "nuit"), "veut": ("veut", "demande", "exige"),
    "maire": ("maire", "mairie", "commune"), "rapidement": ("rapidement", "vite", "au plus tôt"),
    "parking": ("parking", "stationnement"), "gratuit": ("gratuit", "sans payer"), "centre": ("centre", "cœur"),
    "projet": ("projet", "plan"), "refuse": ("refuse", "rejette"), "abandonne": ("abandonne", "annule"),
}  # fmt: skip
TEMPLATES = (
    "Tout le quartier refuse ce projet de bus du soir et veut que la maire abandonne rapidement la ligne neuf",
    "Nous exigeons un parking gratuit dans le centre avant tout nouveau bus, la maire doit écouter les commerçants",
    "La ligne neuf coûte trop cher, le projet ne sert personne le soir, la maire doit garder le parking du centre",
    "Stop au projet de la maire : le parking du centre fait vivre les commerces, pas un bus vide le soir",
    "Les habitants veulent garder leur parking gratuit, ce bus du soir est un projet que personne ne veut ici",
)
OPENINGS = ("", "Bonjour. ", "Comme beaucoup, je le dis : ", "Habitant ici depuis dix ans, ", "Assez ! ")
ENDINGS = ("", " Merci.", " C’est du bon sens.", " Écoutez-nous enfin.", " Il faut agir.")


def campaign(seed: int, accounts: int = 500, hours: float = 8.0) -> list[Act]:
    """Each account says a reworded text, then supports the campaign's three words."""
    chance = random.Random(seed)
    acts = []
    for n in range(accounts):
        at = START + chance.random() * hours * HOUR
        acts.append(Act(f"c{n}", f"campaign-{n}", at, True, _reworded(chance)))
        if chance.random() < 0.8:
            target = f"pushed-{chance.randrange(3)}"
            acts.append(Act(f"s{n}", f"campaign-{n}", at + chance.random() * HOUR, True, target=target))
    return acts


def _reworded(chance: random.Random) -> str:
    words = [chance.choice(SYNONYMS.get(word, (word,))) for word in chance.choice(TEMPLATES).split()]
    if chance.random() < 0.5:
        del words[chance.randrange(len(words))]
    return chance.choice(OPENINGS) + " ".join(words) + chance.choice(ENDINGS)


SUBJECTS = [
    "lignes",
    "horaires",
    "correspondances",
    "gare",
    "lycée",
    "piscine",
    "hôpital",
    "marché",
    "médiathèque",
    "stade",
    "mairie",
    "village",
    "zone",
    "covoiturage",
    "vélo",
    "piste",
    "abri",
    "éclairage",
    "trottoir",
    "carrefour",
    "pont",
    "rivière",
    "école",
    "collège",
    "navette",
    "minibus",
    "tarif",
    "abonnement",
    "carte",
    "application",
    "téléphone",
    "plan",
    "arrêt",
    "banc",
    "ombre",
    "arbre",
    "sécurité",
    "lumière",
    "agent",
    "conducteur",
    "train",
    "correspondance",
    "dimanche",
    "samedi",
    "vacances",
    "nuit",
    "matin",
    "midi",
    "retard",
    "grève",
    "panne",
    "accès",
    "poussette",
    "fauteuil",
    "rampe",
]
SAYINGS = (
    "Je propose {a} près {b} pour {c}, parce que {d} manque {e} {f}",
    "Pourquoi {a} ne passe plus vers {b} depuis que {c} et {d} ont changé {e} {f}",
    "Avec {a}, {b} serait possible sans {c}, et {d} aiderait {e} ou {f}",
    "Dans mon village {a} et {b} ferment tôt, donc {c} oblige {d} jusqu’à {e} {f}",
    "Il faudrait {a} le {b} car {c}, surtout {d} quand {e} et {f}",
    "Merci pour {a}, mais {b} reste loin de {c} et {d} attend {e} {f}",
)


def generated(seed: int, people: int = 1000, days: int = 30) -> list[Act]:
    """Guests of a month, all of them new when they speak: the waking hours, and one evening when a letter came."""
    chance = random.Random(seed)
    acts = []
    for n in range(people):
        day = days - 1 if n % 10 == 0 else chance.randrange(days + 1)
        at = START + (day - days) * DAY + (8 + chance.triangular(0, 14, 11)) * HOUR
        words = dict(zip("abcdef", chance.sample(SUBJECTS, 6), strict=True))
        said = chance.choice(SAYINGS).format(**words)
        acts.append(Act(f"o{n}", f"person-{n}", at, chance.random() < 0.9, said))
        for _ in range(chance.randrange(4)):
            target = f"o{chance.randrange(people)}"
            acts.append(Act(f"t{len(acts)}", f"person-{n}", at + 60, chance.random() < 0.9, target=target))
    return acts


def real() -> list[Act]:
    """Proposals and comments of a platform in French (2019), with their own times; everyone counts as new."""
    acts = []
    for name, words in (("propositions-libres", ("title", "body")), ("commentaires_debats", ("body",)),
                        ("commentaires_propositions_libres", ("body",))):  # fmt: skip
        with (REAL / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines, delimiter=";"):
                author = row.get("author/id") or f"{name}-{row['id']}"
                said = " ".join(row[part] or "" for part in words)
                acts.append(Act(f"{name}-{row['id']}", author, _seconds(row["created_at"]), True, said))
    last = max(act.at for act in acts)
    shift = START + 4 * HOUR - last  # its last day is the campaign's first
    return [Act(act.key, act.author, act.at + shift, True, act.words) for act in acts]


def _seconds(moment: str) -> float:
    return datetime.strptime(moment, "%Y-%m-%d %H:%M:%S %z").timestamp()
