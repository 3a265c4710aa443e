"""What a feed calls an essay, for ever."""

from types import SimpleNamespace

from plugins.feeds import lasting_id


def essay(save_as: str = "2026/11/a.html", **metadata: str) -> SimpleNamespace:
    return SimpleNamespace(save_as=save_as, metadata=metadata)


def test_an_id_never_changes():
    """Were this value to change, every subscriber would see every essay as new."""
    assert lasting_id(essay()) == "urn:uuid:73e8947a-eee1-5789-b585-74b21dd9d01b"


def test_essays_of_one_slug_have_two_ids():
    assert lasting_id(essay("2026/10/a.html")) != lasting_id(essay("2026/11/a.html"))


def test_an_id_in_the_front_matter_wins():
    assert lasting_id(essay(id="tag:blogger.com,1999:blog-1.post-2")) == "tag:blogger.com,1999:blog-1.post-2"
