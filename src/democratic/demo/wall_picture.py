"""The wall of a street session, drawn here: cards of four colours on a string, and nobody before them."""

from io import BytesIO

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 960, 540
CARDS, CARD = 8, (180, 130)
HALL, STRING, INK = "#d8d0c0", "#5b5346", "#3c4a4c"
COLOURS = ("#fbf3d0", "#cfe3dd", "#f3d3c6", "#d5dcee")


def wall_picture() -> bytes:
    """A JPEG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), HALL)
    draw = ImageDraw.Draw(image)
    for row in (0, 1):
        top = 70 + row * 230
        draw.line((0, top, WIDTH, top + 12), fill=STRING, width=3)
        for column in range(CARDS // 2):
            _hang(draw, 40 + column * 225, top + 8, COLOURS[(row + column) % len(COLOURS)])
    kept = BytesIO()
    image.save(kept, "JPEG", quality=80)
    return kept.getvalue()


def _hang(draw: ImageDraw.ImageDraw, left: int, top: int, colour: str) -> None:
    width, height = CARD
    draw.rectangle((left, top, left + width, top + height), fill=colour)
    for line in range(4):
        shorter = 60 if line == 3 else 24  # noqa: PLR2004  the last line of a sentence
        draw.line(
            (left + 20, top + 30 + line * 24, left + width - shorter, top + 30 + line * 24), fill=INK, width=5
        )
