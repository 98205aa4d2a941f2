"""Rows of the first settings of an authority; what is made of them is in ``settling``."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import ROLES
from democratic.kernel.models import StoredFile
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.people.models import Person
from democratic.thread.models import Authority


class Step(models.TextChoices):
    """The first settings, in the order in which they help each other."""

    IDENTITY = "identity", _("Qui vous êtes")
    LOOK = "look", _("Couleur et logo")
    TERRITORY = "territory", _("Le territoire")
    TEAM = "team", _("L’équipe et les services")
    MAIL = "mail", _("La messagerie")
    LEGAL = "legal", _("Les pages légales")
    ORDER = "order", _("La première commande")


class SetAside(Row):
    """A step left for later by an administrator; the row goes when someone takes it up again."""

    personal_data = PersonalData(ROLES, of=("by",))

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="set_aside")
    step = models.CharField(max_length=9, choices=Step)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "step"], name="a_step_is_set_aside_once")]


class Logo(models.Model):
    """The mark of an authority, in the header of its pages beside its name."""

    personal_data = NoPersonalData("the mark of an authority")

    authority = models.OneToOneField(
        Authority, primary_key=True, on_delete=models.PROTECT, related_name="logo"
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="logos")
    # For who does not see it; empty when it says nothing that the name beside it does not.
    alternative = models.CharField(max_length=120, blank=True)


class MailTrial(Row):
    """A message sent to see whether messages leave; it is confirmed by the link that it carries, from a mailbox."""

    personal_data = NoPersonalData("neither who asked for the trial nor where it was sent is kept")

    class Outcome(models.TextChoices):
        GOING = "going", _("En cours d’envoi")
        ACCEPTED = "accepted", _("Parti, pas encore confirmé")
        REFUSED = "refused", _("Refusé par le serveur")
        SILENT = "silent", _("Le serveur n’a pas répondu")
        NOT_SEALED = "not_sealed", _("La liaison n’a pas pu être chiffrée")
        IN_DOUBT = "in_doubt", _("Interrompu pendant l’envoi")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="mail_trials")
    # "host:port", as the installation was set then: another server is another trial.
    server = models.CharField(max_length=260)
    secret_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.GOING)
    # What the server answered, in its own words, without the address.
    answer = models.CharField(max_length=300, blank=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["authority", "-asked_at"], name="newest_mail_trial")]
