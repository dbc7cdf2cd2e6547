"""What is counted does not depend on the kind of database: one will do, but where a test asks for both."""

import pytest


@pytest.fixture(params=["sqlite"])
def url(request):
    return str(request.getfixturevalue(f"{'sqlite' if request.param == 'sqlite' else 'postgres'}_url"))
