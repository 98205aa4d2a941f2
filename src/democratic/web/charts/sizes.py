"""How large each image of a figure is, before it is drawn: so that the page keeps its place, and nothing jumps."""

from democratic.web.charts.by_hand import height_by_hand
from democratic.web.charts.chart import Bars, Chart, Gauge, Lines, Strands
from democratic.web.charts.forms import Form
from democratic.web.charts.specs import height_of_bars, height_of_lines


def size_of(chart: Chart, form: Form) -> tuple[int, int]:
    """(width, height) of a form that is not alone. TypeError for a picture that stands in the page itself."""
    match chart.drawing:
        case Bars():
            height = height_of_bars(chart.drawing, form)
        case Lines():
            height = height_of_lines(chart.drawing, form)
        case Gauge() | Strands():
            height = height_by_hand(chart.drawing, form)
        case _:
            raise TypeError(chart.key)
    return form.width, round(height)
