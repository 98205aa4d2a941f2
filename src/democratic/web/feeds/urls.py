from django.urls import URLPattern, URLResolver, path, register_converter

from democratic.web.feeds import private, views


class NewsForm:
    """The ending of a feed's address; dates have one of their own."""

    regex = "atom|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(NewsForm, "news_form")

# Before the pages: a code in an address of theirs would take the ending with it.
urlpatterns: list[URLPattern | URLResolver] = [
    path("participer.<news_form:form>", views.processes, name="feed_processes"),
    path("commandes.<news_form:form>", views.mandates, name="feed_mandates"),
    path("concertations/<slug:slug>.<news_form:form>", views.process, name="feed_process"),
    path("concertations/<slug:slug>.ics", views.process_dates, name="process_dates"),
    path("concertations/<slug:slug>/idees.<news_form:form>", views.ideas, name="feed_ideas"),
    path("questions.<news_form:form>", views.questions, name="feed_polls"),
    path("engagements.<news_form:form>", views.commitments, name="feed_commitments"),
    path("observatoire.<news_form:form>", views.verdicts, name="feed_verdicts"),
    path("actualites.<news_form:form>", views.told, name="feed_news"),
    path("engagements.ics", views.commitment_dates, name="commitment_dates"),
    path("agenda.<news_form:form>", views.agenda, name="feed_agenda"),
    path("agenda.ics", views.agenda_dates, name="agenda_dates"),
    path("rencontres/<str:code>.ics", views.meeting_dates, name="meeting_dates"),
    path("r/<str:opener>/suites.<news_form:form>", views.conversed, name="feed_talk"),
    path("fil/<str:code>.<news_form:form>", views.fil, name="feed_fil"),
    path("suivis/<str:secret>.<news_form:form>", private.my_follows, name="feed_my_follows"),
    path("suivis/<str:secret>.ics", private.my_follows, name="my_follows_dates"),
]
