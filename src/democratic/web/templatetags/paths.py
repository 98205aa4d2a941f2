"""Paths in the language of the page."""

from django import template

from democratic.web import places

register = template.Library()
register.simple_tag(places.at, name="at")
register.simple_tag(places.root, name="root")
register.simple_tag(places.record_path, name="record_path")
register.simple_tag(places.process_path, name="process_path")
register.simple_tag(places.fil_path, name="fil_path")
