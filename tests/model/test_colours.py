"""Contrast of colours with white."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.model.colours import LEAST_CONTRAST, contrast_with_white
from liaison.model.site import PRINT_COLOUR


@pytest.mark.parametrize(
    ("colour", "contrast"),
    [
        ("#ffffff", 1),
        ("#000000", 21),
        ("#767676", 4.54),  # the lightest grey that passes, and the next one, as WebAIM's checker has them
        ("#777777", 4.48),
        ("#ff0000", 4.0),
        ("#0000FF", 8.59),
        ("#ffd700", 1.4),
    ],
)
def test_contrast_is_that_of_wcag(colour: str, contrast: float) -> None:
    """Values are those that public checkers give for the same colours."""
    assert contrast_with_white(colour) == pytest.approx(contrast, abs=0.005)


def test_the_usual_colour_can_carry_white_letters() -> None:
    """A site that names no colour is in order."""
    assert contrast_with_white(PRINT_COLOUR) >= LEAST_CONTRAST


@given(st.binary(min_size=3, max_size=3), st.integers(0, 2))
def test_darker_is_never_less_contrast(parts: bytes, which: int) -> None:
    """Contrast lies from 1 to 21, and taking light away from a component does not lower it."""
    darker = bytearray(parts)
    darker[which] //= 2
    contrast = contrast_with_white(f"#{parts.hex()}")
    assert 0.999 < contrast <= contrast_with_white(f"#{darker.hex()}") < 21.001


@pytest.mark.parametrize("text", ["", "#", "#fff", "#9b1c2", "#9b1c200", "red", "#gggggg"])
def test_anything_else_is_refused(text: str) -> None:
    """What is no `#rrggbb` has no contrast."""
    with pytest.raises(ValueError, match=r"hex|unpack"):
        contrast_with_white(text)
