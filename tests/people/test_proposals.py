"""What a form proposes: every answer once, with the trade it speaks of, until the author has said what he thinks."""

from hypothesis import given
from hypothesis import strategies as st

from forms_service.people.proposals import FIELDS, LONGEST_PROPOSAL, Proposal, proposals
from tests.support.network import listed_trades

TRADES = listed_trades()
FORM = st.dictionaries(st.sampled_from([*FIELDS, "name", "message"]), st.text(max_size=40))


@given(FORM, st.sets(st.sampled_from(sorted(FIELDS))))
def test_every_answer_is_proposed_unless_it_is_settled(payload: dict[str, str], settled: set[str]):
    found = {each.field for each in proposals(1, payload, settled, TRADES)}
    assert found == {field for field in FIELDS if payload.get(field, "").split() and field not in settled}


def test_the_trade_is_proposed_too():
    said = {"looking_for": "A good\n printer", "good_at": "Pruning", "look_out_for": "x" * 5000}
    first, second, third = proposals(7, said, (), TRADES)
    assert first == Proposal(7, "looking_for", "need", "A good printer", "printer")
    assert (second.what, second.category) == ("offer", "pruning")
    assert (third.category, len(third.text)) == ("", LONGEST_PROPOSAL)
