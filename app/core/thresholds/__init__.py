"""Every tunable number of the core: name, unit, and how it was measured. Nothing else in app/core holds a bare one.

A module a stage; import the names from here. A stage's author adds to its module, never inline. Fitted weights live in
`alignment/weights.json` with their provenance; these are the hand-set ones.
"""

# ruff: noqa: F403, I001  the one place where the stages' numbers come together, in the order of the stages
from app.core.thresholds.article import *
from app.core.thresholds.claims import *
from app.core.thresholds.alignment import *
from app.core.thresholds.relation import *
