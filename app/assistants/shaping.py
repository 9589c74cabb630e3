"""What the store shows, as answers: cut to bounds, with addresses, what comes from outside marked."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from app.assistants import answers
from app.exports.phrases import peoples_changes
from app.store.views import (
    ActorCard,
    ActorRef,
    ArticleRef,
    ClaimView,
    OutletView,
    ReasonView,
    RowView,
    StoryCard,
)

__all__ = ["Shaping", "quoted"]

MOST_CHARS: Final = 1_200
"""Of a claim: few sentences are longer."""
MOST_NAME: Final = 200
MOST_CLAIMS: Final = 12
MOST_REASONS: Final = 8
MOST_SAID: Final = 10


_UNSEEN = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]")
"""What no reader sees and a model reads: tags, turned directions, blanks without width."""


def quoted(text: str, most: int = MOST_CHARS) -> answers.Quoted:
    """Words are handed over as a reader sees them: what is invisible becomes U+FFFD, one for one, so that offsets stay.

    >>> quoted("the pact\U000e0041\u202e", 9).untrusted
    'the pact�'
    """
    return answers.Quoted(untrusted=_UNSEEN.sub("\ufffd", text[:most]), cut=len(text) > most)


def day_in_iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


class Shaping:
    """`site`: the public address without a slash at the end; "" where none is set, so that addresses are paths."""

    def __init__(self, site: str) -> None:
        self._site = site

    def address(self, kind: str, key: object) -> str:
        return f"{self._site}/{kind}/{key}"

    def outlet(self, outlet: OutletView) -> answers.Label:
        return answers.Label(key=outlet.key, name=quoted(outlet.name, MOST_NAME))

    def article(self, article: ArticleRef) -> answers.ArticleAnswer:
        return answers.ArticleAnswer(
            id=article.id,
            address=self.address("articles", article.id),
            outlet=self.outlet(article.outlet),
            headline=quoted(article.headline),
            published=day_in_iso(article.published),
            source=article.url,
            story=article.story_slug,
            excerpt=article.excerpt,
        )

    def claim(self, claim: ClaimView) -> answers.ClaimAnswer:
        return answers.ClaimAnswer(
            id=claim.id,
            address=f"{self.address('articles', claim.article.id)}#c{claim.id}",
            article=claim.article.id,
            outlet=self.outlet(claim.article.outlet),
            published=day_in_iso(claim.article.published),
            part=claim.where,
            start=claim.start,
            end=claim.end,
            text=quoted(claim.text),
            said=tuple(
                answers.SpeakerAnswer(
                    speaker=a.speaker.key if a.speaker else None,
                    name=quoted(a.speaker.name if a.speaker else a.text, MOST_NAME),
                    quoted=a.quoted,
                )
                for a in claim.attributions[:MOST_SAID]
            ),
            dates=tuple(d.value for d in claim.dates[:MOST_SAID]),
            row=claim.alignment_id,
            verdict=claim.status.value if claim.status else None,
        )

    def reason(self, reason: ReasonView) -> answers.ReasonAnswer:
        return answers.ReasonAnswer(
            dimension=reason.dimension.value,
            outcome=reason.outcome.value,
            a=quoted(reason.a, MOST_NAME),
            b=quoted(reason.b, MOST_NAME),
            say=quoted(reason.say),
        )

    def row(self, row: RowView, story: str, first: int = 0) -> answers.RowAnswer:
        """With as many of its claims as an answer holds, from the `first` on."""
        claims = [c for cell in row.cells for c in cell.claims]
        shown = claims[first : first + MOST_CLAIMS]
        onward = first + len(shown)
        return answers.RowAnswer(
            id=row.id,
            address=self.address("alignments", row.id),
            story=story,
            label=quoted(row.label),
            verdict=row.status.value,
            probability=row.probability,
            decided_by_people=row.decided,
            between=row.between.value if row.between else None,
            differs=quoted(row.summary),
            reasons=tuple(self.reason(r) for r in row.reasons[:MOST_REASONS]),
            outlets=row.outlets,
            independent_origins=len(row.origins),
            claims=tuple(self.claim(c) for c in shown),
            claims_total=len(claims),
            next_claim=onward if onward < len(claims) else None,
            people_said=tuple(quoted(said) for said in peoples_changes(row)[-MOST_SAID:]),
        )

    def story(self, card: StoryCard) -> answers.Story:
        return answers.Story(
            slug=card.story.slug,
            address=self.address("stories", card.story.slug),
            title=quoted(card.story.title),
            articles=card.articles,
            outlets=tuple(self.outlet(o) for o in card.outlets[:MOST_CLAIMS]),
            first=day_in_iso(card.first),
            last=day_in_iso(card.last),
            rows={status.value: n for status, n in card.counts.items()},
            waiting=card.waiting,
        )

    def actor(self, card: ActorCard) -> answers.ActorAnswer:
        return answers.ActorAnswer(
            key=card.actor.key,
            address=self.address("actors", card.actor.key),
            name=self.name(card.actor),
            kind=card.actor.kind.value,
            role=quoted(card.role, MOST_NAME) if card.role else None,
            claims=card.claims,
        )

    def name(self, actor: ActorRef) -> answers.Quoted:
        return quoted(actor.name, MOST_NAME)
