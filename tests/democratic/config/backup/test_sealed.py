import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from democratic.config.backup import sealed
from democratic.config.backup.sealed import NotSealed, SealBroken, SealedReader, SealedWriter, WrongPassphrase

PASSPHRASE = b"cinq mots pris au hasard"
PIECE = 64


@pytest.fixture(autouse=True, scope="module")
def _small_pieces():
    """Sixty-four bytes show the borders that a mebibyte has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed, "PIECE", PIECE)
        yield


def seal(*contents, passphrase=PASSPHRASE):
    out = io.BytesIO()
    writer = SealedWriter(out, passphrase, cost=1)
    for content in contents:
        writer.write(content)
    writer.close()
    return out.getvalue()


def unseal(raw, passphrase=PASSPHRASE):
    return SealedReader(io.BytesIO(raw), passphrase).read()


@given(st.lists(st.binary(max_size=3 * PIECE), max_size=6))
def test_what_was_sealed_comes_back_whatever_the_pieces_it_was_written_in(contents):
    assert unseal(seal(*contents)) == b"".join(contents)


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 1])
def test_a_length_on_the_border_of_a_piece_comes_back(length):
    assert len(unseal(seal(bytes(length)))) == length


def test_it_is_read_by_any_amount():
    reader = SealedReader(io.BytesIO(seal(bytes(range(200)))), PASSPHRASE)
    got = [reader.read(7) for _ in range(40)]
    assert b"".join(got) == bytes(range(200))
    assert got[-1] == b""


def test_nothing_of_it_can_be_read_without_the_passphrase():
    assert b"secret" not in seal(b"secret" * 50)
    assert seal(b"same") != seal(b"same")


def test_another_passphrase_is_told_from_an_altered_stream():
    with pytest.raises(WrongPassphrase):
        unseal(seal(b"said"), b"une autre phrase de passe")


@pytest.mark.parametrize(
    "raw", [b"", b"PK\x03\x04" + bytes(100), sealed.MAGIC, sealed.MAGIC + b"\xff" + bytes(90)]
)
def test_a_file_of_another_kind_is_not_ours(raw):
    with pytest.raises(NotSealed):
        unseal(raw)


@given(st.integers(min_value=0, max_value=4 * PIECE), st.integers(min_value=1, max_value=255))
def test_no_byte_can_change(place, by):
    raw = bytearray(seal(bytes(3 * PIECE + 5)))
    place = sealed.HEADER + place % (len(raw) - sealed.HEADER)
    raw[place] ^= by
    with pytest.raises(SealBroken) as refusal:
        unseal(bytes(raw))
    assert refusal.value.piece == (place - sealed.HEADER) // (PIECE + sealed.TAG)


@pytest.mark.parametrize("kept", range(1, 3 * (PIECE + sealed.TAG), 13))
def test_a_stream_that_was_cut_anywhere_is_refused_at_its_end(kept):
    raw = seal(bytes(3 * PIECE + 5))
    with pytest.raises(SealBroken) as refusal:
        unseal(raw[: sealed.HEADER + kept])
    assert refusal.value.is_at_end


def test_pieces_cannot_be_swapped_repeated_or_dropped():
    raw = seal(bytes(range(PIECE)) * 4)
    header, body = raw[: sealed.HEADER], raw[sealed.HEADER :]
    one, two, *rest = [body[i : i + PIECE + sealed.TAG] for i in range(0, len(body), PIECE + sealed.TAG)]
    for pieces in ([two, one, *rest], [one, one, two, *rest], [two, *rest], [one, *rest]):
        with pytest.raises(SealBroken):
            unseal(header + b"".join(pieces))


def test_a_piece_of_another_archive_under_the_same_passphrase_does_not_fit():
    ours, theirs = seal(bytes(PIECE * 2)), seal(bytes(PIECE * 2))
    cut = sealed.HEADER + PIECE + sealed.TAG
    with pytest.raises(SealBroken):
        unseal(ours[:cut] + theirs[cut:])
