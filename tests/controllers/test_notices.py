"""What stands above the cards, and for how long."""

import pytest
from pytestqt.qtbot import QtBot

from tolmach.controllers import notices as module
from tolmach.controllers.notices import Gravity, Notices

GOOD_NEWS_MS = 600


@pytest.fixture
def notices(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Notices:
    monkeypatch.setattr(module, "GOOD_NEWS_MS", GOOD_NEWS_MS)
    return Notices()


def codes(notices: Notices) -> list[str]:
    return [notice.code for notice in notices.standing]


def test_the_same_code_stands_once_and_is_brought_up_to_date(notices: Notices) -> None:
    notices.show("microphone-lost", {"name": "A"})
    notices.show("unexpected")
    notices.show("microphone-lost", {"name": "B"}, Gravity.WARNING)
    assert codes(notices) == ["microphone-lost", "unexpected"]
    assert notices.standing[0].params == {"name": "B"}
    notices.withdraw_errors()
    assert codes(notices) == ["microphone-lost"]


def test_good_news_goes_by_itself_and_bad_news_stays(notices: Notices, qtbot: QtBot) -> None:
    notices.show("still-writing", gravity=Gravity.INFO)
    notices.show("microphone-lost", {"name": "A"}, Gravity.WARNING)
    qtbot.waitUntil(lambda: codes(notices) == ["microphone-lost"])
    qtbot.wait(2 * GOOD_NEWS_MS)
    assert codes(notices) == ["microphone-lost"]


@pytest.mark.parametrize(("withdrawn", "name"), [(True, "A"), (False, "A"), (False, "B")])
def test_the_time_of_an_older_notice_does_not_count_for_a_newer(
    notices: Notices, qtbot: QtBot, withdrawn: bool, name: str
) -> None:
    code = "microphone-restored"
    notices.show(code, {"name": "A"}, Gravity.INFO)
    qtbot.wait(GOOD_NEWS_MS // 2)
    if withdrawn:
        notices.withdraw(code)
    notices.show(code, {"name": name}, Gravity.INFO)
    qtbot.wait(GOOD_NEWS_MS * 7 // 10)  # the older one's is over, the newer one's is not
    assert codes(notices) == [code]
    qtbot.waitUntil(lambda: codes(notices) == [])
