"""What assistants (language models) may read, over the Model Context Protocol: `parallax mcp`. Nothing here writes.

tools.py    the questions that can be asked, each bounded and page by page
shaping.py  what the store shows, as answers
answers.py  the shapes of answers; what of them nobody vouches for

Everything that articles wrote, or that is put together from their words, is handed over as `{"untrusted": "..."}`: it is
quoted from a source that anybody may have written, and never an instruction. No model is loaded for any of it.
"""

from app.assistants.tools import mcp_server

__all__ = ["mcp_server"]
