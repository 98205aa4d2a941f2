"""What is asked to prepare a meeting. The first announcement and the account are in ``web.desk.forms.meetings``."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from democratic.participation.meetings.actions import Brief, Means, Moment
from democratic.participation.meetings.actions.briefing import LONGEST, PARTS
from democratic.participation.meetings.models import FloorRule, Form, Meeting, TeamRole, Video
from democratic.thread.models import Origin
from democratic.web.desk.forms.fields import Written, day_field, people_field, text_field, url_field
from democratic.web.desk.forms.meetings import MeetingForm
from democratic.web.desk.groups import Group

Choices = Sequence[tuple[str, str]]


def moment_of(said: dict[str, Any], zone: str) -> Moment:
    local = ZoneInfo(zone)
    return Moment(
        starts_at=datetime.combine(said["day"], said["starts"], local),
        ends_at=datetime.combine(said["day"], said["ends"], local),
        place=said["place"],
        access=said["access"],
        seats=[Origin(seat) for seat in said["seats"]],
    )


def initial_of(meeting: Meeting, zone: str) -> dict[str, Any]:
    starts, ends = (at.astimezone(ZoneInfo(zone)) for at in (meeting.starts_at, meeting.ends_at))
    return {
        "title": str(meeting.record.title),
        "text": str(meeting.record.text),
        "day": starts.date(),
        "starts": starts.time().replace(second=0, microsecond=0),
        "ends": ends.time().replace(second=0, microsecond=0),
        "place": meeting.place,
        "access": meeting.access,
        "seats": meeting.seats,
    }


class AloneForm(MeetingForm):
    """In a process, by a body, or by the authority itself."""

    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Qui l’organise"), ("process", "body"), is_row=True),
        *MeetingForm.groups,
    )

    process = forms.ChoiceField(label=_("Dans une concertation"), required=False)
    body = forms.ChoiceField(label=_("Tenue par un conseil ou un comité"), required=False)

    def __init__(self, processes: Choices, bodies: Choices, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["process"].choices = [("", _("Aucune")), *processes]  # type: ignore[attr-defined]
        self.fields["body"].choices = [("", _("Aucun")), *bodies]  # type: ignore[attr-defined]


class ChangeForm(MeetingForm):
    groups: ClassVar[tuple[Group, ...]] = (*MeetingForm.groups, Group(_("Pourquoi"), ("reason",)))

    reason = text_field(
        _("Le motif"),
        rows=2,
        required=False,
        max_length=500,
        help_text=_("Demandé, et public, si l’heure ou le lieu d’une rencontre annoncée change."),
    )


class PostponeForm(forms.Form):
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("Le nouveau jour"), ("day", "starts", "ends"), is_row=True),
        Group(_("Pourquoi"), ("reason",)),
    )

    day = day_field(_("Jour"))
    starts = forms.TimeField(label=_("De"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("À"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    reason = text_field(_("Le motif"), rows=3, max_length=500, help_text=_("Public, et pour toujours."))


class MeansForm(forms.Form):
    groups: ClassVar[tuple[Group, ...]] = (
        Group(_("À distance"), ("video", "video_url", "phone", "captions_url")),
        Group(
            _("Les places"),
            ("takes_registrations", "room_capacity", "remote_capacity"),
            _("Vide : personne ne compte. Au-delà, une liste d’attente, dans l’ordre d’arrivée."),
        ),
        Group(_("Le déroulement"), ("form", "floor_rule", "questions_on", "later_hours")),
    )

    video = forms.ChoiceField(label=_("Qui porte l’image et le son"), choices=Video.choices, required=False)
    video_url = url_field(_("Son adresse"))
    phone = Written(label=_("Un numéro pour écouter par téléphone"), max_length=40, required=False)
    captions_url = url_field(_("L’adresse des sous-titres en direct"))
    takes_registrations = forms.BooleanField(label=_("On s’inscrit, sans compte"), required=False)
    room_capacity = people_field(_("Places dans la salle"))
    remote_capacity = people_field(_("Places à distance"))
    form = forms.ChoiceField(label=_("Ce que c’est"), choices=Form.choices)
    floor_rule = forms.ChoiceField(
        label=_("L’ordre de la parole"),
        choices=FloorRule.choices,
        help_text=_("Affiché à tous, avec la place de chacun et sa raison."),
    )
    questions_on = day_field(
        _("Les questions se posent à partir du"), required=False, help_text=_("Vide : dès l’annonce.")
    )
    later_hours = forms.IntegerField(
        label=_("Les votes restent ouverts après, en heures"),
        min_value=0,
        max_value=24 * 30,
        required=False,
        help_text=_("Pour qui vient en différé. 0 : ils ferment avec la rencontre."),
    )

    def means(self, zone: str) -> Means:
        said = self.cleaned_data
        day = said["questions_on"]
        return Means(
            form=Form(said["form"]),
            video=Video(said["video"]),
            video_url=said["video_url"],
            phone=said["phone"],
            captions_url=said["captions_url"],
            room_capacity=said["room_capacity"],
            remote_capacity=said["remote_capacity"],
            takes_registrations=said["takes_registrations"],
            floor_rule=FloorRule(said["floor_rule"]),
            questions_from=datetime.combine(day, time.min, ZoneInfo(zone)) if day else None,
            later_hours=said["later_hours"] or 0,
        )


def means_of(meeting: Meeting, zone: str) -> dict[str, Any]:
    since = meeting.questions_from
    kept = {name: getattr(meeting, name) for name in MeansForm.base_fields if name != "questions_on"}
    return kept | {"questions_on": since.astimezone(ZoneInfo(zone)).date() if since else None}


class BriefingForm(forms.Form):
    stakes = text_field(_("L’enjeu"), rows=4, required=False, max_length=LONGEST)
    said = text_field(_("Ce qui a déjà été dit"), rows=4, required=False, max_length=LONGEST)
    to_decide = text_field(_("Ce qu’il faut décider"), rows=4, required=False, max_length=LONGEST)
    who_decides = text_field(_("Qui décide"), rows=3, required=False, max_length=LONGEST)

    def brief(self) -> Brief:
        return Brief(**{part: self.cleaned_data[part] for part in PARTS})


class ItemForm(forms.Form):
    title = Written(label=_("De quoi l’on parlera"), max_length=160)
    minutes = forms.IntegerField(
        label=_("Pendant combien de minutes"), min_value=1, max_value=24 * 60, initial=15
    )


class TeamForm(forms.Form):
    person = forms.ChoiceField(label=_("Qui"))
    role = forms.ChoiceField(label=_("Son rôle"), choices=TeamRole.choices, widget=forms.RadioSelect)
    function = Written(
        label=_("Sa fonction, lue par tous à la place de son nom"),
        max_length=120,
        required=False,
        help_text=_("« Vice-présidente aux mobilités ». Demandée à qui répond."),
    )

    def __init__(self, people: Choices, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["person"].choices = list(people)  # type: ignore[attr-defined]
