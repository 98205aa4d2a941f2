"""Colours for what is drawn outside our style sheet. They are those of ``css/tokens.css``: a test compares."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    ink: str
    ink_2: str
    line: str
    paper: str
    cat_1: str
    thread: str
    late_mark: str
    unkept: str
    passed: str


LIGHT = Palette(
    "#17201f", "#465049", "#e2dbcc", "#faf7f0", "#0f5257", "#c93a1d", "#b36e08", "#7d2b3f", "#46508a"
)
DARK = Palette(
    "#f1eee5", "#c3c6bd", "#2f3a38", "#121918", "#7cc6bd", "#ff8062", "#e0a044", "#f0a4b0", "#b6bdf0"
)
PRINT = Palette(
    "#000000", "#222222", "#bbbbbb", "#ffffff", "#0f5257", "#c93a1d", "#b36e08", "#7d2b3f", "#46508a"
)
FONT = "Atkinson Hyperlegible Next, Segoe UI, system-ui, sans-serif"
