import shutil
import subprocess
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from running_product import Product

from democratic.config.server.embedded import ADMIN_PASSWORD, PASSWORD
from democratic.config.server.throwaway import throwaway_postgres


@pytest.fixture(scope="session")
def made_cluster():
    """A data folder made once, and the passwords it was made with: copying it is faster than making one."""
    with throwaway_postgres() as server:
        folder = Path(tempfile.mkdtemp(prefix="democratic-made-"))
        folder.chmod(0o755)
        server.stop()
        subprocess.run(["cp", "-a", server.data_dir, folder / "pg"], check=True)
    yield folder / "pg", {"password": server.password, "admin_password": server.admin_password}
    shutil.rmtree(folder)


@contextmanager
def folder_open_to_all():
    """As pytest's own are closed to PostgreSQL's account when we are root."""
    folder = Path(tempfile.mkdtemp(prefix="democratic-test-")).resolve()
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@contextmanager
def product_with(made_cluster):
    data, passwords = made_cluster
    with folder_open_to_all() as folder:
        made = Product(folder / "var")
        made.var.mkdir()
        subprocess.run(["cp", "-a", data, made.var / "pg"], check=True)
        (made.var / "secrets").mkdir(mode=0o700)
        for name, key in ((PASSWORD, "password"), (ADMIN_PASSWORD, "admin_password")):
            (made.var / "secrets" / name).write_text(passwords[key])
        yield made
        made.end()


@pytest.fixture
def open_folder():
    with folder_open_to_all() as folder:
        yield folder


@pytest.fixture
def fresh_product(open_folder):
    """Nothing is made yet."""
    made = Product(open_folder / "var")
    yield made
    made.end()


@pytest.fixture
def product(made_cluster):
    """Its data folder is made already, as on a second start."""
    with product_with(made_cluster) as made:
        yield made


@pytest.fixture(scope="module")
def standing(made_cluster):
    """One that runs, for the tests that only look at it."""
    with product_with(made_cluster) as made:
        made.run_until_ready()
        yield made


@pytest.fixture
def server_url():
    """Addresses of servers with these settings, as an operator's own may have."""
    with ExitStack() as stack:
        yield lambda **settings: stack.enter_context(
            throwaway_postgres(durable=True, settings=settings)
        ).url()
