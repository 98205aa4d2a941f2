"""The headers that every answer carries, whatever it says, and a browser that comes over TLS."""

import re

from django.conf import settings
from django.test import Client

from democratic.web import headers
from democratic.web.street_kit import policy

# Read by the page's script, or by who reads without an account: it holds two letters.
READ_BY_SCRIPTS = {settings.LANGUAGE_COOKIE_NAME}
# Another site may read the exported journal: that is what it is exported for.
FOR_EVERY_SITE = ".jsonl"
# A chart that another site may show in its page: no cookie, and still a policy.
TO_BE_FRAMED = "/integrer"
# A conversation in another site's page: no cookie, and its form goes to us alone.
A_TALK_IN_A_FRAME = re.compile(r"(?:/en)?/cadre/")
# A drawing of a sheet to print: it loads and runs nothing, and styles itself.
A_DRAWING = "/imprimer/affiche-a4.svg"
# The street agents' application is installed, and records what people agree to say; it loads nothing from elsewhere.
THE_STREET_KIT = re.compile(r"(?:/en)?/terrain(?:/agent\.js|/manifest\.webmanifest)?$")
OF_A_FRAME = ("Content-Security-Policy", "Cross-Origin-Resource-Policy", "X-Frame-Options")


class OverTls(Client):
    def generic(self, *args, **named):
        return super().generic(*args, **named | {"secure": True})


def lacks(answer) -> list[str]:
    said = {name: answer.headers.get(name) for name in headers.HEADERS}
    if answer.status_code == 200 and answer.request["PATH_INFO"].endswith(FOR_EVERY_SITE):
        assert said["Cross-Origin-Resource-Policy"] == "cross-origin"
        said["Cross-Origin-Resource-Policy"] = "same-origin"
    if answer.status_code == 200 and answer.request["PATH_INFO"].endswith(TO_BE_FRAMED):
        framed = said["Content-Security-Policy"]
        assert "default-src 'none'" in framed, framed
        assert "unsafe" not in framed, framed
        assert answer.cookies == {}
        said |= {name: headers.HEADERS[name] for name in OF_A_FRAME}
    if answer.status_code == 200 and A_TALK_IN_A_FRAME.match(answer.request["PATH_INFO"]):
        framed = said["Content-Security-Policy"]
        assert "default-src 'none'" in framed, framed
        assert "script-src" not in framed, framed
        assert answer.cookies == {}
        said |= {name: headers.HEADERS[name] for name in OF_A_FRAME}
    if answer.status_code == 200 and answer.request["PATH_INFO"].endswith(A_DRAWING):
        assert said["Content-Security-Policy"].startswith("default-src 'none'")
        assert "script" not in said["Content-Security-Policy"]
        said["Content-Security-Policy"] = headers.HEADERS["Content-Security-Policy"]
    if answer.status_code == 200 and THE_STREET_KIT.match(answer.request["PATH_INFO"]):
        assert (said["Content-Security-Policy"], said["Permissions-Policy"]) == (
            policy.POLICY, policy.HEADERS["Permissions-Policy"],
        )  # fmt: skip
        assert "unsafe" not in policy.POLICY
        said |= {name: headers.HEADERS[name] for name in ("Content-Security-Policy", "Permissions-Policy")}
    wrong = [name for name, value in headers.HEADERS.items() if said[name] != value]
    if "max-age=31536000" not in answer.headers.get("Strict-Transport-Security", ""):
        wrong.append("Strict-Transport-Security")
    for name, cookie in answer.cookies.items():
        if not cookie["samesite"] or (
            name not in READ_BY_SCRIPTS and cookie.value and not cookie["httponly"]
        ):
            wrong.append(f"cookie {name}")
    return wrong
