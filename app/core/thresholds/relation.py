"""Tunable numbers of stage 5, rows to relations. What evidence is worth is fitted (relation/worth.json); these are hand-set."""

TOLD_FROM = 0.7
"""Probability from which a conflict, a divergence or a change is told as one."""

AGREED_FROM = 0.8
"""The same for an agreement, so that nine in ten that are told are right: of what would be told from .7 to .8 seven in ten are."""

UNSURE_FROM = 0.3
"""Probability of a difference from which two claims are not said to agree, but left to the reader."""

PLAIN_REST = 0.8
"""Share of all words beside those at odds that two statements have in common, from which nothing but these tells them apart."""

PLAIN_WORTH = 0.8
"""What evidence between two such statements is worth at least. By hand: real stories hold too few to measure it."""

NEAR_WORDS = 4
"""Words on either side of a number or a date that tell what it belongs to."""

VAGUE_REACH = 10
"""How many times the least that it says "dozens" or "hundreds" reaches, beside another "more than": hundreds are no 2,000."""

UPDATE_DAYS = 1
"""Days between two publications from which what is told otherwise may have changed meanwhile."""

CLOCK_SLACK = 10
"""Minutes by which two times of day of one thing may lie apart before they differ."""

SAME_WORDS_RATIO = 85.0
"""RapidFuzz token_sort_ratio from which two contents are the same words."""

SAME_WORDS_LEAST = 4
"""Words of a content below which it may be anybody's."""

OWN_MODEL_LEANS = 0.6
"""Probability from which a model of the user's own is heard at all. By hand, precision first."""

OWN_MODEL_TOKENS = 256
"""Tokens of a pair beyond which it is cut off for a model of the user's own."""

OWN_MODEL_BATCH = 32
"""Pairs that a model of the user's own is asked in one go."""

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

CONVERSION_SHARE = 0.06
"""Ten miles and sixteen kilometres: converted values this near are one value, rounded."""

MORE_THAN_STEPS = 2
"""How many of its own steps above itself a number with "more than" or "at least" reaches, beside another such: 26,000 to 28,000.
By hand."""

ROUND_SHARE = 0.15
"""Share of a round number by which the exact one may differ: 12,000 stands for 12,340, 1 million not for 550,000."""

RELATION_SCORE = 0.3
"""Score of two bare statements from which a difference between them is told, though they are not aligned. By hand."""

CLOSE_RATIO = 0.35
"""Logarithm of how many times one number is the other, below which two tell of the same thing more often than not."""

CLOSE_DATES = 1.0
"""How many units of the coarser of their grains two dates lie apart, up to which two tell of the same thing more often than not."""

FAR_DATES = 5.0
"""The same from which nothing speaks for it."""

FAR_RATIO = 0.7
"""The same from which nothing speaks for it."""

SLOT_LIKENESS = (0.45, 0.8)
"""Cosine of two places in their sentences, as the encoder sees them without the words that stand there, from which they are
a little, and from which they are surely, one slot."""

HELD_IN_PART = 0.3
"""Share of the words of the shorter statement that the other has too, from which the two state a part of the same for sure: below, they may
only be of one speaker or one day."""

SURE_LINK = 4.5
"""Log-odds of one proposition from which more changes nothing."""

PLAIN_REST_ASKED = 0.3
"""The same as `PLAIN_REST` for two statements that somebody asks about: they are meant to be of one matter."""

ONE_PHRASE_WORDS = 4
"""Words of the longest phrase in which two statements may differ and still be told apart by that alone."""

ACCUSED_PREPOSITION = 6
"""Words behind "charged" within which a "with" says that it is an accusation."""

ACCUSED_SHARE = 0.5
"""Share of the words behind an accusation that the other side tells too, from which it tells what somebody is accused of. By hand."""

TAKEN_BACK_REACH = 4
"""Content words behind "withdrew" or "corrected" within which the report stands that is taken back."""

STANCE_WORDS = 8
"""Words of the shorter statement from which one may back or weaken the other: of fewer only what they state can be compared."""

SILENT_WORTH = 0.95
"""How often two claims of a row agree where no guard finds anything; measured on 32 real stories, each left out."""
