import pytest
from hypothesis import given
from hypothesis import strategies as st

from civics.reach.address_file import MOST_LINES, Fault, Sort, TooLong, read_addresses


def read(text, sort=Sort.NUMBER):
    return list(read_addresses(text, sort).addresses)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("07.12.34.56.78", "+33712345678"),
        ("+33 (0)6 12 34 56 78", "+33612345678"),
        ("0033612345678", "+33612345678"),
        ("0692 12 34 56", "+262692123456"),
        ("0639123456", "+262639123456"),
        ("0690123456", "+590690123456"),
        ("+32 470 12 34 56", "+32470123456"),
        ("06\u00a012\u00a034\u00a056\u00a078", "+33612345678"),
    ],
)
def test_a_number_is_one_however_it_is_typed(typed, meant):
    assert read(typed) == [meant]
    assert read(f"Lina;{typed};Vaubrun") == [meant]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("02 41 12 34 56", Fault.NOT_A_MOBILE),
        ("+33 1 41 12 34 56", Fault.NOT_A_MOBILE),
        ("06 12 34 56", Fault.NONE),
        ("Lina", Fault.NONE),
        ("06 12 34 56 78;06 12 34 56 79", Fault.SEVERAL),
        ("06 12 34 56 78 90 12", Fault.NONE),
        ("=06 12 34 56 78", Fault.NONE),
        ("+0612345678", Fault.NONE),
    ],
)
def test_a_line_that_is_no_mobile_is_told_with_its_number_and_left_out(line, fault):
    found = read_addresses(f"06 12 34 56 70\n{line}", Sort.NUMBER)
    assert list(found.addresses) == ["+33612345670"]
    assert [(bad.line, bad.fault) for bad in found.bad] == [(2, fault)]
    assert found.unread == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Lina@Mail.Example", "lina@mail.example"),
        ("Lina <lina@mail.example>", "lina@mail.example"),
        ("lina+bus@mail.example", "lina+bus@mail.example"),
    ],
)
def test_an_e_mail_is_read_alone_or_with_its_name(typed, meant):
    assert read(typed, Sort.EMAIL) == [meant]


@pytest.mark.parametrize(
    "typed", ["lina@mail", "@mail.example", "lina mail.example", "lina@@mail.example", "a@-b.example", "lina@mail.example\r"]
)  # fmt: skip
def test_what_is_no_e_mail_is_not_one(typed):
    assert read(typed.strip(), Sort.EMAIL) == ([] if "\r" not in typed else ["lina@mail.example"])


def test_titles_and_repetitions_are_not_addresses():
    found = read_addresses("Nom;Courriel\nLina;lina@mail.example\n;LINA@mail.example\n", Sort.EMAIL)
    assert (list(found.addresses), found.repeated, found.unread) == (["lina@mail.example"], 1, 0)
    assert read("lina@mail.example", Sort.EMAIL), "a first line that is an address is no title"


def test_too_many_are_refused_whole():
    with pytest.raises(TooLong):
        read_addresses("\n".join(f"06{n:08}" for n in range(MOST_LINES + 1)), Sort.NUMBER)


@given(st.text(max_size=300), st.sampled_from(Sort))
def test_whatever_is_pasted_is_read_or_told(text, sort):
    found = read_addresses(text, sort)
    assert len(set(found.addresses)) == len(found.addresses)
    assert len(found.bad) <= found.unread
