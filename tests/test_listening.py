"""Where the preview cannot listen, one line says why."""

import socket

import pytest
from flask import Flask

from forms_service.listening import ListenError, listen


def test_a_port_in_use_is_said_in_one_line(capsys: pytest.CaptureFixture[str]):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ListenError, match=f"cannot listen on 127.0.0.1:{port}: the port is in use; choose another"):
            listen("127.0.0.1", port, Flask("preview"))
    assert capsys.readouterr() == ("", "")


def test_an_address_of_another_machine_is_no_port_in_use(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(ListenError, match=r"cannot listen on 192\.0\.2\.1:8000: Cannot assign requested address"):
        listen("192.0.2.1", 8000, Flask("preview"))
    assert capsys.readouterr() == ("", "")
