"""Stage 2, page -> articles: what on a page is an article's body, and who published it when under which headline."""

from app.core.article.bookkeeping import content_hash
from app.core.article.reading import articles_of

__all__ = ["articles_of", "content_hash"]
