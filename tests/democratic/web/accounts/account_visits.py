"""A browser with its own cookies, and what account tests look for in pages and mails."""

import re
from dataclasses import dataclass

from django.test import Client

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+")
# What allauth's own pages and catalogue say, and ours never do.
RAW = re.compile(r"Courriel|placeholder=|example\.com|Sign In|Sign Up|Hello from|\{%|\{\{")


@dataclass
class Visitor:
    client: Client

    def get(self, path, status=200):
        page = self.client.get(path)
        assert page.status_code == status, (path, page.status_code)
        return page.content.decode()

    def send(self, path, **fields):
        return self.client.post(path, fields, **HERE)


def without_addresses(page):
    return ADDRESS.sub("…", page)


def code_in(mail):
    return re.search(r"\b\d{4}-\d{4}\b", mail.body)[0]
