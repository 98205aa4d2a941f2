"""A provider of our own that lies, breaks or dawdles on purpose: what a real one never shows in a test."""

import base64
import contextlib
import hashlib
import http.server
import json
import threading
import time
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def part(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def public_jwk(key, kid="k1"):
    return json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())) | {"kid": kid, "use": "sig"}


class Liar:
    """``lies`` change claims; ``told`` replaces whole answers, path by path: (status, bytes, pause)."""

    def __init__(self, port):
        self.issuer, self.nonce = f"http://127.0.0.1:{port}", ""
        self.lies, self.told, self.asked = {}, {}, []
        self.sign = lambda claims: jwt.encode(claims, KEY, "RS256", headers={"kid": "k1"})
        self.description, self.keys = {}, {"keys": [public_jwk(KEY)]}

    def claims(self):
        now = int(time.time())
        usual = {
            "iss": self.issuer, "sub": "li-1", "aud": "citizens", "iat": now, "exp": now + 60,
            "nonce": self.nonce, "acr": "eidas1",
        }  # fmt: skip
        return {name: value for name, value in (usual | self.lies).items() if value is not None}

    def answer(self, path):
        if path in self.told:
            return self.told[path]
        made = {
            "/.well-known/openid-configuration": lambda: {
                "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/auth",
                "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/jwks",
                "userinfo_endpoint": f"{self.issuer}/me",
            } | self.description,
            "/jwks": lambda: self.keys,
            "/token": lambda: {"access_token": "a", "token_type": "Bearer", "id_token": self.sign(self.claims())},
            "/me": lambda: {"sub": "li-1"},
        }  # fmt: skip
        return (200, json.dumps(made[path]()).encode(), 0.0)

    def back(self, url, slug="franceconnect"):
        """Where a browser that was sent to ``url`` comes back, having been asked nothing."""
        asked = parse_qs(urlsplit(url).query)
        self.nonce = asked["nonce"][0]
        return f"/connexion/avec/{slug}/retour?code=c&state={asked['state'][0]}"


@contextlib.contextmanager
def lying_provider():
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            liar.asked.append(self.path)
            length = int(self.headers.get("Content-Length") or 0)
            self.rfile.read(length)
            status, body, pause = liar.answer(urlsplit(self.path).path)
            with contextlib.suppress(OSError):
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                if status in (301, 302, 307):
                    self.send_header("Location", "http://127.0.0.1:1/")
                if not pause:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                for at in range(0, len(body), 65536):
                    over.wait(pause)
                    self.wfile.write(body[at : at + 65536])

        do_POST = do_GET  # noqa: N815 -- its name in the library

        def log_message(self, *_said):
            """A test says nothing."""

    over = threading.Event()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    liar = Liar(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield liar
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def unsigned(claims):
    return f"{part({'alg': 'none'})}.{part(claims)}."


def by_another_key(claims):
    return jwt.encode(claims, OTHER_KEY, "RS256", headers={"kid": "k1"})


def with_our_secret(claims, secret):
    return jwt.encode(claims, secret, "HS256", headers={"kid": "k1"})


def with_the_public_key_as_a_secret(claims):
    """The old confusion: a public key taken for the secret of an HMAC."""
    pem = hashlib.sha256(str(public_jwk(KEY)).encode()).hexdigest()
    return jwt.encode(claims, pem, "HS256", headers={"kid": "k1"})


def altered(claims):
    head, _body, signature = jwt.encode(claims, KEY, "RS256", headers={"kid": "k1"}).split(".")
    return f"{head}.{part(claims | {'sub': 'someone-else'})}.{signature}"
