"""Connectors: one folder each. Each implements the port of ``democratic.messaging.ports``, and nothing above knows it."""
