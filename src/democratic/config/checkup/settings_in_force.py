"""Settings as Django has read them, once it is ready: what the public would be served with."""

import smtplib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, run_checks
from django.core.checks.messages import ERROR, WARNING
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from democratic.config.checkup.findings import Finding, refused, warned, well
from democratic.kernel.files import scanning
from democratic.web.accounts.leaked import LeakedFile

NO_ONE = ("localhost", "example.org", "example.com", "example.fr")
EVERY_HOST = "*"
SHOWN = 6  # pending migrations named
LEAKED_FAULTS = {
    "missing": "il manque, ou ne se laisse pas lire",
    "empty": "il est vide",
    "lines": "une ligne n'est pas « SHA-1 EN CAPITALES:NOMBRE »",
    "order": "ses lignes ne sont pas dans l'ordre des empreintes",
}


def look_at_settings() -> Iterator[Finding]:
    yield _debug()
    yield from _hosts()
    yield _https()
    yield _limits()
    yield from _mail()
    yield from _identity()
    yield _leaked()
    yield _antivirus()
    yield from _deployment(run_checks(include_deployment_checks=True))
    yield _migrations()


def _debug() -> Finding:
    if settings.DEBUG:
        return refused(
            "debug", "DEBUG est allumé : les pages d'erreur montrent le programme.", "Mettez DEBUG = False."
        )
    return well("debug", "DEBUG : éteint.")


def _hosts() -> Iterator[Finding]:
    public = urlsplit(settings.PUBLIC_URL)
    if EVERY_HOST in settings.ALLOWED_HOSTS:
        yield refused(
            "hosts",
            "Tout nom d'hôte est accepté.",
            f"DEMOCRATIC_HOSTS={public.hostname or 'participer.example.fr'}",
        )
    else:
        yield well("hosts", "Noms d'hôtes : une liste fermée.")
    if public.scheme != "https" or public.hostname in {None, "127.0.0.1", "localhost"}:
        yield refused(
            "public_url",
            f"L'adresse publique est {settings.PUBLIC_URL} : les courriels y mèneraient.",
            "DEMOCRATIC_URL=https://… : l'adresse que le public connaît.",
        )
    else:
        yield well("public_url", f"Adresse publique : {settings.PUBLIC_URL}")


def _https() -> Finding:
    cookies_closed = (
        settings.SESSION_COOKIE_SECURE
        and settings.CSRF_COOKIE_SECURE
        and settings.SESSION_COOKIE_HTTPONLY
        and settings.SESSION_COOKIE_NAME.startswith("__Host-")
    )
    if not (cookies_closed and settings.SECURE_PROXY_SSL_HEADER):
        return refused(
            "https",
            "Les cookies de connexion voyageraient en clair.",
            "Servez par HTTPS derrière un mandataire, avec DEMOCRATIC_HTTPS=1 (docs/operate/proxy.md).",
        )
    return well("https", "HTTPS : cookies de connexion fermés.")


def _limits() -> Finding:
    if settings.LIMITS_FACTOR > 1:
        return refused(
            "limits",
            f"Les limites d'essais sont élargies {settings.LIMITS_FACTOR} fois.",
            "Retirez DEMOCRATIC_LIMITS_FACTOR : il ne sert qu'aux mesures.",
        )
    return well("limits", "Limites d'essais : entières.")


def _mail() -> Iterator[Finding]:
    if not settings.EMAIL_URL:
        yield warned(
            "mail",
            "Aucun serveur de courriels : ni code de connexion ni réponse ne part, tout reste dans var/mailbox.",
            "DEMOCRATIC_SMTP=smtp+tls://… et DEMOCRATIC_FROM=…",
        )
        return
    sender = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    if sender in NO_ONE:
        yield warned("mail", f"Les courriels partent de « @{sender} ».", "DEMOCRATIC_FROM='Ma Ville <…@…>'")
    elif settings.EMAIL_HOST_PASSWORD and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        yield warned(
            "mail",
            "Le mot de passe du serveur de courriels part en clair.",
            "DEMOCRATIC_SMTP=smtp+tls://… ou smtps://…",
        )
    else:
        yield well("mail", f"Courriels : par {settings.EMAIL_HOST}:{settings.EMAIL_PORT}.")


def _identity() -> Iterator[Finding]:
    """What is wrong in the file of identity services: those lines are left out, and nobody enters by them."""
    declared = settings.IDENTITY
    for fault in declared.faults:
        yield refused("identity", fault, "Corrigez ce fichier, puis redémarrez (docs/operate/identity.md).")
    if declared.near:
        yield warned(
            "identity_near",
            f"Services d'identité permis sur votre réseau, ou en clair : {', '.join(sorted(declared.near))}.",
            "DEMOCRATIC_IDENTITY_ALLOW ne nomme que ce qui ne peut pas être public.",
        )
    if declared.providers and not declared.faults:
        names = ", ".join(f"{each.name} ({each.authority})" for each in declared.providers)
        yield well("identity", f"Services d'identité : {names}.")


def _leaked() -> Finding:
    """A file out of order would be searched in vain, and nobody would notice: it is as if there were none."""
    name = "leaked_passwords"
    if not settings.LEAKED_PASSWORDS:
        return well(
            name, "Mots de passe : les plus courants sont refusés ; aucun fichier de ceux qui ont fuité."
        )
    path = Path(settings.LEAKED_PASSWORDS)
    if fault := LeakedFile(path).fault():
        return refused(
            name,
            f"Le fichier des mots de passe qui ont fuité ne sert à rien : {LEAKED_FAULTS[fault]} ({path}).",
            "Remettez-le, trié (LC_ALL=C sort), ou retirez DEMOCRATIC_LEAKED_PASSWORDS (docs/operate/accounts.md).",
        )
    return well(name, f"Mots de passe : comparés à ceux de {path} ({path.stat().st_size // 1_000_000} Mo).")


def _antivirus() -> Finding:
    """A warning when it is silent: it may be loading its signatures, and files are refused meanwhile."""
    name = "antivirus"
    if settings.CLAMD is None:
        return well(name, "Fichiers : ouverts à part, images réencodées ; aucun antivirus.")
    try:
        scanning.probe()
    except OSError as error:
        return warned(
            name,
            f"L'antivirus ne répond pas ({type(error).__name__}) : tout fichier envoyé est refusé.",
            "Vérifiez DEMOCRATIC_CLAMD et le service clamav-daemon (docs/operate/files.md).",
        )
    return well(name, "Fichiers : l'antivirus répond.")


def try_mail() -> Iterator[Finding]:
    """Open the line and sign in, as a message would; nothing is sent."""
    mailer = get_connection(fail_silently=False)
    try:
        mailer.open()
    except (OSError, smtplib.SMTPException) as error:
        # The server's words may repeat the account: the kind of fault says enough.
        yield refused(
            "mail_line",
            f"Le serveur de courriels {settings.EMAIL_HOST}:{settings.EMAIL_PORT} refuse ou ne répond pas"
            f" ({type(error).__name__}).",
            "Vérifiez DEMOCRATIC_SMTP, le pare-feu, et l'autorité du certificat (docs/operate/network.md).",
        )
    else:
        yield well("mail_line", "Courriels : le serveur répond et nous reconnaît.")
    finally:
        mailer.close()


def _deployment(messages: list[CheckMessage]) -> Iterator[Finding]:
    """Django's own ``check --deploy``; what our middleware does instead of Django's is silenced in settings."""
    serious = [each for each in messages if each.level >= WARNING and not each.is_silenced()]
    for each in serious:
        make = refused if each.level >= ERROR else warned
        yield make(
            "django",
            f"Django : {_one_line(each.msg)} ({each.id})",
            _one_line(each.hint or "") or f"Cherchez {each.id} dans la documentation de Django.",
        )
    if not serious:
        yield well("django", "Django : check --deploy ne dit rien.")


def _one_line(text: Any) -> str:
    return " ".join(str(text).split())


def _migrations() -> Finding:
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return refused(
            "migrations", f"Les tables ne se laissent pas lire ({type(error).__name__}).", "Voyez la base."
        )
    if plan:
        names = ", ".join(f"{step.app_label}.{step.name}" for step, _backwards in plan[:SHOWN])
        more = f" et {len(plan) - SHOWN} autres" if len(plan) > SHOWN else ""
        return refused(
            "migrations", f"Des tables ne sont pas à jour : {names}{more}.", "bin/democratic migrate"
        )
    return well("migrations", "Tables : à jour.")
