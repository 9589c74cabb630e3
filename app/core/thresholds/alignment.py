"""Tunable numbers of stage 4, claims to rows. Fitted weights live in alignment/weights.json with their provenance."""

LANDMARKS = 600
"""Statements that every other is compared with to see what it resembles at large; more add time, not precision."""

FELLOWS = (6, 60)
"""Statements of like names from which and up to which they are counted beside one: fewer tell nothing, more were never fitted."""

GROUP_SIZES = (20, 60)
"""Statements from which and up to which the size of a group tells whether it mixes incidents; a handful tells nothing."""

CANDIDATES = 60
"""Claims of other articles that each claim of a story is scored against at most: those of the highest cosine of weighed keys.
A pair that is not scored counts as unlike, so fewer would tear the rows of stories with very many reports."""

CANDIDATE_LIKENESS = 0.08
"""That cosine at least. On 32 real stories, each left out, 8 % of the pairs are scored then (33 % by the best sixty of cosines of
words), and the rows hold as many right pairs and fewer wrong ones."""

RANKED_DIGITS = 6
"""Decimals to which likenesses are compared when they are ranked; what differs by less is rounding."""

LEAST_RARITY = 0.05
"""What a word keeps of its weight that every statement of a story has: the central fact is told in such words."""

CLAUSE_PULL = 4.0
"""Log-odds that two statements of a linked pair of claims lose for each unit by which they are less near than its nearest two.
On 32 real stories, each left out: from 4 to 8 the rows found grow by .01 and the pairs found fall by .01."""

CANDIDATE_TERM_CLAIMS = 400
"""Claims of a story that may share a key before it is too common to look pairs up by."""

ROW_SCORE = 0.38
"""Mean probability at which claims share a row. On 32 real stories, each left out, precision and recall of the
pairs are .81 and .44 there, .83 and .43 at .4, .79 and .45 at .36."""

ROW_SCORE_SHOWN = 0.38
"""Score of a row from which readers see it without asking: every row that is made at `ROW_SCORE`. From .5 on 2 % of the labelled
rows of real stories are lost for 1 % of precision."""

ROW_SCORE_LOOSE = 0.15
"""Score of a row from which it is kept at all, for readers who ask for less strictness."""

ROW_CUT_LOOSE = 0.1
"""Mean probability at which claims that no shown row has share a row."""

ROW_SCORE_INSIDE = 0.71
"""Score of a row of two actors at odds inside one article: share right of those on the five articles, the example and made-up
stories (4 of 5), one right and one wrong added because they are few."""

ROW_DECIDED_SCORE = 0.9
"""Least probability of a pair that a person put into one row."""

TURN_DAYS = 7
"""Days after which the opposite decision of the same actor is its reversal and not another account of it. By hand."""

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

STORY_DAYS_FAR = 90
"""Days from which two articles are of one story only with a rare name in common. Tried on 69 hand-grouped events: from 90 on
no pair of one event is lost, from 60 on three.
"""

STORY_RARE_SHARE = 0.08
"""Share of news articles up to which a name is rare: Chicago and Paris still are, Obama is not."""

STORY_TERMS = 40
"""Words and names of an article that it is looked up by when the story of another one is sought."""

STORY_TERM_SHARE = 0.1
"""Share of news articles up to which a word may be one of them."""

STORY_TERM_HOLDERS = 120
"""Articles that may share a word at most for it to tell anything that they do."""

STORY_TOLD = 20.0
"""Shared words, by how much they tell, from which two articles may be of one event. On 383 hand-grouped reports 14 % of pairs share
so much, and the stories are the same as when every pair is asked."""

STORY_DAYS_NEAR = 2
"""Days within which reports of one event mostly appear."""

EXPLAINED_FROM = 0.2
"""Score from which a pair's parts are written out; below, nobody asks why."""

LEAD_LETTERS = 600
"""Characters of headline and opening that count as the lead of an article."""

QUOTE_LETTERS = 8
"""Characters of the shortest quotation that is compared: one quoted word is a term, not an utterance."""

UTTERANCE_RATIO = 45.0
"""RapidFuzz ratio of what is reported from which one speaker's claims of one row are one utterance. By hand; a translation
of a sentence shares about half its stems."""

UTTERANCE_DAYS = 3
"""Days between two reports that may give one utterance."""

STORY_FEW = 12
"""Articles up to which a collection is grouped by the weights for a handful; drawn collections of up to about ten."""

KEPT_LEAST = 12
"""Articles from which what was worked out of a story is kept. Fewer are compared anew each time, which takes seconds."""

GROUND_GROWTH = 1.5
"""How many times the articles of its ground a story may have before all its articles are ground: what is rare in it, and what is
usual, was told by two thirds of them at least."""

CODED_AXES = 32
"""Axes along which vectors that are kept are told more finely. On 32 real stories rows made from such vectors have
P .81 and R .44 of pairs where the vectors themselves give .81 and .43."""

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

ONE_MATTER = 0.86
"""Mean chance (by log-odds) that the pairs asked of one story, articles unknown, are of one incident, from which the story
counts as one matter. Chosen from quantiles: nearly all public stories of contentious claims lie above, most mixtures of
look-alike incidents below; not counted one by one."""

BEARER_LEAD = 4
"""How many times more a story must tell of one bearer of a surname than of all others for the name alone to mean that one.
By hand on the actors of 32 real stories: below it brothers and couples would be joined."""
