"""Every tunable number of the core: name, unit, and how it was measured. Nothing else in app/core holds a bare one.

Grouped by stage. A stage's author adds here, never inline. Fitted weights live in `alignment/weights.json` with their
provenance; these are the hand-set ones.
"""

# --- 2 reading: pages and bodies (set by hand, checked with tests/quality/bodies.py) --------------------------------

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

# --- 3 claims -------------------------------------------------------------------------------------------------------

SUBHEAD_WORDS = 7
"""Words; a line up to this long that ends in no mark is a label. By hand, on 84 public news texts: longer ones state something."""

WRAPPED_LINE_MIN = 45
WRAPPED_LINE_MAX = 100
"""Characters; lines all within these bounds are one text wrapped at a width. By hand: mail and terminals wrap at 60 to 80."""

ARTICLES_A_BATCH = 64
"""Articles (or bare statements) whose sentences are parsed in one go: enough to keep the model busy, little memory."""

FRAME_REACH = 12
"""Tokens after a reporting verb in which its own words ("reporters in Bangkok on Friday") may end. By hand."""

PHRASE_REACH = 15
"""Tokens of the longest apposition after a name ("Kim, an official at ...,"). By hand."""

CLAUSE_WORDS = 6
"""Tokens that each joined main clause must have before a sentence is cut in two claims. By hand: shorter ones lean on the other."""

CARRIED_SHARE = 0.4
"""Share of a sentence that its opening quotation fills when the speaker quoted before it is taken to go on. By hand."""

NESTED_LOGIT = 0.6
"""Log-odds from which an attribution inside another counts, taken without its nestedness. PolNeAR, documents held out:
end2end F1 .669 with it, .673 without (its annotators leave nested ones out)."""

# A time of day alone belongs to the day named at most this many characters before it (tests/quality/dates.py).
CLOCK_REACH = 400

PRONOUN_REACH = 4
"""Sentences back in which "he", "they", "it" may find whom they mean. By hand on the five articles."""

DESCRIPTION_REACH = 12
"""Sentences back in which "the aide", "the paper" may find whom they mean. By hand on the five articles."""

QUOTED_SHARE = 0.5
"""Share of the reported words inside quotation marks from which an attribution counts as quoted."""

# --- 4 alignment ----------------------------------------------------------------------------------------------------

LANDMARKS = 600
"""Statements that every other is compared with to see what it resembles at large; more add time, not precision."""

FELLOWS = (6, 60)
"""Statements of like names from which and up to which they are counted beside one: fewer tell nothing, more were never fitted."""

GROUP_SIZES = (20, 60)
"""Statements from which and up to which the size of a group tells whether it mixes incidents; a handful tells nothing."""

CANDIDATE_TERM_CLAIMS = 400
"""Claims of a story that may share a key before it is too common to look pairs up by."""

CANDIDATE_KEYS = 2
"""Keys that two claims must share to be scored."""

ROW_SCORE = 0.3
"""Mean probability at which claims share a row; stories of tests/quality/stories and the five articles left out in turn."""

ROW_SCORE_SAME_ARTICLE = 0.3
"""Probability from which two claims of one article may share a row: the one repeats the other."""

ROW_SCORE_SHOWN = 0.3
"""Score of a row from which readers see it without asking."""

ROW_SCORE_LOOSE = 0.15
"""Score of a row from which it is kept at all, for readers who ask for less strictness."""

ROW_CUT_LOOSE = 0.1
"""Mean probability at which claims that no shown row has share a row."""

ROW_SCORE_INSIDE = 0.71
ROW_SCORE_RARE = 0.8
ROW_SCORE_TITLE = 0.5
"""Scores of rows that a rule makes: share right of those it makes on the five articles, the example and the made-up stories
(4 of 5, 3 of 3, 2 of 4), one right and one wrong added because they are few."""

ROW_DECIDED_SCORE = 0.9
"""Least probability of a pair that a person put into one row."""

ROW_GUEST_SCORE = 0.45
"""Mean probability from which a claim joins a second row, of another proposition that it states as well."""

ROW_GUEST_SCORE_ALONE = 0.45
"""The same for a claim that no row has: the two then make a row."""

ROW_PAIR_FLOOR = 0.05
"""Probability below which two claims of one row are not judged against each other."""

RELATED_LIKENESS = 0.14
"""Cosine of two articles, by background rarity alone, below which they have nothing to do with each other. Of public news
in known events, 1.5 % of articles are then cut off from all others of theirs, and 1 % of unrelated pairs pass."""

LABEL_LETTERS = 90
"""Characters of the longest row label."""

LABEL_LETTERS_GOOD = 60
"""Characters up to which a label is short; longer wordings lose what stands around their main clause."""

LABEL_FIT = 0.75
"""Share of the best claim's fit to its row that a claim must have for its wording to name the row."""

LABEL_WORDS = 4
"""Words of the shortest wording that is taken for a clear label."""

BACKGROUND_WEIGHT = 100.0
"""Articles that the background collection counts for beside the articles given, when rarity is judged for stories."""

STORY_DAYS_UNKNOWN = 30.0
"""Days taken to lie between two articles of which one is undated."""

STORY_DAYS_NEAR = 2
"""Days within which reports of one event mostly appear."""

EXPLAINED_FROM = 0.2
"""Score from which a pair's parts are written out; below, nobody asks why."""

LEAD_LETTERS = 600
"""Characters of headline and opening that count as the lead of an article."""

QUOTE_LETTERS = 8
"""Characters of the shortest quotation that is compared: one quoted word is a term, not an utterance."""

QUOTE_RATIO = 65.0
"""RapidFuzz ratio from which two quotations of one speaker count as alike. By hand on own-word pairs."""

QUOTE_SHORT_WORDS = 4
"""Telling words up to which a quotation counts as short: one word in common then says much."""

UTTERANCE_RATIO = 45.0
"""RapidFuzz ratio of what is reported from which one speaker's claims of one row are one utterance. By hand; a translation
of a sentence shares about half its stems."""

UTTERANCE_DAYS = 3
"""Days between two reports that may give one utterance."""

NEAR_DUPLICATE_RATIO = 85.0
"""RapidFuzz ratio of resolved wordings from which two claims are scored whatever words they share."""

NEAR_DUPLICATE_REACH = 8
"""Neighbours in sorted order that a claim is compared with to find near-duplicates."""

STORY_FEW = 12
"""Articles up to which a collection is grouped by the weights for a handful; drawn collections of up to about ten."""

ROW_MEMBER_SCORE = 0.35
"""Mean probability with the claims of other articles below which a claim is left out of its row; precision first."""

TAUGHT_STEP = 0.15
"""Log-odds a spread of a feature by which reviewed pairs may move its weight before they are held back: about a tenth of the
weightiest shipped ones."""

TAUGHT_START = 0.5
"""The same for how often two statements say the same at all."""

TAUGHT_LEAST = 10
"""Reviewed pairs below which nothing is learned."""

TAUGHT_LEAST_OF_A_KIND = 3
"""Reviewed pairs of either kind (the same, not the same) below which nothing is learned."""

TAUGHT_FOLDS = 5
"""Parts into which decisions are cut to see whether what is learned from some helps with the others."""

# --- 5 relation (hand-set on the development half of tests/quality/relations.jsonl, precision of `conflict` first) ---

NEGATION_REACH = 5
"""Words that a negation reaches over inside its clause."""

MODALITY_REACH = 5
"""Words before a verb that are looked at for will, may, if, urged."""

ARGUMENT_REACH = 8
"""Words on either side of a verb that count as what it is about."""

SAME_THING_OVERLAP = 1
"""Content words that two opposite statements must share beside the opposites themselves."""

ABOUT_SHARE = 0.15
"""`about 200` stands for 200 give or take this share."""

NUMBER_FLOOR_RATIO = 1.25
"""Two floors ("at least 20", "at least 45") further apart than this are materially different."""

CONVERSION_SHARE = 0.06
"""Ten miles and sixteen kilometres: converted values this near are one value, rounded."""

COUNTED_REACH = 12
"""Words around a number in which the word stands that says what happened to those counted."""

UPDATE_DAYS = 2
"""Days between two publications from which a plan that is told otherwise has changed rather than been misreported."""

SAME_WORDS_RATIO = 85.0
"""RapidFuzz token_sort_ratio from which two contents are the same words."""

SAME_ROLE_RATIO = 84.0
"""RapidFuzz token_sort_ratio from which two titles are one title in two spellings."""

DATE_REACH = 6
"""Words between a date and the verb it dates."""

SAME_SCENE_RATIO = 62.0
"""RapidFuzz token_sort_ratio of what is left when the places are taken out, from which it is one act in two places."""

DISPUTE_REACH = 40
"""Characters between "denied" and "the report" within which the one is about the other."""

NEGATION_COVERAGE = 0.5
"""Share of the shorter statement's words that the other must have before a negation in one contradicts the other."""

OBJECT_REACH = 6
"""Words after a verb, inside its clause, that say what it acts on."""

SAME_STATEMENT_COVERAGE = 0.6
"""Share of the shorter statement's words that the other must have before dates without a verb near are compared."""

TITLES_HELD_APART = 4
"""Different titles of one person that a row tells apart."""

DENIAL_REACH = 3
"""Claims back in one article in which what a denial answers may stand. By hand on the five articles."""

INSIDE_LABEL = 90
"""Characters of the longest label of a row inside one article."""

CLOCK_SLACK = 10
"""Minutes by which two times of day of one thing may lie apart before they exclude each other."""

ROUND_SHARE = 0.15
"""Share of a round number by which the exact one may differ: 12,000 stands for 12,340, 1 million not for 550,000."""

CONDITION_COVERAGE = 0.75
"""Share of the shorter statement's words that the other must have before a condition in one counts whatever they speak of."""

OCCASION_DAYS = 60
"""Days between a date told as past and one told as to come, from which they are two occasions."""

STANCE_WORDS = 10
"""Words that each of two bare statements must have before the fitted stance model is asked. By hand."""

SWAP_COVERAGE = 0.75
"""Share of the shorter statement's words that the other must have before swapped actors exclude each other."""

RELATION_SCORE = 0.45
"""Probability of one proposition from which two claims of a row may be said to conflict or diverge."""

OWN_MODEL_SURE = 0.9
OWN_MODEL_LEANS = 0.6
"""Probability from which a model of the user's own excludes, and from which it is heard at all. By hand, precision first."""

OWN_MODEL_TOKENS = 256
"""Tokens of a pair beyond which it is cut off for a model of the user's own."""

OWN_MODEL_BATCH = 32
"""Pairs that a model of the user's own is asked in one go."""

RARE_SCORE = 0.5
"""Probability given to a pair that only a rare thing joins: the bar of a row, no more."""

RARE_SHARED_BODY = 4
RARE_SHARED_MEASURE = 2
"""Words, actors and axes shared beside a rare body or measure. By hand on the five articles."""

ORIGIN_SHINGLE_WORDS = 5
"""Words of a run that two reports are compared by."""

ORIGIN_OVERLAP = 0.6
"""Share of the shorter claim's runs that another outlet's claim has too, from which one was taken from the other. Of 5,942
pairs of sentences on one event (ECB+, eight runs or more) 97.2 % share less than .3, .3 % from .6 to .7, 1 % more than .8:
the valley between telling the same and copying. Of 1,470 pairs of ClaimDiff 99.9 % share less than .2, the rest over .9."""

ORIGIN_SHINGLES_LEAST = 8
"""Runs that the shorter claim must have: of eleven words or fewer too many are needed to say the matter at all."""

ORIGIN_NAMED_WORDS = 3
"""Capitalised words and numbers of a run from which it is a name or a date that every report needs, and does not count."""
