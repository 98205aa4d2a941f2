"""What an authority writes of itself: pages and news, where they are shown; and what its opposition writes beside them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import FUNCTION, ROLES
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.people.models import Person
from democratic.thread.models import Authority, Record, Wording


class OppositionGroup(Row):
    """Councillors who do not belong to the majority, named once by a dated public act: from then on, they alone write.

    Code général des collectivités territoriales, articles L.2121-27-1 and L.3121-24-1.
    """

    personal_data = NoPersonalData("a group of councillors: who belongs to it is in OppositionMember")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="opposition_groups")
    name = models.CharField(max_length=120)
    act_on = models.DateField()
    act_reference = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "name"], name="one_opposition_group_per_name")
        ]


class OppositionMember(Row):
    """Who writes in a group's name: an account, from one day to another. Not public."""

    personal_data = PersonalData(ROLES, of=("person",))

    group = models.ForeignKey(OppositionGroup, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="opposition_seats")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=models.Q(until=None),
                name="one_running_place_in_a_group",
            )
        ]


class Publication(models.Model):
    """A page, a piece of news or an opposition's column: its words are its Record's.

    ``appears_at``: when it became public, or will; by the clock alone. None: nobody decided that it would.
    """

    personal_data = NoPersonalData("the words of an authority or of a group")

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.PROTECT, related_name="publication"
    )
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="publications")
    group = models.ForeignKey(
        OppositionGroup, null=True, on_delete=models.PROTECT, related_name="publications"
    )
    # Of a page alone: what its address says now; ``PageAddress`` keeps every one that it had.
    slug = models.SlugField(max_length=80, blank=True)
    appears_at = models.DateTimeField(null=True)
    # Of a page alone: the last day when someone wrote it, or said that nothing in it had to change.
    reread_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["authority", "-appears_at"], name="publications_of_authority")]


class PageAddress(Row):
    """An address that a page has or had: nothing else ever stands there, and the old ones lead to the new one."""

    personal_data = NoPersonalData("an address of a page")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="page_addresses")
    slug = models.SlugField(max_length=80)
    page = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="addresses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "slug"], name="one_page_per_address")]


class Revision(models.Model):
    """Who wrote a version, by function and day."""

    personal_data = PersonalData(FUNCTION, unlinked="a function, not a person")

    wording = models.OneToOneField(
        Wording, primary_key=True, on_delete=models.CASCADE, related_name="revision"
    )
    function = models.CharField(max_length=200)
    revised_on = models.DateField()


class FileTakenOff(Row):
    """A file that a public page showed, and shows no more: its line stays among the versions, without the file."""

    personal_data = PersonalData(FUNCTION, unlinked="a function, not a person")

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="files_taken_off")
    sha256 = models.CharField(max_length=64)
    alternative = models.CharField(max_length=300, blank=True)
    reason = models.TextField()
    function = models.CharField(max_length=200)
    taken_off_on = models.DateField()


class Menu(models.TextChoices):
    MORE = "more", _("la page « Plus »")
    FOOT = "foot", _("le pied de chaque page")


class MenuEntry(Row):
    personal_data = NoPersonalData("where a page is named")

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="menu_entries")
    menu = models.CharField(max_length=4, choices=Menu)
    page = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="menu_entries")
    position = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["menu", "page"], name="a_menu_names_a_page_once"),
        ]


class Block(models.TextChoices):
    """What the home page may show, in the product's own order."""

    NOW = "now", _("Ce que vous pouvez faire maintenant")
    COUNTER = "counter", _("Les engagements, tenus ou en retard")
    SAID = "said", _("Vous avez dit, nous avons fait")
    MEETINGS = "meetings", _("Prochaines rencontres et sujets")
    NEWS = "news", _("Les actualités")
    PAGE = "page", _("Le début d’une page")


class HomeBlock(Row):
    personal_data = NoPersonalData("a part of the home page")

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="home_blocks")
    block = models.CharField(max_length=8, choices=Block)
    page = models.ForeignKey(Publication, null=True, on_delete=models.PROTECT, related_name="+")
    position = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "block"], name="a_block_stands_once_at_home"),
            models.CheckConstraint(
                condition=models.Q(block="page", page__isnull=False)
                | ~models.Q(block="page") & models.Q(page=None),
                name="a_page_block_names_its_page",
            ),
        ]
