"""Tunable numbers of stage 2, page to article: set by hand, checked with tests/quality/bodies.py."""

PAGE_PROSE_MIN_WORDS = 4
"""Words of the shortest finished sentence taken for prose on its own."""

PAGE_PROSE_UNFINISHED_MIN_WORDS = 12
"""Words of a paragraph whose last full stop is missing but that holds another."""

PAGE_PROSE_UNSTOPPED_MIN_WORDS = 18
"""Words of a line without any full stop that is still taken for prose: titles and links are shorter."""

PAGE_PROSE_MIN_SMALL_SHARE = 0.2
"""Share of function words in unfinished prose; link lists and name lists stay under .1, news prose is about .4."""

PAGE_SUBHEAD_MAX_WORDS = 12
"""Words of the longest line taken for a subhead."""

PAGE_PLAIN_SUBHEAD_MAX_WORDS = 6
"""Words of the longest unmarked line between two paragraphs taken for a subhead rather than a link to another story."""

PAGE_TITLECASE_SHARE = 0.7
"""Share of capitalised words (small words aside) from which a line is set like a title."""

PAGE_LINK_LIST_MIN_LABELS = 3
"""Labels between bars or arrows from which a line is a menu."""

PAGE_STEM_LETTERS = 6
"""Letters by which two words are taken for the same when paragraphs are compared."""

PAGE_COHESION_MIN_SHARE = 0.25
"""Share of a late paragraph's telling words that the body has used before; offers and teasers of other stories stay under .15."""

PAGE_COHESION_MIN_WORDS = 12
"""Words that a run of paragraphs behind a break must have to be taken back into the body."""

PAGE_HEAD_MAX_PROSE = 2
"""Prose lines (decks, captions, slogans) that may stand above a byline, date or dateline."""

PAGE_TEASER_MAX_WORDS = 90
"""Words up to which a second report on a page is a teaser when it is cut off or much shorter than the main one."""

PAGE_TEASER_MAX_LINES = 2
"""Paragraphs up to which a short second report is a teaser."""

PAGE_LANGUAGE_MIN_LETTERS = 60
"""Letters below which the language is not guessed from the text."""

PAGE_WRAPPED_MIN_LINES = 4
"""Lines from which a text may be judged hard-wrapped."""

PAGE_WRAPPED_MAX_WIDTH = 100
"""Characters of the longest line in a hard-wrapped text."""

PAGE_WRAPPED_MIN_WIDTH = 45
"""Characters from which a line of a hard-wrapped text is full: shorter ones end a paragraph or stand alone."""

PAGE_WRAPPED_MIN_SHARE = 0.4
"""Share of lines carried on by the next one from which the text counts as hard-wrapped."""

PAGE_REPEAT_MIN_WORDS = 5
"""Words from which a line said twice is a repeat and not a phrase."""

PAGE_SLOGAN_MAX_WORDS = 14
"""Words up to which a sentence above the headline may be a slogan."""

PAGE_CUTOFF_REACH = 4
"""Lines behind the body in which an invitation to read on says that the body is cut off."""

PAGE_BODY_MIN_WORDS = 3
"""Words of the shortest text that is taken for an article: a pasted sentence is one, a lone label is not."""

PAGE_HEADLINE_MAX_WORDS = 30
"""Words of the longest line taken for a headline."""

PAGE_HEADLINE_REACH = 6
"""Paragraphs of the body that a headline's words are looked for in."""

PAGE_HEADLINE_MIN_SHARED = 1
"""Telling words that a headline shares with the report's start."""

PAGE_HEADLINE_FULL_WORDS = 5
"""Words below which a title may be only a section's name."""

PAGE_HEADLINE_LATER_FACTOR = 2.3
"""How many times better a lower line must fit to be the headline rather than the line under it."""

PAGE_LANGUAGE_MAX_CHARS = 4000
"""Characters of the body that the language is guessed from."""

PAGE_BARE_MAX_LINES = 3
"""Lines up to which a text without any finished sentence is still taken for a (pasted) article."""

PAGE_BYLINE_REACH = 6
"""Lines below the body in which names with an address are the writers'."""

PAGE_COHESION_MIN_LINES = 0.5
"""Share of the paragraphs behind a break that must speak of the body's matter for the body to go on with them."""

PAGE_COHESION_MIN_SHARE_SOFT = 0.15
"""The same as PAGE_COHESION_MIN_SHARE behind an offer or some loose lines, where the report mostly goes on."""

PAGE_COHESION_MIN_LINES_SEVERAL = 0.3
"""The same as PAGE_COHESION_MIN_LINES for three paragraphs or more on end, or where most of the page's prose is still to come."""

PAGE_TITLES_REACH = 3
"""Longer lines above the body whose words count as the report's own when paragraphs are compared with it."""

PAGE_EXTRACTED_MIN_SHARE = 0.7
"""Share of an extracted body's words that must be left when it is cleaned like a flat page; below, it is left as it was."""

PAGE_EXTRACTED_PARAGRAPH_WORDS = 12
"""Words of a finished line that is kept inside an extracted body whatever else it looks like."""

PAGE_EXTRACTED_LEAST_SHARE = 0.4
"""Share of an extracted body's words below which nothing but buttons and repetitions is taken out."""

PAGE_COHESION_REACH = 40
"""Paragraphs at either end of a long body that others are compared with, so that the work grows with the page's length only."""

PAGE_REPEAT_REACH = 120
"""Paragraphs on either side in which a line may be said again."""

PAGE_JUDGED_CHARS = 4000
"""Characters of a line that are looked at when its role is judged; ten times a long paragraph."""

HTML_SHORT_WORDS = 200
"""Words below which a body found outside tables may be a rest of one laid out in them."""

HTML_CARD_MAX_WORDS = 60
"""Words of a link or list item that may be a card of another story; a longer one is a listicle's entry."""

HTML_INDEX_MIN_CARDS = 3
"""Titles that lead elsewhere, each with a summary below, from which a page may be a list of reports and hold none."""

HTML_DATA_BODY_FACTOR = 2
"""How many times longer than the body shown the one in a page's JSON-LD must be to stand in for it."""

HTML_TITLE_MAX_WORDS = 40
"""Words of a first heading that can be a headline; more were swallowed by a heading that was never closed."""

PAGE_PHRASE_EVERY = 40
"""Words of a line for each of a page's own phrases that it must hold to be an offer or residue as a whole."""

FEED_FULL_TEXT_WORDS = 150
"""Words from which a feed entry's content is taken for the whole article."""

FEED_MAX_FETCHED = 100
"""Entries of one feed whose pages are fetched: feeds of news hold 10 to 60."""

FEED_MAX_ENTRIES = 5_000
"""Entries of the largest feed that is read."""

PAGE_MAX_CHARS = 2_000_000
"""Characters of the largest page that is read: twenty times the longest report there is."""

PAGE_MAX_LINES = 10_000
"""Paragraphs of the same; the longest of 181 real pages has some hundreds. Reading takes about .2 ms a paragraph."""

HTML_MAX_ELEMENTS = 30_000
"""Tags of the largest HTML page that is read; heavy pages of news have 10,000."""

HTML_MAX_ATTRIBUTES = 256
"""Attributes of one tag; libxml2 compares each with all others, 40,000 took it 13 s."""

HTML_MAX_CHILDREN = 3_000
"""Elements directly in another; the finder of bodies takes time with the square of it, for 20,000 it took 22 s."""
