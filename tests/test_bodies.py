"""A body that cannot be read as a form is refused in words; it never passes for a form left empty."""

import pytest

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
