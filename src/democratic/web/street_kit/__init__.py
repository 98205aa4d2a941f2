"""The street agents' application: a page that is installed on a phone, works without network, and sends later."""
