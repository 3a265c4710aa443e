"""The words that close an essay are known in the languages that blogs are written in, and a story is never one."""

import pytest

from authoring.importing.blogger.closing import closing_of
from plugins.last_words import last_words

INVITATIONS = [
    "Leave a comment below, send me an e-mail, or call me.",
    "Hinterlassen Sie einen Kommentar, schreiben Sie mir eine E-Mail oder rufen Sie mich an.",
    "Schreib mir einen Kommentar oder per Mail.",
    "Laissez un commentaire, écrivez-moi ou appelez-moi.",
    "N’hésitez pas à laisser un commentaire ou à m’envoyer un courriel.",
    "Deja un comentario, escríbeme o llámame.",
    "Déjenme un comentario o un correo.",
    "Deixe um comentário, escreva-me ou ligue-me.",
    "Lasciate un commento, scrivetemi o chiamatemi.",
    "Laat een reactie achter, stuur me een e-mail of bel me.",
]
STORIES = [
    "He called about the bread and had a comment on the price.",
    "Sie rief an und hatte einen Kommentar zum Brot.",
    "Elle m’a téléphoné hier, sans un mot de plus.",
    "Il fornaio ha lasciato un commento sul pane.",
    "De bakker schreef een reactie over het brood.",
    "El panadero llamó ayer y dejó pan.",
]


@pytest.mark.parametrize("words", INVITATIONS)
def test_an_invitation_is_known_at_the_end(words: str) -> None:
    assert closing_of(["First.", "Second.", words]) == 1
    assert list(last_words(["First.", "More next week.", words])) == ["More next week.", words]


@pytest.mark.parametrize("words", STORIES)
def test_a_story_of_a_call_or_a_comment_is_no_invitation(words: str) -> None:
    assert closing_of(["First.", "Second.", words]) == 0
