"""A campaign and a town, as they look when nobody makes it easy: the same seed gives the same acts.

The campaign: 500 accounts, three in ten of them long asleep and not new, sentences put together afresh from a small
grammar, three waves over a day and a half, one in ten that only supports. The town, as large: a class of three hundred
pupils within an hour behind one address, eighty people who come home from a meeting about the very subject of the
campaign and support each other, and a hundred and twenty who speak of anything. Addresses of networks are in none of
it, as the calculation knows none: a school is one for it by nothing but its hour.
"""

import random
from collections.abc import Iterator

from campaign import SAYINGS, START, SUBJECTS
from civics.vigilance.acts import HOUR, Act

Slots = tuple[tuple[str, ...], ...]

# Five slots: each sentence of the campaign says the same five things in other words.
PUSHED: Slots = (
    ("Bonjour,", "", "Habitant du centre depuis {n} ans,", "Franchement,", "Comme tous mes voisins,",
     "Je le dis calmement :",
     "Commerçante ici,", "Père de {m} enfants,"),
    ("la ligne neuf ne sert à rien", "cette ligne neuf est inutile", "personne ne prendra la ligne neuf",
     "la neuf roulera à vide", "on n’a jamais demandé de ligne neuf", "la ligne neuf est un caprice"),
    ("et on supprime le parking de la place pour ça", "alors qu’on nous prend les places du parking de la place",
     "et elle condamne le parking de la place", "et le parking de la place disparaît",
     "au prix du parking de la place, qui est plein chaque jour"),
    ("Les commerces vont fermer les uns après les autres.", "Nos commerçants ne s’en relèveront pas.",
     "C’est la mort des commerces du centre.", "Les boutiques du centre vont mourir.",
     "Qui ira encore chez les commerçants du centre ?"),
    ("Il faut abandonner ce projet.", "Nous demandons le retrait du projet.",
     "Retirez ce projet avant qu’il soit trop tard.",
     "Stop, on arrête tout.", "La maire doit renoncer.", "Un référendum, vite !"),
)  # fmt: skip

# Neighbours on the same subject, in their own words: for and against, with what they lived.
LIVED: Slots = (
    ("Hier à la réunion", "Après la réunion de ce soir", "J’étais à la salle des fêtes, et", "On l’a dit au micro :",
     "Moi qui n’ose jamais parler,", "Mon mari m’a raconté la réunion :", ""),
    ("j’ai compris pourquoi la ligne neuf passe par {a}", "personne n’a répondu sur {a}",
     "je reste pour la ligne neuf, mais pas devant {a}",
     "le parking me sert pour {a}", "mes enfants iraient seuls à {a}", "je crains surtout pour {a}",
     "le plan oublie {a}", "on pourrait garder douze places près de {a}"),
    ("et ma mère, qui a quatre-vingts ans, {b}.", "alors que le samedi {b}.", "même si l’hiver {b}.",
     "et depuis mon opération {b}.",
     "sauf que le mercredi {b}.", "car notre boulangerie {b}.", "parce que dans notre rue {b}."),
    ("Peut-on essayer six mois avec {c} ?", "Je propose plutôt {c}.", "Pourquoi pas {c} ?",
     "Merci d’avoir expliqué {c}.",
     "Je voterai selon {c}.", "Qui paiera {c} ?", ""),
)  # fmt: skip
WHERE = (
    "l’école des Tilleuls", "la pharmacie", "le cabinet du kiné", "la piscine", "le pont de l’Orbe", "la rue Haute",
    "la maison de retraite", "le marché couvert", "l’arrêt du collège", "la crèche", "la bibliothèque", "le stade",
)  # fmt: skip
HOW = (
    "ne peut plus marcher jusque-là", "tout est bouché à midi", "il n’y a plus un trottoir sans verglas",
    "je dépends des autres", "les livraisons prennent la place", "vit des gens de passage",
     "on dort mal à cause du bruit",
    "les poussettes passent sur la chaussée", "elle attend vingt minutes debout", "je prends ma voiture à contrecœur",
)  # fmt: skip
WHAT = (
    "une navette à la demande", "un sens unique", "un disque d’une heure", "des arceaux pour les vélos",
     "une zone bleue",
    "le détour par la gare", "un bus plus petit", "les comptages du printemps", "le budget du collège",
     "un arrêt au pont",
)  # fmt: skip

# A teacher's exercise: all begin alike, and few look for other words.
EXERCISE: Slots = (
    ("Pour mieux vivre dans notre ville, il faudrait", "Pour mieux vivre ici je voudrais",
     "Dans notre ville il faudrait",
     "Je propose", "Moi je veux", "Avec ma classe on demande"),
    ("un skatepark", "des bus plus tard le soir", "un terrain de foot avec de la lumière",
     "une salle pour jouer de la musique",
     "des toilettes au parc", "moins de voitures devant le collège", "un cinéma", "une piste pour les vélos",
     "des poubelles",
     "un endroit pour se retrouver", "des bancs", "le wifi à la médiathèque", "un fast-food",
     "des arbres dans la cour"),
    ("parce que on s’ennuie le mercredi", "car {b}", "pour y aller avec {d}", "parce qu’il n’y a rien pour nous", "",
     "parce que {d} habite loin", "car c’est dangereux près de {a}", "comme à {e}"),
    ("", "", "Merci", "et aussi près de {a}", "surtout le soir après l’entraînement", "et que ce soit gratuit"),
)  # fmt: skip
FRIENDS = (
    "mes copines",
    "mon frère",
    "ma cousine",
    "mes copains du foot",
    "ma grand-mère",
    "mon meilleur ami",
)
CITIES = ("Lyon", "Grenoble", "Vaubrun", "Saint-Étienne", "Haute-Combe", "Annecy")


def _made(chance: random.Random, slots: Slots) -> str:
    said = " ".join(part for part in (chance.choice(each) for each in slots) if part)
    return said.format(
        n=chance.randrange(2, 60), m=chance.randrange(2, 6), a=chance.choice(WHERE), b=chance.choice(HOW),
        c=chance.choice(WHAT), d=chance.choice(FRIENDS), e=chance.choice(CITIES),
    )  # fmt: skip


def campaign(seed: int, accounts: int = 500) -> list[Act]:
    """Three waves; who only supports comes in the same hours as the others."""
    chance = random.Random(seed)
    acts = []
    for n in range(accounts):
        who, is_new = f"campaign-{n}", chance.random() < 0.7
        at = START + (chance.choice((2, 11, 30)) + chance.triangular(0, 6, 1)) * HOUR
        if n % 10:
            acts.append(Act(f"c{n}", who, at, is_new, _made(chance, PUSHED)))
        if n % 10 == 0 or chance.random() < 0.6:
            at += chance.random() * HOUR / 2
            acts.append(Act(f"s{n}", who, at, is_new, target=f"pushed-{chance.randrange(3)}"))
    return acts


def town(seed: int) -> list[Act]:
    chance = random.Random(seed * 7919)
    return [*_class(chance), *_home_from_the_meeting(chance), *_anyone(chance)]


def _class(chance: random.Random, pupils: int = 300) -> Iterator[Act]:
    for n in range(pupils):
        at = START + 9 * HOUR + chance.random() * HOUR
        yield Act(f"p{n}", f"pupil-{n}", at, True, _made(chance, EXERCISE))
        for _ in range(chance.randrange(3)):  # of a friend
            yield Act(
                f"p{n}-{chance.random()}", f"pupil-{n}", at + 90, True, target=f"p{chance.randrange(pupils)}"
            )


def _home_from_the_meeting(chance: random.Random, people: int = 80) -> Iterator[Act]:
    """Nine in ten never came here before; two ideas, told at the meeting, are supported by almost everyone."""
    for n in range(people):
        who, is_new = f"neighbour-{n}", chance.random() < 0.9
        at = START + (12 + chance.triangular(0, 4, 0.5)) * HOUR
        if chance.random() < 0.6:
            yield Act(f"m{n}", who, at, is_new, _made(chance, LIVED))
        if chance.random() < 0.9:
            yield Act(f"ms{n}", who, at + 60, is_new, target=f"told-{chance.randrange(2)}")


def _anyone(chance: random.Random, people: int = 120) -> Iterator[Act]:
    for n in range(people):
        at = START + (chance.randrange(2) * 24 + 8 + chance.triangular(0, 14, 11)) * HOUR
        words = dict(zip("abcdef", chance.sample(SUBJECTS, 6), strict=True))
        is_new = chance.random() < 0.7
        yield Act(f"a{n}", f"anyone-{n}", at, is_new, chance.choice(SAYINGS).format(**words))
        if n % 30 == 0:  # the campaign convinces someone
            yield Act(f"as{n}", f"anyone-{n}", at + 60, is_new, target=f"pushed-{chance.randrange(3)}")
