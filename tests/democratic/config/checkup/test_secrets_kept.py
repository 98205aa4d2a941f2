import pytest

from democratic.config.checkup.findings import State
from democratic.config.checkup.secrets_kept import look_at_secrets

GOOD = "r8Jx0Zq4vT1mYp7cLw2nKd9sHb6fGa3eUo5iQyXj"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "secrets"
    made.mkdir(mode=0o700)
    for name in ("django", "signing-key.pem", "database-password"):
        (made / name).write_text(GOOD + "\n")
        (made / name).chmod(0o600)
    return made


def refusals(folder, **environment):
    return [each.text for each in look_at_secrets(folder, environment) if each.state is State.REFUSED]


def test_secrets_drawn_at_random_and_closed_are_well(folder):
    (found,) = look_at_secrets(folder, {})
    assert (found.state, found.advice) == (State.OK, "")


def test_a_secret_that_is_not_there_is_refused(folder):
    (folder / "django").unlink()
    assert refusals(folder) == [f"Le secret django manque dans {folder}."]


def test_no_folder_at_all_is_refused_without_a_fault(tmp_path):
    assert len(refusals(tmp_path / "nowhere")) == 2


@pytest.mark.parametrize(
    "value", ["changeme", "django-insecure-" + GOOD, "short", "a" * 60, "ababababab" * 6, ""]
)
def test_a_default_or_guessable_secret_is_refused(folder, value):
    (folder / "django").write_text(value)
    assert refusals(folder) == ["Le secret django est court, ou connu de tous."]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_secret_that_others_can_read_is_refused_with_what_to_type(folder, mode):
    (folder / "django").chmod(mode)
    (found,) = look_at_secrets(folder, {})
    assert (found.state, found.advice) == (State.REFUSED, f"chmod 600 {folder / 'django'}")


def test_an_open_folder_of_secrets_is_refused(folder):
    folder.chmod(0o755)
    (found,) = look_at_secrets(folder, {})
    assert (found.state, found.advice) == (State.REFUSED, f"chmod 700 {folder}")


@pytest.mark.parametrize("variable", ["DATABASE_URL", "DEMOCRATIC_SMTP"])
@pytest.mark.parametrize("password", ["postgres", "Password", "moi", "court1234", "%63hangeme"])
def test_a_default_password_in_an_address_is_refused_and_never_repeated(folder, variable, password):
    (text,) = refusals(folder, **{variable: f"scheme://moi:{password}@host/x"})
    assert variable in text
    assert f":{password}@" not in text


@pytest.mark.parametrize(
    "address", ["", "postgresql:///democratic", f"smtp://moi:{GOOD}@mail:25", "x://[oups"]
)
def test_a_long_password_or_none_is_well(folder, address):
    assert refusals(folder, DATABASE_URL=address) == []
