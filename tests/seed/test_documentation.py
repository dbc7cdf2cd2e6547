"""docs/SEED.md says what the seed holds."""

from tests.seed.describe import PAGE, describe


def test_the_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == describe(), "run: python -m tests.seed.describe"
