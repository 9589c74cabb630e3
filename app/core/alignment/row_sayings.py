"""What each feature of a row's pair says, in words a reader understands."""

from __future__ import annotations

__all__ = ["ROW_SAYINGS"]

ROW_SAYINGS: dict[str, tuple[str, str]] = {
    # feature: (said when it speaks for one proposition, when against)
    "rare_concepts": ("They share what is rare in this story.", "What they share, the whole story shares."),
    "rarest_shared": (
        "They share actors, acts or things that hardly another claim names.",
        "They share nothing that sets them apart.",
    ),
    "neighbours_concepts": ("The same other claims resemble both.", "Different other claims resemble them."),
    "reported_words": ("What is stated is told in the same words.", "What is stated is told in other words."),
    "letters": ("Their words look alike.", "Their words do not look alike."),
    "rare_words": ("They share words that are rare in the news.", "They share hardly a rare word."),
    "length": ("A short statement shares all it has.", "With so many words, some are shared by chance."),
    "wording_resolved": (
        "Their wording is alike once names and acts are resolved.",
        "Their wording differs even when names and acts are resolved.",
    ),
    "acts_of_one_actor": ("The same actor does the same kind of thing.", "No actor does the same thing in both."),
    "main_act": ("The main act is of one kind.", "The main acts are of different kinds."),
    "acts_kin": ("They tell of acts that belong together.", "They tell of acts of different kinds."),
    "one_agent": ("The main act is the same actor's.", "The main acts are not one actor's."),
    "one_announcement": (
        "Both tell of one announcement: the same act, the same things, no other actor.",
        "They do not tell of one announcement.",
    ),
    "one_decision": (
        "Both tell of one decision: the same actor decides the same of the same thing.",
        "They do not tell of one decision.",
    ),
    "dates": ("They name the same date.", "They share no date."),
    "figures": ("They name the same figure.", "They share no figure."),
    "values": ("They count the same to the same number.", "They count nothing to the same number."),
    "one_speaker": ("The same speaker says both.", "They are not one speaker's words."),
    "quoted_alike": ("The same speaker is quoted in like words.", "No speaker is quoted in like words in both."),
}
