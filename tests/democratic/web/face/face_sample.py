"""What the gallery shows: the mockups' territory, in the contract that each part states at its top."""

import datetime as dt

from django import forms
from django.utils.safestring import mark_safe

from democratic.web import words

LATE = "15 jours de retard"
NIGHT_BUS = "Le dernier bus part à 18 h 50. Après, c’est ma mère ou rien."


def shell(**changes):
    return {
        "title": "Galerie",
        "description": "Toutes les pièces de la face.",
        "authority": {"name": "Val-d’Orbe", "kind_label": "le Département"},
        "path": "/galerie",
        "prefix": "",
        "section": "follow",
        "language": "fr",
        "other_language_url": "/en/galerie",
        "signed_in": True,
        "person_name": "Nathalie",
        "can_work": True,
        "flashes": [
            ("success", "C’est noté."),
            ("error", "Ce code n’existe pas. Il a sept signes, comme K7P-4RM."),
        ],
        "journal": {"size": 48213, "signed_at": "ce matin à 6 h 12"},
        "demo": True,
    } | changes


class IdeaForm(forms.Form):
    words = forms.CharField(
        label="Que voulez-vous dire ?",
        help_text="Une phrase suffit. Vos mots restent tels que vous les écrivez.",
        widget=forms.Textarea,
    )
    place = forms.ChoiceField(
        label="Où ?",
        choices=[("", "Tout le territoire"), ("vaubrun", "Vaubrun"), ("montsec", "Montsec")],
        required=False,
    )
    email = forms.EmailField(
        label="Votre adresse", help_text="Seulement pour vous prévenir de la réponse.", required=False
    )
    age = forms.ChoiceField(
        label="Votre âge",
        choices=[("-15", "Moins de 15 ans"), ("15", "15 à 17 ans"), ("18", "18 ans ou plus")],
        widget=forms.RadioSelect,
    )
    shown = forms.BooleanField(label="Montrer mon prénom avec ma phrase", required=False)


SIGNED = {
    "name": "Odile Vasseur-Thiry",
    "line": "vice-présidente, jeunesse et mobilités, le 12 juin 2026",
    "url": "",
}

KNOTS = [
    {
        "first": True,
        "said": NIGHT_BUS,
        "icon": "walk",
        "iso": "2026-02-14",
        "when": "14 février 2026",
        "moment": "samedi",
        "text": "Lina, 17 ans, l’a dit dans la rue, place de la Gare à Vaubrun. Karim l’a écrit mot pour mot,"
        " puis accroché au fil avec les autres.",
        "code": "K7P-4RM",
        "said_where": "street",
        "links": [("Le rendez-vous de rue : 31 paroles", "#fil"), ("Sa confirmation", "#fil")],
    },
    {
        "state": "group",
        "icon": "merge",
        "iso": "2026-04-03",
        "when": "3 avril",
        "moment": "après 48 jours",
        "title": "317 autres voix disaient la même chose",
        "text": "Nathalie a rapproché ces paroles sous un seul sujet : rentrer le soir. Toutes ont été relues"
        " par une personne.",
        "origins": [
            ("street", 112),
            ("chat", 104),
            ("web", 41),
            ("room", 27),
            ("paper", 16),
            ("sms", 11),
            ("remote", 4),
            ("phone", 3),
        ],
        "voices": [112, 104, 41, 27, 16, 11, 4, 3],
    },
    {
        "many": True,
        "icon": "pen-line",
        "iso": "2026-06-12",
        "when": "12 juin",
        "moment": "le jour promis",
        "title": "La réponse est signée",
        "url": "#reponse",
        "answer": {
            "verdict": "part",
            "yes": ["à un bus de nuit entre Clairvoie et Vaubrun, les vendredis et samedis."],
            "no": ["en semaine : moins de 9 voyageurs par soir attendus, pour 190 000 € par an."],
            "signed": SIGNED,
            "inherited": "Rentrer le soir",
        },
    },
    {
        "many": True,
        "icon": "scale",
        "iso": "2026-07-03",
        "when": "3 juillet",
        "moment": "en séance",
        "title": "L’assemblée décide",
        "text": "Délibération 2026-118 : ligne N1 à l’essai pendant un an, 146 000 €. 31 pour, 4 contre.",
        "links": [("Lire la délibération", "#fil"), ("Les votes, nom par nom", "#fil")],
        "slack": True,
    },
    {
        "many": True,
        "icon": "bus",
        "iso": "2026-09-04",
        "when": "4 septembre",
        "moment": "prévu le 28 août",
        "stamp": {"code": "late", "of": "commitment", "label": "7 jours de retard"},
        "title": "Le bus part",
        "text": "Le deuxième conducteur de nuit n’a signé que le 2 septembre.",
    },
    {
        "many": True,
        "state": "hole",
        "icon": "triangle-alert",
        "iso": "2026-09-30",
        "when": "30 septembre",
        "moment": "rien depuis 15 jours",
        "title": "Le comptage promis n’est pas publié",
        "stamp": {"code": "late", "of": "commitment", "label": LATE},
        "text": "Service des transports, titulaire : Samir Khaldi. Aucun motif donné à ce jour.",
    },
    {
        "many": True,
        "icon": "eye",
        "iso": "2026-10-10",
        "when": "10 octobre",
        "moment": "observatoire",
        "stamp": {"code": "kept", "of": "commitment"},
        "title": "Trois habitants sur quatre disent : engagement tenu",
        "text": "Douze observateurs tirés au sort ont pris le bus. Neuf disent tenu, trois disent en partie.",
    },
    {
        "state": "ahead",
        "icon": "flag",
        "iso": "2027-01-15",
        "when": "15 janvier 2027",
        "moment": "à venir",
        "title": "Le fil continue",
        "text": "Bilan en séance publique : garder la N1, l’étendre à la semaine, ou l’arrêter.",
        "actions": mark_safe('<a class="btn" href="#fil">Être prévenu de la suite</a>'),
    },
]

ROWS = [
    (
        "street",
        "Un bus de nuit entre Clairvoie et Vaubrun",
        "Vaubrun · dans la rue, le 14 février",
        318,
        "part",
        "",
    ),
    (
        "chat",
        "Une navette le dimanche soir pour les internes",
        "Montsec · par messagerie, le 3 mars",
        204,
        "kept",
        "",
    ),
    (
        "paper",
        "Éclairer les abris où l’on attend seul",
        "Saint-Maurin · sur papier, le 9 mars",
        109,
        "late",
        LATE,
    ),
    (
        "web",
        "Rendre tous les cars gratuits, comme dans le département voisin, et tout de suite",
        "Clairvoie · sur le web, le 5 février",
        97,
        "unkept",
        "",
    ),
    (
        "sms",
        "Un premier car avant 6 h pour les apprentis",
        "Les Forges · par SMS, le 18 mars",
        64,
        "passed",
        "Transmis à la Région",
    ),
    ("phone", "Un banc à l’arrêt de l’étang", "Lurey · par téléphone, le 14 octobre", 11, "due", ""),
    ("import", "Un chemin piéton le long de la D12", "Lurey · par import, le 2 mars", 1, "withdrawn", ""),
]

STEPS = [
    {"name": "Commande", "when": "12 janvier", "note": "Voté à l’unanimité", "state": "done"},
    {"name": "Écoute", "when": "2 février - 28 mars", "note": "1 284 voix", "state": "done"},
    {
        "name": "Analyse",
        "when": "3 avril",
        "state": "done",
        "late": "7 jours de retard",
        "reason": "papier à dépouiller",
    },
    {"name": "Réponse", "when": "12 juin", "note": "8 sujets", "state": "done"},
    {"name": "Décision", "when": "3 juillet", "note": "14 engagements", "state": "done"},
    {"name": "Action", "when": "jusqu’au 31 décembre", "state": "now"},
    {"name": "Bilan", "when": "prévu le 15 janvier 2027", "note": "en séance publique", "state": "ahead"},
]

TALLY = (
    [("kept", "Tenu", f"engagement {n}") for n in range(1, 7)]
    + [("part", "Tenu en partie", "dessertes du dimanche")]
    + [("doing", "En cours", name) for name in ("ligne de nuit N2", "piste de la D12", "covoiturage")]
    + [("due", "À venir", "arrêt à la demande")]
    + [("late", "En retard", name) for name in ("abris éclairés", "horaires en temps réel")]
    + [("unkept", "Non tenu", "navette des étangs"), ("withdrawn", "Retiré", "parking de la gare")]
)

THEN = [
    (
        NIGHT_BUS,
        "Lina, 17 ans, dans la rue, et 317 autres voix",
        "street",
        "part",
        "",
        "Le bus de nuit N1 roule les vendredis et samedis.",
        "492 montées en six semaines.",
    ),
    (
        "Mon apprentissage commence à 6 h. Aucun car n’y est avant 7 h 40.",
        "Un apprenti, par SMS, et 63 autres voix",
        "sms",
        "passed",
        "Transmis à la Région",
        "Les cars d’avant 7 h relèvent de la Région.",
        "Réponse avant le 30 novembre.",
    ),
    (
        "Rendez tous les cars gratuits.",
        "Proposition sur le web, et 96 autres voix",
        "web",
        "unkept",
        "",
        "Trop cher pour le budget 2026,",
        "remplacé par une carte à 1 € par jour.",
    ),
]

COMMENTS = [
    (
        "c1",
        False,
        "Inès",
        "web",
        1,
        "Ma sœur rentre du lycée à pied le vendredi. Ce bus, on en a besoin.",
        "",
        12,
    ),
    ("c2", True, "Un agent des transports", "room", 0, "Le détour par Montsec coûte huit minutes.", "", 0),
    ("c3", False, "Gabriel", "remote", -1, "Mieux vaut une piste cyclable qu’une ligne de plus.", "", 4),
    ("c4", False, "Une personne", "import", 0, "", "Retiré par son auteur le 3 mars 2026.", 0),
]

BARS = [
    ("Rentrer le soir", 318),
    ("Le week-end", 204),
    ("Vélo et routes sûres", 187),
    ("Prix et cartes", 171),
]

FLOW = """<svg viewBox="0 0 1100 330" role="img" aria-label="Une commande, trois moments, trois sujets, trois réponses,
 deux actions.">
<text class="flow-head" x="20" y="24">Commande</text><text class="flow-head" x="280" y="24">Moments</text>
<text class="flow-head" x="540" y="24">Sujets</text><text class="flow-head" x="780" y="24">Réponses</text>
<text class="flow-head" x="990" y="24">Actions</text>
<path class="flow-strand" stroke-width="22" d="M30 170C160 170 160 90 290 90"/>
<path class="flow-strand" stroke-width="12" d="M30 190C160 190 160 190 290 190"/>
<path class="flow-strand" stroke-width="5" d="M30 200C160 200 160 280 290 280"/>
<path class="flow-strand" stroke-width="18" d="M290 90C420 90 420 90 550 90"/>
<path class="flow-strand" stroke-width="8" d="M290 190C420 190 420 190 550 190"/>
<path class="flow-strand" stroke-width="5" d="M290 280C420 280 420 280 550 280"/>
<path class="flow-strand" stroke-width="18" d="M550 90H790M790 90H1000"/>
<path class="flow-strand flow-strand--late" stroke-width="8" d="M550 190H790"/>
<path class="flow-strand flow-strand--owed" stroke-width="5" d="M550 280H790"/>
<circle class="flow-knot" cx="30" cy="180" r="11"/><circle class="flow-knot" cx="290" cy="90" r="9"/>
<circle class="flow-knot" cx="290" cy="190" r="9"/><circle class="flow-knot" cx="290" cy="280" r="9"/>
<circle class="flow-knot" cx="550" cy="90" r="9"/><circle class="flow-knot" cx="550" cy="190" r="9"/>
<circle class="flow-knot" cx="550" cy="280" r="9"/><circle class="flow-knot flow-knot--part" cx="790" cy="90" r="9"/>
<circle class="flow-knot flow-knot--late" cx="790" cy="190" r="9"/>
<circle class="flow-knot flow-knot--due" cx="790" cy="280" r="9"/><circle class="flow-knot" cx="1000" cy="90" r="9"/>
<text x="46" y="156">12 janvier</text><text x="306" y="70">Rue, 431 voix</text><text x="306" y="172">En salle, 118</text>
<text x="306" y="262">Sur papier, 74</text><text x="566" y="70">Rentrer le soir</text><text x="566" y="172">Abris</text>
<text x="566" y="262">Prix</text><text x="806" y="70">Retenu en partie</text><text x="806" y="172">15 jours de retard</text>
<text x="806" y="262">Attendue</text><text x="1000" y="70" text-anchor="middle">Bus N1</text></svg>"""


def parts(*, sent: bool = True):
    """Everything the gallery's template asks for; ``sent``: the form comes back with its errors."""
    return {
        "prefix": "",
        "hero": {
            "title": "Ce que vous dites laisse une trace. Et\u00a0une\u00a0suite.",
            "lead": "Dans la rue, en salle, par message ou ici\u00a0: chaque parole compte autant, reçoit un code,"
            " et une réponse datée et signée.",
        },
        "cards": [
            {
                "time": "2 min",
                "pill": "Plus que 10 jours",
                "title": "Choisir le tracé de la ligne de nuit N2",
                "url": "#a",
                "text": "Trois tracés possibles entre Vaubrun et Montsec.",
                "place": "Bouger à 15-25 ans",
                "verb": "Choisir",
            },
            {
                "time": "1 min",
                "pill": "Bientôt clos",
                "tone": "late",
                "title": "Dire si un engagement est tenu",
                "url": "#b",
                "text": "Le bus roule depuis le 4 septembre. Passe-t-il vraiment\u00a0?",
                "place": "Observatoire",
                "verb": "Constater",
            },
            {
                "time": "1 h",
                "pill": "Mardi, 19 h",
                "tone": "soon",
                "title": "Poser une question à la vice-présidente",
                "url": "#c",
                "text": "À Vaubrun, à distance, ou en différé.",
                "place": "Salle des fêtes",
                "verb": "Venir",
            },
        ],
        "tally_title": "15 engagements, 6 tenus, 2 en retard",
        "tally": [{"state": s, "word": w, "label": n, "url": "#engagements"} for s, w, n in TALLY],
        "late": [
            {
                "state": "late",
                "label": LATE,
                "title": "Éclairer douze abris de bus",
                "url": "#engagements",
                "why": "Prévu le 30 septembre. Motif\u00a0: livraison des mâts repoussée au 28 octobre.",
            },
            {
                "state": "unkept",
                "label": "",
                "title": "Ouvrir la navette des étangs cet été",
                "url": "#engagements",
                "why": "Promise pour juillet, jamais partie\u00a0: aucun transporteur n’a répondu au marché.",
            },
        ],
        "said": [
            dict(zip(("words", "who", "origin", "verdict", "label", "done", "rest"), line, strict=True))
            | {"url": "#d"}
            for line in THEN
        ],
        "dates": [
            {
                "date": dt.date(2026, 10, 17),
                "title": "Paroles de rue au marché des Forges",
                "url": "#e",
                "meta": "Samedi, 9 h - 12 h, place du Marché",
                "origins": ["street"],
            },
            {
                "date": dt.date(2026, 10, 20),
                "title": "Quel tracé pour la ligne N2\u00a0?",
                "url": "#e",
                "meta": "Mardi, 19 h, salle des fêtes de Vaubrun",
                "origins": ["room", "remote", "later"],
            },
        ],
        "themes": [
            ("Rentrer le soir", 318),
            ("Le week-end", 204),
            ("Vélo et routes sûres", 187),
            ("Permis", 1),
        ],
        "trail": [("Bouger à 15-25 ans", "#c"), ("Galerie", "")],
        "tag": "Écrit par Nathalie Ferrand",
        "process": {
            "title": "Bouger à 15-25 ans, même loin de la gare",
            "lead": "Comment aller au lycée, au travail, au sport et rentrer le soir sans permis ni voiture\u00a0?",
            "origins": [(code, 7 * n + 1) for n, code in enumerate(words.ORIGINS)],
            "steps": STEPS,
        },
        "tabs": [
            ("Choisir un tracé", "#c", True),
            ("Engagements (14)", "#engagements", False),
            ("Idées (412)", "#d", False),
            ("Ce qu’on a entendu", "#d", False),
            ("Rencontres (3)", "#e", False),
            ("Bilan", "#c", False),
        ],
        "tabs_label": "Dans cette concertation",
        "levels": list(words.LEVELS.items()),
        "promise": {
            "asks": "Ce qui vous empêche de bouger, et ce qui changerait tout. Une phrase suffit.",
            "use": "Chaque parole est rattachée à un sujet. Chaque sujet reçoit une réponse, avec la raison.",
            "who": "Odile Vasseur-Thiry, en séance publique le 12 juin 2026. Passé ce jour, chaque réponse manquante"
            " est comptée ici, en clair.",
            "fixed": "Le budget voté (840 000 €), les trains, qui relèvent de la Région, et l’âge du permis.",
            "level": "involve",
            "kept": "1 284 sur 1 284",
            "signed": SIGNED | {"line": "s’y est engagée le 19 janvier 2026.", "url": "#f"},
        },
        "onward": ("Depuis la parole", "#f"),
        "back": ("Depuis le bus", "#g"),
        "sense": "onward",
        "fil_meta": "203 jours, 8 étapes",
        "knots": KNOTS,
        "facets": {
            "action": "#f",
            "label": "Filtrer les idées",
            "keep": [("tri", "voix")],
            "groups": [
                {
                    "legend": "Ce qu’elle est devenue",
                    "name": "etat",
                    "choices": [
                        ("kept", "Retenu", 96, True),
                        ("part", "Retenu en partie", 58, False),
                        ("due", "Réponse attendue", 13, False),
                    ],
                },
                {
                    "legend": "Où elle a été dite",
                    "name": "origine",
                    "choices": [
                        ("street", "dans la rue", 137, False),
                        ("chat", "par messagerie", 119, False),
                    ],
                },
            ],
        },
        "search": {
            "action": "#f",
            "label": "Chercher dans les idées",
            "value": "",
            "placeholder": "dimanche, vélo",
        },
        "sorts": [
            ("nombre de voix", "#f", True),
            ("réponse récente", "#f", False),
            ("hasard du jour", "#f", False),
        ],
        "chips": [("Retenu", "#f")],
        "clear_url": "#f",
        "rows": [
            dict(zip(("origin", "title", "meta", "n", "state", "state_label"), row, strict=True))
            | {"url": "#f"}
            for row in ROWS
        ],
        "pager": {
            "first": 1,
            "last": 7,
            "total": "plus de 1\u00a0000",
            "next_url": "#f",
            "previous_url": "#f",
        },
        "chart": {
            "id": "g1",
            "title": "Une voix sur quatre parle de rentrer le soir",
            "n": "1 251 voix rattachées, toutes origines, du 2 février au 28 mars 2026",
            "rows": [
                {"label": name, "value": n, "share": f"{n / 3.18:.1f}", "mark": n == BARS[0][1]}
                for name, n in BARS
            ],
            "alt": "Quatre sujets, de 318 voix pour rentrer le soir à 171 pour prix et cartes.",
            "caption": "Voix par sujet",
            "head": ("Sujet", "Voix"),
            "downloads": [("CSV", "#g"), ("Comment c’est calculé", "#g")],
        },
        "facts": [
            ("Commandé par", "L’assemblée départementale", "séance du 12 janvier 2026, 41 voix sur 41"),
            ("Budget", "840 000 €", ""),
            ("Suit la concertation", "Service jeunesse", "03 00 00 12 84"),
        ],
        "note": "Cette consultation éclaire le choix, elle ne décide pas.",
        "note_late": "Deux retards sont visibles de tous depuis leur échéance. Motif publié pour chacun.",
        "empty": {
            "what": "Les réponses du Département",
            "why": "Aucune n’est encore signée\u00a0: l’écoute a pris fin hier.",
            "who": "Odile Vasseur-Thiry répond avant le 12 juin 2026.",
            "action": ("Être prévenu ce jour-là", "#g"),
        },
        "flow": {
            "id": "fl",
            "title": "D’une commande à un bus qui roule",
            "n": "1 284 voix, 8 sujets, 14 engagements",
            "svg": mark_safe(FLOW),
            "caption": "Ce que chaque sujet est devenu",
            "head": ["Sujet", "Voix", "Réponse", "Action"],
            "rows": [["Rentrer le soir", 318, "Retenu en partie", "Bus N1"], ["Abris", 109, LATE, ""]],
            "downloads": [("CSV", "#fl"), ("SVG", "#fl")],
        },
        "receipt": {
            "got": "Reçu le samedi 14 février 2026 à 16 h 12",
            "title": "Merci Lina. On te doit une réponse.",
            "lead": "Garde ce code\u00a0: il suffit pour suivre ta parole.",
            "steps": [
                {"name": "Aujourd’hui", "when": "Ta phrase est accrochée au fil", "state": "done"},
                {"name": "27 mars", "when": "Elle est rapprochée des autres", "state": "ahead"},
                {"name": "Avant le 12 juin", "when": "Odile Vasseur-Thiry te répond", "state": "ahead"},
            ],
        },
        "ticket": {
            "where": "Val-d’Orbe · Bouger à 15-25 ans",
            "code": "K7P-4RM",
            "said": NIGHT_BUS,
            "origin": "street",
            "origin_label": "Dite dans la rue, place de la Gare, Vaubrun",
            "url": "https://participer.valdorbe.example/K7P-4RM",
            "address": "participer.valdorbe.example/K7P-4RM",
            "facts": [
                ("Réponse due avant le", "12 juin 2026"),
                ("Par", "Odile Vasseur-Thiry"),
                ("Notée par", "Karim, équipe de rue"),
                ("Montrée avec", "Prénom et âge"),
            ],
        },
        "secret": "M4TP-9XKD-72HQ-VB6R",
        "form": IdeaForm({"email": "lina"} if sent else None),
        "comments": [
            dict(
                zip(
                    ("id", "reply", "by", "origin", "alignment", "text", "gone", "supports"),
                    line,
                    strict=True,
                )
            )
            | {"when": "14 février", "iso": "2026-02-14", "reply_url": "" if line[6] else "#c"}
            for line in COMMENTS
        ],
        "desk": {
            "title": "Bonjour Nathalie. Deux choses aujourd’hui.",
            "tasks": [
                ("Répondre à Lina avant 16 h", "Sa messagerie se ferme dans 5 heures.", "Répondre"),
                ("Faire signer la réponse sur l’arrêt du stade", "Gabriel l’attend.", "Relancer"),
            ],
            "numbers": [("nouvelles voix depuis lundi", 143), ("réponses dues", 13)],
            "states": [(of, code) for of, states in words.STATES.items() for code in states],
        },
    }
