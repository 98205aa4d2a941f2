from django.db import models
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import SPEECH
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.thread.models.audience import Authority
from democratic.thread.models.record import Record

_ON_EARTH = models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180))
_NOWHERE = models.Q(latitude=None, longitude=None)


def _degrees(*, null: bool = False) -> models.DecimalField:
    return models.DecimalField(max_digits=8, decimal_places=5, null=null)


class Place(Row):
    """A line of an authority's gazetteer. A Record names its place in words; the map looks the words up here."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Commune")
        NEIGHBOURHOOD = "neighbourhood", _("Quartier")
        SPOT = "spot", _("Lieu")

    personal_data = NoPersonalData("the gazetteer of an authority")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="places")
    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80)
    kind = models.CharField(max_length=13, choices=Kind)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="inside")
    # Where its mark stands; unknown: it is in the list, not on the map.
    latitude = _degrees(null=True)
    longitude = _degrees(null=True)
    # Proposed to who says where; what an outline no longer names stays on the map of what was said there.
    is_official = models.BooleanField(default=True)
    # Of a municipality that the authority listed: its code of the Insee, its postcode.
    insee_code = models.CharField(max_length=5, blank=True, default="", db_default="")
    postcode = models.CharField(max_length=5, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "slug"], name="one_place_per_address"),
            models.CheckConstraint(condition=_ON_EARTH | _NOWHERE, name="place_is_on_earth_or_unknown"),
        ]


class RecordPoint(models.Model):
    """Where on the ground a Record speaks of, to about 100 m: its author put it there by hand."""

    personal_data = PersonalData(SPEECH, of=("record__author",))

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.CASCADE, related_name="point", db_index=False
    )
    latitude = _degrees()
    longitude = _degrees()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_ON_EARTH, name="point_is_on_earth"),
            # The promise made to who gives it, kept by the database: nothing finer is ever stored.
            models.CheckConstraint(
                condition=models.Q(
                    latitude=Round("latitude", precision=3), longitude=Round("longitude", precision=3)
                ),
                name="point_is_rounded_to_100_m",
            ),
        ]


class Outline(models.Model):
    """The shape of an authority and of its municipalities, simplified: what its maps draw."""

    personal_data = NoPersonalData("the shape of a territory")

    authority = models.OneToOneField(
        Authority, primary_key=True, on_delete=models.PROTECT, related_name="outline", db_index=False
    )
    # [[name, [polygon, …]], …], a polygon as in GeoJSON.
    areas = models.JSONField()
    imported_at = models.DateTimeField()
