"""Faults: how they are named, and that they strike the same for one seed."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livebot.errors import ConfigError
from livebot.simulate.faults import DEFAULTS, NONE, Faults, parse_faults


def test_names_strengths_and_defaults() -> None:
    assert parse_faults([]) == NONE
    assert parse_faults(["drop=200", "late, duplicate=0.1"]) == Faults(drop=200, late=3, duplicate=0.1)
    assert parse_faults(["accept-close=2"], seed=9) == Faults(accept_close=2, seed=9)
    assert all(getattr(parse_faults([name]), name) == value for name, value in DEFAULTS.items())


WRONG = ["dorp", "drop=many", "drop=-1", "drop=1.5", "duplicate=2", "late=-1", "late=nan", "skew=inf", "seed=3", "=1"]


@pytest.mark.parametrize("spec", WRONG)
def test_a_wrong_fault_is_named(spec: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_faults([spec])
    assert spec in str(caught.value)


@settings(deadline=None)
@given(st.text(max_size=30) | st.sampled_from(WRONG) | st.builds("{}={}".format, st.sampled_from(sorted(DEFAULTS)), st.floats()))
def test_a_spec_is_understood_or_complained_about(spec: str) -> None:
    with suppress(ConfigError):
        assert isinstance(parse_faults([spec]), Faults)


def test_a_share_strikes_about_that_often_and_the_same_for_the_same_seed() -> None:
    def struck(seed: int) -> list[int]:
        return [i for i in range(2000) if Faults(seed=seed).strikes("duplicate", 0.25, i)]

    assert struck(1) == struck(1) != struck(2)
    assert 400 < len(struck(1)) < 600
    assert not Faults().strikes("duplicate", 0, 1)
    assert Faults().strikes("duplicate", 1, 1)
