"""The kernel is told how long what was sent may wait, at one port, and for who comes there later."""

import socket

import pytest

from democratic.web.entry.untaken import UNTAKEN, cut_who_takes_nothing


def patience(line):
    return line.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) / 1000


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made


def test_who_is_here_and_who_comes_later_are_given_the_same_time(listener):
    address = listener.getsockname()
    with socket.create_connection(address), listener.accept()[0] as here:
        cut_who_takes_nothing(address[1])
        with socket.create_connection(address), listener.accept()[0] as later:
            assert [patience(line) for line in (listener, here, later)] == [UNTAKEN] * 3


def test_what_the_process_asks_of_others_keeps_its_own_time(listener):
    with (
        socket.create_server(("127.0.0.1", 0)) as other,
        socket.create_connection(other.getsockname()) as ours,
    ):
        cut_who_takes_nothing(listener.getsockname()[1])
        assert patience(other) == patience(ours) == 0


def test_an_answer_that_is_begun_goes_on(listener):
    with socket.create_connection(listener.getsockname()) as reader:
        begun, _address = listener.accept()
        with begun:
            begun.sendall(b"begun")
            cut_who_takes_nothing(listener.getsockname()[1])
            begun.sendall(b", done")
        assert reader.makefile().read() == "begun, done"
