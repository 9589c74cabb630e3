"""Tunable numbers of stage 3, article to claims."""

SUBHEAD_WORDS = 7
"""Words; a line up to this long that ends in no mark is a label. By hand, on 84 public news texts: longer ones state something."""

WRAPPED_LINE_MIN = 45
WRAPPED_LINE_MAX = 100
"""Characters; lines all within these bounds are one text wrapped at a width. By hand: mail and terminals wrap at 60 to 80."""

SENTENCE_CHARS = 1_200
"""Characters; what runs on longer is no sentence and is read in pieces. Of 15,000 sentences of 467 public articles the longest
true one has 1,014; without a bound a page of noise would hold the reader for minutes."""

ARTICLES_A_BATCH = 64
"""Articles (or bare statements) whose sentences are parsed in one go: enough to keep the model busy, little memory."""

FRAME_REACH = 12
"""Tokens after a reporting verb in which its own words ("reporters in Bangkok on Friday") may end. By hand."""

PHRASE_REACH = 15
"""Tokens of the longest apposition after a name ("Kim, an official at ...,"). By hand."""

CLAUSE_WORDS = 6
"""Tokens that each joined main clause must have before a sentence is cut in two claims. By hand: shorter ones lean on the other."""

CLAUSE_STATES_WORDS = 4
"""Words from which a part of a sentence is a statement of its own; two are enough with a figure. By the labels of real
stories: with it 72 of 100 labelled passages have a clause that overlaps them by more than half, with sentences 47."""
BARE_QUOTE_WORDS = 4
"""Words in quotation marks that make a sentence somebody's, though nothing says whose. By hand: fewer are titles and labels."""

CARRIED_SHARE = 0.4
"""Share of a sentence that its opening quotation fills when the speaker quoted before it is taken to go on. By hand."""

NESTED_LOGIT = 0.6
"""Log-odds from which an attribution inside another counts, taken without its nestedness. PolNeAR, documents held out:
end2end F1 .669 with it, .673 without (its annotators leave nested ones out)."""

UNDOING_LOGIT = 0.1
"""Log-odds that a report has at the least which the text itself calls wrong or denied: without a frame it would stand as told. Not fitted."""

FOCUS_REACH = 2
"""Sentences back in which a pronoun that nobody speaks by may find whom it means. By hand on public articles: beyond it one
in four is wrong."""

PRONOUN_REACH = 4
"""Sentences back in which "he", "they", "it" may find whom they mean. By hand on the five articles."""

DESCRIPTION_REACH = 12
"""Sentences back in which "the aide", "the paper" may find whom they mean. By hand on the five articles."""

QUOTED_SHARE = 0.5
"""Share of the reported words inside quotation marks from which an attribution counts as quoted."""

SIGNATURE_CHARS = 80
"""Characters of a line below a quotation that may be a dash and the speaker's name."""

ENCODED_PIECES = 160
"""Word pieces of a claim that the encoder reads; what lies behind them has no vectors. One claim in a thousand is longer."""

ENCODED_KEPT = 120_000
"""Word pieces whose vectors are kept in memory between comparisons: about 190 MB, three thousand claims."""
MOST_DIGITS = 15
"""Digits; longer runs are serial numbers, and more than a float holds to the unit. A number read is always finite."""

MOVE_REACH = 10
"""Tokens back from "by 12", "from 12" or "to 45" in which the word stands that says what rose or fell. By hand."""

FATE_REACH = 8
"""Tokens between a number's noun and the verb that says what became of those counted. By hand."""

OLDEST = 122
"""Years; the greatest age that a number beside a name can be."""

MEASURE_REACH = 9
"""Tokens back from an amount in which the noun or verb stands that says what it measures. By hand."""

NEWS_DAYS = 60
"""Days around publication in which a day told without a year is that of the news, whatever year the article gives it elsewhere."""

MOST_GOALS = 999
"""The highest number on either side of a result; larger ones with a dash between are a range."""

MOST_TIMES = 200
"""How many times the first the second of two numbers can be for them to be a range ("5 to 10", not "3 to 45,000"). By hand."""

ABOUT_SHARE = 0.15
"""`about 200` stands for 200 give or take this share."""
