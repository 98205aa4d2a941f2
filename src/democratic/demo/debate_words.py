"""What is asked, answered and told in the cyber-debate of the demonstration, and who sits where."""

from democratic.participation.meetings.actions import Brief
from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.soundings.models import SoundingKind
from democratic.participation.meetings.soundings.questions import Question
from democratic.thread.actions import Words

ANSWERS_AS = "vice-présidente, jeunesse et mobilités"
ROOM, REMOTE, LATER = 60, 72, 90  # the first of the crowd in each seat
COME = {Seat.ROOM: 12, Seat.REMOTE: 18, Seat.LATER: 7}
FIRST = {Seat.ROOM: ROOM, Seat.REMOTE: REMOTE, Seat.LATER: LATER}

BRIEF = Brief(
    stakes="La N2 roulera deux soirs par semaine. Avant de choisir son tracé, on demande comment elle roulera.",
    said="Le dimanche soir, les conducteurs, la sécurité aux arrêts : c’est ce qui revient le plus.",
    to_decide="Rien ce soir : on vote avant et après, pour voir ce que le débat a changé.",
    who_decides="La vice-présidente, en public, à la fin de la concertation.",
)
ITEMS = (("Vos questions", 45), ("Ce qui est promis, ce qui reste dû", 20), ("Le vote, une seconde fois", 10))
# Each question, who asks it, and how many « moi aussi ».
QUESTIONS = {
    "light": ("Aux arrêts, y aura-t-il de la lumière avant la première nuit ?", REMOTE, 11),
    "drivers": ("Qui conduira la nuit, et à quelles conditions ?", ROOM + 3, 7),
    "sunday": ("Pourquoi rien le dimanche soir, quand on rentre à l’internat ?", REMOTE + 7, 9),
    "price": ("Le ticket de nuit coûtera-t-il plus cher ?", ROOM + 9, 4),
}
ANSWERS = {
    "light": "Vous avez raison : sans lumière, personne n’attend. Les huit arrêts seront éclairés avant le premier "
    "départ. Je m’y engage.",
    "drivers": "Trois conducteurs volontaires, payés une heure de plus par nuit, et jamais seuls le samedi.",
    "price": "Non. Le même ticket que le jour, et la carte du lycée vaut aussi la nuit.",
}
VOTE = Question(
    words=Words(title="À choisir aujourd’hui : plus vite, ou plus de villages ?"),
    kind=SoundingKind.SINGLE,
    options=("Plus vite", "Plus de villages", "Je ne sais pas encore"),
)
# Of thirty people, what each chose before and after the debate; then those who came later.
BEFORE, AFTER, AFTERWARDS = (1, 3, 2, 1, 3, 1), (2, 3, 2, 1, 2, 2), (2, 1, 2, 2, 3, 2, 1)
CATCH_UP = (
    "Les huit arrêts seront éclairés avant le premier départ : c’est un engagement daté.\n"
    "Trois conducteurs volontaires, payés une heure de plus, jamais seuls le samedi.\n"
    "Le ticket de nuit coûte le même prix que celui du jour.\n"
    "Pourquoi rien le dimanche : la réponse est due par écrit.\n"
    "On a voté deux fois : après le débat, davantage préfèrent desservir plus de villages."
)
SAID = "Un conducteur : passer par Saint-Maurin ajoute quelques minutes, pas plus."
CORRECTED = "Un conducteur : passer par Saint-Maurin ajoute six minutes, quel que soit le soir."
# Lines that an operator typed while it was said.
SPOKEN = (
    "Bonsoir à la salle et à celles et ceux qui nous suivent de loin. Une seule file pour tout le monde.",
    "Première question : aux arrêts, y aura-t-il de la lumière avant la première nuit ?",
    "Je réponds oui, et je le date : les huit arrêts, avant le premier départ.",
)
