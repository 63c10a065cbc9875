import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.core.errors import UsageError
from tolmach.core.route import route

PAIRS = [("ru", "ba"), ("ba", "tt"), ("ru", "en"), ("en", "tt"), ("tt", "kk")]
CODES = st.sampled_from("abcdef")


def test_a_direct_pair_needs_no_pivot() -> None:
    assert route(PAIRS, "ru", "ba") == (("ru", "ba"),)


def test_of_equal_chains_the_first_listed_wins() -> None:
    assert route(PAIRS, "ru", "tt") == (("ru", "ba"), ("ba", "tt"))


def test_a_language_is_at_itself_already() -> None:
    assert route(PAIRS, "ru", "ru") == ()


def test_no_route_names_what_can_be_reached() -> None:
    with pytest.raises(UsageError) as caught:
        route(PAIRS, "tt", "ru")
    assert caught.value.code == "no-route"
    assert caught.value.params == {"source": "tt", "target": "ru", "reachable": "kk"}


def test_what_is_there_on_request_is_told_of() -> None:
    with pytest.raises(UsageError) as caught:
        route(PAIRS, "ba", "ru", [("tt", "ru")])
    assert caught.value.code == "no-route-on-request"
    with pytest.raises(UsageError) as caught:
        route(PAIRS, "ba", "cv", [("tt", "ru")])
    assert caught.value.code == "no-route"


@given(st.lists(st.tuples(CODES, CODES)), CODES, CODES)
def test_a_route_is_a_chain_and_none_is_shorter(
    pairs: list[tuple[str, str]], source: str, target: str
) -> None:
    try:
        answer = route(pairs, source, target)
    except UsageError:
        answer = None
    reached, steps = {source}, 0
    while target not in reached:
        wider = reached | {after for before, after in pairs if before in reached}
        if wider == reached:
            break
        reached, steps = wider, steps + 1
    if answer is None:
        assert target not in reached
        return
    assert len(answer) == steps
    assert all(pair in pairs for pair in answer)
    stops = [source, *(pair[1] for pair in answer)]
    assert stops == [source, *[pair[0] for pair in answer[1:]], target][: len(stops)]
