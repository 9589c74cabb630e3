"""Pictures drawn on the server: where things stand, in SVG user units, from the read models. Geometry only.

    matrix     outlets against outlets: rows shared, how much of that agrees
    timeline   the dates told, when it was published, dates at odds
    positions  what one actor is said to hold, outlet by outlet, over time
    chain      who reports a row from whom
    waterfall  a score, part by part
    scale      what they share: days on a line, the width of words, labels in lanes

`templates/blocks/charts/` draws each, with its words and its numbers in a table beside it: nothing is left out of a picture
without being in its table, and nothing is told by colour alone. Jinja2 macros rather than a drawing library (svgwrite,
drawsvg): those only spell tags, while a macro escapes by itself and shares the page's words, icons and colours.
"""

from app.web.charts.chain import Chain, draw_chain
from app.web.charts.matrix import Matrix, draw_matrix
from app.web.charts.positions import Positions, draw_positions
from app.web.charts.timeline import Timeline, draw_timeline
from app.web.charts.waterfall import Waterfall, draw_waterfall

__all__ = [
    "Chain",
    "Matrix",
    "Positions",
    "Timeline",
    "Waterfall",
    "draw_chain",
    "draw_matrix",
    "draw_positions",
    "draw_timeline",
    "draw_waterfall",
]
