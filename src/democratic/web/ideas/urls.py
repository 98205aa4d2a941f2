from django.urls import URLPattern, URLResolver, path, re_path, register_converter

from democratic.web.ideas import (
    classes,
    comments,
    find,
    idea_page,
    lists,
    marks,
    receipt_page,
    say,
    search_page,
    similar,
    withdraw,
)


class PublicCode:
    """As it is printed; whatever else stands there is no page of ours."""

    regex = "[3-9A-Z]{3}-[3-9A-Z]{3,4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ReceiptToken(PublicCode):
    regex = "[0-9A-Za-z_=-]{60,400}"


register_converter(PublicCode, "public_code")
register_converter(ReceiptToken, "receipt_token")

urlpatterns: list[URLPattern | URLResolver] = [
    path("concertations/<slug:slug>/idees", lists.ideas, name="ideas"),
    path("concertations/<slug:slug>/dire", say.say, name="say"),
    path("concertations/<slug:slug>/ressemble", similar.similar, name="similar"),
    path("idees/<public_code:code>", idea_page.idea, name="idea"),
    path("idees/<public_code:code>/retirer", withdraw.withdraw_idea, name="withdraw_idea"),
    path("debats/<public_code:code>", idea_page.debate, name="debate"),
    path("commentaires/<public_code:code>", comments.comment_in_place, name="comment_in_place"),
    path("commentaires/<public_code:code>/retirer", withdraw.withdraw_comment, name="withdraw_comment"),
    path("paroles/<public_code:code>/soutenir", marks.toggle_support, name="support"),
    path("paroles/<public_code:code>/commenter", comments.comment, name="comment"),
    path("suivre/<public_code:code>", marks.follow_record, name="follow"),
    path("recu/<public_code:code>/<receipt_token:token>", receipt_page.receipt, name="receipt"),
    path("retrouver", find.find, name="find"),
    path("retrouver/cle", find.use_key, name="use_key"),
    path("classe", classes.enter, name="class_enter"),
    path("classe/<str:code>", classes.say, name="class_say"),
    path("classe/<str:code>/suivant", classes.next_pupil, name="class_next"),
    path(
        "classe/<str:code>/recu/<public_code:public>/<receipt_token:token>",
        classes.receipt,
        name="class_receipt",
    ),
    path("recherche", search_page.search, name="search"),
    # Last: six signs may be a word of ours, and every other address comes before.
    re_path(r"^(?P<code>[3-9A-Za-z]{3}-?[3-9A-Za-z]{3})$", find.short_address, name="short_address"),
]
