"""Files as people really have them: see tests/cases."""

from collections.abc import Iterator

import pytest

from tests import cases
from tests.cases.media import Hearing, hearing
from tolmach.core.pack import Pack


@pytest.fixture(scope="module")
def ears(whisper_base: Pack) -> Iterator[Hearing]:
    with hearing(whisper_base) as hear:
        yield hear


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", sorted(cases.CHECKS))
def test_a_case(name: str, ears: Hearing) -> None:
    path = cases.folder() / name
    if not path.exists():
        pytest.skip("the cases are not here (TOLMACH_SHARED)")
    assert cases.CHECKS[name](path, ears) == ""
