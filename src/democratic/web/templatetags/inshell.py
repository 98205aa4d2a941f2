"""``{% inshell %}title{% main %}…{% endinshell %}``: the shell around a page that a library renders whole.

``<main>`` knows the title as ``heading``, and whether mails end in the development mailbox (``mails_stay``).
"""

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string

from democratic.web.pages import READ_ONLY, as_safe
from democratic.web.shell import mails_stay_here, shell_context

register = template.Library()


class InShell(template.Node):
    child_nodelists = ("title", "nodelist")

    def __init__(self, title: NodeList, nodelist: NodeList) -> None:
        self.title, self.nodelist = title, nodelist

    def render(self, context: Context) -> str:
        request = context["request"]
        title = as_safe(" ".join(self.title.render(context).split()))  # rendered by a template: escaped there
        with context.push(heading=title, mails_stay=mails_stay_here(request)):
            main = self.nodelist.render(context)
        shell = shell_context(request, title, "", "", as_safe(main), READ_ONLY.of())
        return render_to_string("web/shell.html", shell)


@register.tag
def inshell(parser: Parser, _token: Token) -> InShell:
    title = parser.parse(("main",))
    parser.delete_first_token()
    main = parser.parse(("endinshell",))
    parser.delete_first_token()
    return InShell(title, main)
