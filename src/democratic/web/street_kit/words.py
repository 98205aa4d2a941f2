"""What the application's script says, by key, in the language of its page; [one, many] where a number decides."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Word = str | Promise | list[Promise]

STATES: dict[str, Word] = {
    "state.draft": _("Brouillon"),
    "state.ready": _("Prêt"),
    "state.sending": _("En cours d’envoi"),
    "state.received": _("Reçu"),
    "state.to_correct": _("À corriger"),
}
KINDS: dict[str, Word] = {
    "kind.quote": _("Parole"),
    "kind.tap": _("Réponse à la question"),
    "kind.tally": _("Gommettes comptées"),
    "kind.refusal": _("A refusé"),
    "kind.wall": _("Photo du mur"),
    "kind.engagement": _("Engagement signé sur place"),
    "kind.summary": _("Fin du rendez-vous"),
}
COUNTS: dict[str, Word] = {
    "ready": [_("{n} prête"), _("{n} prêtes")],
    "draft": [_("{n} brouillon"), _("{n} brouillons")],
    "to_correct": [_("{n} à corriger"), _("{n} à corriger")],
    "files": [_("{n} fichier en attente"), _("{n} fichiers en attente")],
    "quotes": [_("{n} parole"), _("{n} paroles")],
    "taps": [_("{n} réponse"), _("{n} réponses")],
    "photos": [_("{n} photo"), _("{n} photos")],
    "refusals": [_("{n} refus"), _("{n} refus")],
    "unsent": [_("{n} saisie pas encore reçue"), _("{n} saisies pas encore reçues")],
    "received": [_("{n} reçue"), _("{n} reçues")],
    "seconds": [_("{n} seconde"), _("{n} secondes")],
    "signs": [_("{n} signe sur 2 000"), _("{n} signes sur 2 000")],
}
GATE: dict[str, Word] = {
    "title": _("Terrain"),
    "wrong-code": _("Ce n’est pas le code de cet appareil."),
    "too-many-tries": _("Trop de codes faux. Réessayez dans {wait}."),
    "codes-differ": _("Les deux codes ne sont pas les mêmes."),
    "code-too-short": _("Six chiffres ou lettres au moins."),
    "locked": _("Ce que cet appareil garde est verrouillé."),
    "wiped-by-server": _("L’accès de cet appareil a été retiré. Tout ce qu’il gardait est effacé."),
    "wiped-by-agent": _("Tout ce qu’il gardait est effacé."),
    "no-storage": _(
        "Ce navigateur ne garde rien : sortez de la navigation privée, ou prenez un autre navigateur."
    ),
}
SESSIONS: dict[str, Word] = {
    "when": _("{day}, {hour}"),
    "megabytes": _("{n} Mo"),
    "asking": _("Chargement…"),
    "offline": _("Pas de réseau pour le moment : la liste s’affichera quand il reviendra."),
    "no-session": _("Aucun rendez-vous de rue ne vous attend. Ils se préparent au bureau, avec leur équipe."),
    "preparing": _("Préparation…"),
    "not-prepared": _("Ce rendez-vous n’a pas pu être préparé."),
    "ready-offline": _("prêt hors ligne ✓ {size}, {storage}"),
    "not-ready-offline": _("pas encore prêt hors ligne : gardez le réseau, puis actualisez."),
    "storage-protected": _("stockage protégé ✓"),
    "storage-not-protected": _(
        "stockage non protégé : si la place manque, le téléphone peut tout effacer. Envoyez dès que possible."
    ),
}
STREET: dict[str, Word] = {
    "no-age": _("Ne dit pas"),
    "age-first": _("L’âge d’abord"),
    "anonymous": _("anonyme"),
    "refused": _("Noté : {refusals}."),
    "tapped": _("Noté : {option}."),
    "quote-first": _("Il manque ses mots : une phrase suffit, même à côté de sa voix."),
    "consent-first": _("Lisez la phrase à voix haute, et cochez si la personne est d’accord."),
    "code-taken": _("Ce code a déjà été donné. En voici un autre."),
    "code-shape": _("Un code a sept signes, comme K7P-4RM."),
    "photo-first": _("Il manque la photo."),
    "words-first": _("Il manque une phrase qui dit ce qu’on voit."),
    "not-a-photo": _("Ce fichier n’est pas une photo que cet appareil sait lire."),
    "no-microphone": _("Le micro n’est pas permis, ou n’est pas là."),
    "record-voice": _("Enregistrer la voix"),
    "stop-voice": _("Arrêter"),
    "a-photo": _("Photo {n}"),
    "a-voice": _("Voix {n}"),
    "take-off": _("Retirer"),
    "tally-first": _("Comptez au moins une gommette."),
    "not-kept": _("Rien n’a pu être écrit sur l’appareil : libérez de la place, puis recommencez."),
    "kept": _("Gardé."),
    "about-nothing": _("La question du jour"),
}
KIOSK: dict[str, Word] = {
    "kiosk-age": _("Quel âge avez-vous ?"),
    "kiosk-age-tu": _("Tu as quel âge ?"),
    "kiosk-no-age": _("Je préfère ne pas le dire"),
    "kiosk-thanks": _("Merci. Votre réponse compte."),
    "kiosk-thanks-tu": _("Merci. Ta réponse compte."),
}
OUTBOX: dict[str, Word] = {
    "receipt": _("Reçu, n° {number}"),
    "nothing-kept": _("Rien à envoyer : cet appareil n’a pas encore de saisie."),
    "all-received": _("Tout est reçu."),
    "not-received": _("{unsent}."),
    "sending-now": _("Envoi en cours…"),
    "no-answer": _("Le réseau ne répond pas. L’envoi reprendra tout seul."),
    "access-expired": _("Accès périmé : préparez à nouveau le rendez-vous pour envoyer."),
    "file-refused": _("Un fichier est refusé : {why}"),
    "delete-sure": _("Supprimer cette saisie de l’appareil ? Elle n’est pas reçue."),
    "saved": _(
        "Fichier sauvegardé. Il se lit sans code : apportez-le au bureau, puis effacez-le du téléphone."
    ),
    "nothing-sent-yet": _("Rien n’est encore envoyé."),
    "left-to-send": _("Il reste {unsent}."),
    "session-over": _("Rendez-vous terminé."),
    "leave-nothing": _("Tout ce que cet appareil gardait est reçu."),
    "leave-unsent": _("Sur cet appareil : {unsent}. Que voulez-vous en faire ?"),
    "leave-locked": _("Ouvrez l’appareil avec son code pour envoyer ou sauvegarder."),
    "erase-unsent": _("{unsent} : une fois l’appareil vidé, personne n’en retrouvera rien."),
    "erase-done": _("Cet appareil ne gardera plus rien."),
}


def words() -> dict[str, object]:
    groups = (STATES, KINDS, COUNTS, GATE, SESSIONS, STREET, KIOSK, OUTBOX)
    return {key: _said(word) for group in groups for key, word in group.items()}


def _said(word: Word) -> object:
    return [str(each) for each in word] if isinstance(word, list) else str(word)
