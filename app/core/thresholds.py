"""Every tunable number of the core: name, unit, and how it was measured. Nothing else in app/core holds a bare one.

Grouped by stage. A stage's author adds here, never inline. Fitted weights live in `alignment/weights.json` with their
provenance; these are the hand-set ones.
"""

# --- 3 claims: sentences -------------------------------------------------------------------------------------------

SUBHEAD_WORDS = 7
"""Words; a line up to this long that ends in no mark is a label. By hand, on 84 public news texts: longer ones state something."""

WRAPPED_LINE_MIN = 45
WRAPPED_LINE_MAX = 100
"""Characters; lines all within these bounds are one text wrapped at a width. By hand: mail and terminals wrap at 60 to 80."""
