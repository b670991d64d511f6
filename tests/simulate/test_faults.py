"""Faults: how they are named, and that they strike the same for one seed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livebot.errors import ConfigError
from livebot.simulate.faults import DEFAULTS, NONE, Faults, parse_faults


def test_names_strengths_and_defaults() -> None:
    assert parse_faults([]) == NONE
    assert parse_faults(["drop=200", "late, duplicate=0.1"]) == Faults(drop=200, late=3, duplicate=0.1)
    assert parse_faults(["accept-close=2"], seed=9) == Faults(accept_close=2, seed=9)
    assert all(getattr(parse_faults([name]), name) == value for name, value in DEFAULTS.items())


@pytest.mark.parametrize(
    "spec", ["dorp", "drop=many", "drop=-1", "drop=1.5", "duplicate=2", "late=-1", "late=nan", "skew=inf", "seed=3", "=1"]
)
def test_a_wrong_fault_is_named(spec: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_faults([spec])
    assert spec in str(caught.value)


@given(st.text(max_size=30))
def test_no_spec_raises_anything_else(spec: str) -> None:
    try:
        parse_faults([spec])
    except ConfigError as error:
        assert error.problems


def test_a_share_strikes_about_that_often_and_the_same_for_the_same_seed() -> None:
    def struck(seed: int) -> list[int]:
        return [i for i in range(2000) if Faults(seed=seed).strikes("duplicate", 0.25, i)]

    assert struck(1) == struck(1) != struck(2)
    assert 400 < len(struck(1)) < 600
    assert not Faults().strikes("duplicate", 0, 1)
    assert Faults().strikes("duplicate", 1, 1)
