"""People who write while processes are killed: what fails is sent again with the same key, as a person would."""

import http.client
import re
import threading
from datetime import date, timedelta
from uuid import uuid4

from real_product import wait_until


class AtWork(threading.Thread):
    """``acknowledged``: what the product said it had, by the key that its words carry."""

    def __init__(self, product, over):
        super().__init__(name=type(self).__name__)
        self.product, self.over, self.acknowledged = product, over, {}

    def run(self):
        while not self.over.is_set():
            self.work(uuid4().hex)

    def insist(self, path, fields, is_taken, **more):
        """Again and again until it is acknowledged; None when it is over before that."""
        while not self.over.is_set():
            try:
                answer = self.product.asked("POST", path, fields, **more)
                if is_taken(answer):
                    return answer
            except (OSError, http.client.HTTPException):
                pass
            self.over.wait(0.1)
        return None


class Speaker(AtWork):
    """Says something, and leaves an address: each sentence brings one mail, which asks to confirm it."""

    def __init__(self, product, over, slug, *, leaves_address=True):
        super().__init__(product, over)
        self.path, self.leaves_address = f"/concertations/{slug}/dire", leaves_address

    def work(self, key):
        fields = {"key": key, "text": f"Phrase {key}", "age_band": "26_64"}
        if self.leaves_address:
            fields["email"] = f"{key}@example.org"
        if answer := self.insist(
            self.path, fields, lambda got: got.status == 302 and "/recu/" in got.location
        ):
            self.acknowledged[key] = answer.location.split("/recu/")[1].split("/")[0]


class Supporter(AtWork):
    """Each tap is another guest's, as none keeps its cookie."""

    def __init__(self, product, over, code):
        super().__init__(product, over)
        self.path = f"/paroles/{code}/soutenir"

    def work(self, key):
        if self.insist(self.path, {"key": key, "vers": "oui"}, lambda got: got.status == 302):
            self.acknowledged[key] = self.path
        self.over.wait(0.1)


class Clerk(AtWork):
    """An agent who puts one date off, again and again, in public: each time every follower is owed a mail."""

    def __init__(self, product, over, code, owed):
        super().__init__(product, over)
        self.path, self.day = f"/bureau/echeances/{code}/{owed}", date(2030, 1, 1)
        entered = product.asked("POST", "/demo/entrer", {"email": "nathalie@valdorbe.example"})
        assert entered.status == 302
        self.cookie = "; ".join(each for each in entered.cookies if each.startswith("session="))

    def work(self, key):
        self.day += timedelta(days=1)
        fields = {"key": key, "new_on": self.day.isoformat(), "reason": f"Motif {key}"}
        if self.insist(self.path, fields, lambda got: got.status == 302, cookie=self.cookie):
            self.acknowledged[key] = self.path
        self.over.wait(0.2)


def say_one(product, slug):
    """The code of something said now."""
    fields = {"key": uuid4().hex, "text": "Un bus de nuit, le vendredi.", "age_band": "26_64"}
    return product.asked("POST", f"/concertations/{slug}/dire", fields).location.split("/")[2]


def make_followers(product, postbox, code, number):
    """Guests who follow the Record and confirmed their address by the link that they were sent."""
    addresses = [f"suiveur{n}@example.org" for n in range(number)]
    for address in addresses:
        fields = {"key": uuid4().hex, "email": address, "is_15": "on", "volume": "all"}
        assert product.asked("POST", f"/suivre/{code}", fields).status == 302

    def links():
        found = {
            mail["To"]: re.search(r"/confirmer/\S+", mail.get_content())[0] for mail in list(postbox.mails)
        }
        return found if set(addresses) <= set(found) else None

    for path in wait_until(links, "the mails that ask to confirm").values():
        assert product.asked("POST", path, {}).status == 200
    return addresses
