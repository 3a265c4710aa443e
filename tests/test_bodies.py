"""A body that cannot be read as a form is refused in words; it never passes for a form left empty."""

from io import BytesIO

import pytest

from forms_service.app import LARGEST_BODY

URLENCODED = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("kind", "body"),
    [(URLENCODED, "contact-message=Grüße".encode("latin-1")), ("multipart/form-data", b"no boundary was named")],
    ids=["no UTF-8", "no boundary"],
)
def test_what_cannot_be_read_is_refused(client, kind: str, body: bytes):
    refused = client.post("/forms/contact", data=body, content_type=kind)
    assert refused.status_code == 400
    assert "did not arrive as it should" in refused.text


def test_bytes_spelt_out_are_read_as_far_as_they_go(client):
    shown = client.post("/forms/contact", data=b"contact-message=Gr%FC%DFe", content_type=URLENCODED)
    assert shown.status_code == 422
    assert "Gr%FC%DFe" in shown.text


def test_a_body_of_unknown_length_is_refused(client):
    refused = client.post(
        "/forms/contact",
        data=b"contact-name=A+baker",
        content_type=URLENCODED,
        headers={"Transfer-Encoding": "chunked"},
    )
    assert refused.status_code == 411


class Wire(BytesIO):
    """A connection that stays open: whoever asks for more than was sent waits forever."""

    def read(self, size: int | None = -1) -> bytes:
        assert size is not None, "asked for all there will ever be"
        assert 0 <= size <= len(self.getvalue()) - self.tell(), "asked for more than was announced"
        return super().read(size)


PARTS = b"".join(b'--x\r\nContent-Disposition: form-data; name="a%d"\r\n\r\nb\r\n' % n for n in range(1200)) + b"--x--"


@pytest.mark.parametrize(
    ("kind", "body"),
    [(URLENCODED, b"a" * (LARGEST_BODY + 1)), ("multipart/form-data; boundary=x", PARTS)],
    ids=["too long", "too many parts"],
)
def test_a_refusal_waits_for_no_more_than_was_announced(client, kind: str, body: bytes):
    wire = Wire(body)
    refused = client.post("/forms/contact", input_stream=wire, content_length=len(body), content_type=kind)
    assert refused.status_code == 413
    assert wire.tell() == len(body)
