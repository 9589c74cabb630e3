"""Who says it, on five real articles: speakers right of those labelled, by article.

usage: speakers.py FOLDER [--reader auto|rules] [--wrong]

FOLDER holds the article files and manifest.csv. The labels (speakers.json) name sentences by a digest of their folded
words, so no sentence of those articles stands in the project. A label counts as right when some claim of its sentence
has that speaker in its chain of attributions.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from datetime import date
from pathlib import Path

from app import pipeline
from app.core.article import articles_of
from app.core.claims import read_claims
from app.core.claims.sentences import split_sentences
from app.core.language import LanguageReader, load_reader
from app.core.lexicon.outlets import load_outlets
from app.core.records import Page
from app.core.text import fold

LABELS = Path(__file__).with_name("speakers.json")


def digest(sentence: str) -> str:
    """The same for a sentence however its quotes, blanks and case are set."""
    return hashlib.sha256(" ".join(re.findall(r"\w+", fold(sentence))).encode()).hexdigest()[:10]


def measure(folder: Path, reader: LanguageReader) -> dict[str, tuple[int, int, list[str]]]:
    """For each file: labels right, labels in all, and what went wrong."""
    labels: dict[str, dict[str, list[str]]] = json.loads(LABELS.read_text(encoding="utf-8"))["speakers"]
    out = {}
    for name, wanted in labels.items():
        right, wrong = 0, []
        found: dict[str, set[str]] = {}
        texts: dict[str, str] = {}
        for page in pipeline.read_targets([str(folder / name)], manifest=folder / "manifest.csv"):
            assert isinstance(page, Page), page
            for article in articles_of(page, load_outlets(), date(2026, 1, 1)):
                claims = [c for c in read_claims(article, reader).claims if c.where == "body"]
                for sentence in split_sentences(article.text):
                    keys = {
                        a.speaker.key
                        for c in claims
                        if c.start < sentence.end and c.end > sentence.start
                        for a in c.attributions
                        if a.speaker
                    }
                    found.setdefault(digest(sentence.text), set()).update(keys)
                    texts[digest(sentence.text)] = sentence.text
        for sentence_digest, speakers in wanted.items():
            got = found.get(sentence_digest, set())
            for speaker in speakers:
                if got & set(speaker.split("|")):
                    right += 1
                else:
                    wrong.append(
                        f"{speaker} not in {sorted(got)}: {texts.get(sentence_digest, '(sentence not found)')[:80]}"
                    )
        out[name] = (right, sum(len(s) for s in wanted.values()), wrong)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reader", default="auto")
    parser.add_argument("--wrong", action="store_true", help="show what was missed")
    args = parser.parse_args()
    reader = load_reader(args.reader)
    results = measure(args.folder, reader)
    for name, (right, total, wrong) in results.items():
        print(f"{name:18} {right:3} of {total}")
        if args.wrong:
            print(*(f"    {w}" for w in wrong), sep="\n")
    right, total = sum(r for r, _, _ in results.values()), sum(t for _, t, _ in results.values())
    print(f"speakers right     {right} of {total} = {right / total:.1%} ({reader.name})")


if __name__ == "__main__":
    main()
