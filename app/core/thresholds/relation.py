"""Tunable numbers of stage 5, rows to relations.

Set by hand on the development half of tests/quality/relations.jsonl, precision of `conflict` first.
"""

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

DISPUTE_SHARED = 0.5
"""Share of the content words of what is called wrong ("a report that he would resign") that a statement must hold to be it."""

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
"""Words that each of two statements without articles must have before the fitted stance model is asked. By hand."""

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

STANCE_SCORE = 0.67
"""Probability of one proposition from which guards decide of two statements without articles, and the stance model is not
asked: down to the bar of `aligned` (.58) guards are worse by .008 macro F1 on public pairs held out."""
