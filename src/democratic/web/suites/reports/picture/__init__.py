"""The picture of a bilan: order → moments → themes → answers → what was promised, with its table."""

from democratic.web.suites.reports.picture.figure import flow_chart

__all__ = ["flow_chart"]
