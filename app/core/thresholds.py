"""Every tunable number of the core: name, unit, and how it was measured. Nothing else in app/core holds a bare one.

Grouped by stage. A stage's author adds here, never inline. Fitted weights live in `alignment/weights.json` with their
provenance; these are the hand-set ones.
"""
