"""The garbage collector rests while a large call is published."""

import gc

import pytest

from catalog.model.collecting import LARGE, without_collecting


def test_it_rests_for_large_calls_only_and_goes_on_whatever_happens():
    with without_collecting(LARGE - 1):
        assert gc.isenabled()
    with pytest.raises(ValueError, match="broken"), without_collecting(LARGE):
        assert not gc.isenabled()
        raise ValueError("broken")
    assert gc.isenabled()


def test_where_it_rests_already_it_is_left_alone():
    gc.disable()
    try:
        with without_collecting(LARGE):
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
