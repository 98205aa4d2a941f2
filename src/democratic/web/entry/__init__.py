"""The server's entry: stored answers before everything, all else through Django's WSGI handler.

Django under ASGI costs ten times Django under WSGI (docs/decisions/0004): pages never go through it.
"""
