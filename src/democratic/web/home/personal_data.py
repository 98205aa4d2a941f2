"""What is kept about people, in plain words: one line for each thing that a model declares.

The models' own ``personal_data`` is the source; a test refuses a model that no line here speaks of.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kept:
    """``models``: the labels of the models of which this line speaks."""

    what: Promise
    why: Promise
    how_long: Promise
    models: tuple[str, ...]


KEPT = (
    Kept(
        _("Ce que vous dites : une idée, un commentaire, et les mots qui servent à le retrouver"),
        _("Le publier, y répondre, et montrer ce qu’il devient"),
        _("Tant que la concertation est publique. À votre demande, les mots sont effacés partout."),
        ("thread.Record", "thread.Wording", "thread.RecordSearch", "thread.Opening"),
    ),
    Kept(
        _("Votre prénom ou le nom que vous signez, votre tranche d’âge, si vous les donnez"),
        _("Dire qui parle, et voir qui n’a pas été entendu"),
        _(
            "Jusqu’à votre demande. Sans aucune contribution, une personne sans compte est oubliée après 13 mois."
        ),
        ("people.Person", "participation.Idea"),
    ),
    Kept(
        _("Votre adresse e-mail et l’empreinte de votre mot de passe, si vous ouvrez un compte"),
        _("Vous reconnaître quand vous revenez"),
        _("Effacées avec le compte."),
        ("people.Account",),
    ),
    Kept(
        _("Une adresse e-mail laissée sans compte, pour être prévenu"),
        _("Vous envoyer la réponse qui vous est due"),
        _("Jusqu’à votre demande, et 13 mois après la fin de la concertation."),
        ("people.ContactAddress",),
    ),
    Kept(
        _("Votre accord à recevoir des messages, avec sa date"),
        _("Prouver que vous l’avez donné, ou retiré"),
        _("Le temps que l’adresse sert, puis un an."),
        ("people.Consent",),
    ),
    Kept(
        _("Les messages qui vous sont envoyés"),
        _("Ne jamais vous écrire deux fois la même chose, et savoir ce qui n’est pas parti"),
        _("90 jours après l’envoi."),
        ("messaging.OutgoingMessage",),
    ),
    Kept(
        _("Ce que vous soutenez et ce que vous suivez"),
        _("Compter un seul soutien par personne, et vous prévenir. Le nombre est public, jamais les noms."),
        _("Effacé avec vous."),
        ("thread.Support", "thread.Follow"),
    ),
    Kept(
        _("L’empreinte de la clé qui permet de retirer votre parole"),
        _("Vérifier que c’est bien vous. La clé elle-même n’est pas gardée."),
        _("Tant que la parole est publiée. La clé ne sert qu’une fois."),
        ("thread.ClaimSecret",),
    ),
    Kept(
        _("L’empreinte de votre adresse de réseau, brouillée par une clé secrète"),
        _("Freiner les envois en masse"),
        _("Un jour au plus."),
        ("kernel.RateCount",),
    ),
    Kept(
        _(
            "Les photos jointes à une parole, les fichiers donnés comme preuves, et les mots qui les décrivent"
        ),
        _("Montrer de quoi vous parlez, et qu’un engagement est tenu ou ne l’est pas"),
        _(
            "Effacés avec la dernière page publique qui les montre. Une photo demande l’accord des personnes ; "
            "le lieu, l’heure et l’appareil qu’elle contient ne sont jamais gardés."
        ),
        ("kernel.StoredFile", "thread.Attachment"),
    ),
    Kept(
        _("Le nom et la fonction des élues et des élus qui commandent, répondent et signent"),
        _("Une réponse publique a un auteur public"),
        _("Aussi longtemps que leurs actes, au titre de leur mandat."),
        ("communities.Official", "participation.Mandate", "participation.Answer"),
    ),
    Kept(
        _("La fonction, sans le nom, de l’agent qui repousse une date ou publie un retrait"),
        _("Dire quel service a agi"),
        _("Aussi longtemps que la ligne publique."),
        ("participation.Postponement", "thread.Withdrawal"),
    ),
    Kept(
        _("Les droits donnés à une personne, ses appartenances, le service dont elle est responsable"),
        _("Savoir qui peut faire quoi. Ces noms ne sont pas publiés."),
        _("Aussi longtemps qu’il faut rendre compte des actes faits à ce titre."),
        ("thread.Grant", "thread.AudienceMember", "communities.Service"),
    ),
    Kept(
        _("L’identifiant d’une contribution reprise d’une autre plateforme"),
        _("Ne pas la reprendre deux fois. Nous ne gardons d’une personne que ce que la source a publié."),
        _("Aussi longtemps que la contribution."),
        ("thread.ExternalReference",),
    ),
)
