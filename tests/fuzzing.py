"""Files mutated by a seeded chance, and what may come back of them: a clean file, or a refusal in words."""

import io
import random
from dataclasses import dataclass, field

from PIL import Image

from democratic.kernel.files import clean_file, cleaning
from democratic.kernel.files.decoder import LARGEST
from democratic.kernel.refusals import Refusal
from hostile_files import hostile_files

BIGGEST_SEED = 60_000  # bytes: what is large is in the corpus itself


def seeds() -> list[bytes]:
    return [each.content for each in hostile_files() if 20 < len(each.content) < BIGGEST_SEED]


def mutated(content: bytes, chance: random.Random, all_seeds: list[bytes]) -> bytes:
    made = bytearray(content)
    for _each in range(chance.randint(1, 12)):
        at, how = chance.randrange(len(made)), chance.randrange(5)
        if how == 0:
            made[at] = chance.randrange(256)
        elif how == 1:
            made[at : at + chance.randint(1, 40)] = b""
        elif how == 2:
            made[at:at] = chance.randbytes(chance.randint(1, 40))
        elif how == 3:
            made[at : at + 4] = chance.choice(
                (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"\x00\x00\xff\xff")
            )
        else:
            other = chance.choice(all_seeds)
            start = chance.randrange(len(other))
            made[at:at] = other[start : start + chance.randint(1, 300)]
        if len(made) < 2:
            return content
    return bytes(made)


@dataclass
class Fuzz:
    """What was seen of so many files. ``peak``: bytes of memory, of the greediest decoder."""

    chance: random.Random
    kept: int = 0
    refused: int = 0
    silent: int = 0
    peak: int = 0
    seeds: list[bytes] = field(default_factory=seeds)

    def one(self) -> None:
        content = mutated(self.chance.choice(self.seeds), self.chance, self.seeds)
        try:
            clean = clean_file(content)
        except Refusal as refusal:
            self.refused += bool(str(refusal.message))
            return
        self.kept += 1
        self.peak = max(self.peak, clean.peak * 1024)
        if clean.content_type != "application/pdf":
            with Image.open(io.BytesIO(clean.content)) as image:
                image.load()
                assert max(image.size) <= LARGEST
                assert not image.getexif()

    def watch(self, monkeypatch) -> None:
        """Also those that refuse, or say nothing because a limit ended them."""
        told = cleaning._told

        def read(ended, head):
            answer = told(ended, head)
            self.silent += ended != 0
            self.peak = max(self.peak, answer.get("peak", 0) * 1024)
            return answer

        monkeypatch.setattr(cleaning, "_told", read)
