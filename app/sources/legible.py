"""Whether characters are a text that somebody wrote, or bytes that happen to fit an encoding: nearly any bytes fit UTF-16."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

__all__ = ["legible"]

MOST_STRANGE = 0.1
"""Share of characters that are strange in a text, spaces left out. Of random bytes read as UTF-16 it is two thirds, as any of the
other encodings of East Asia a third; of articles in those less than a fiftieth, names in old characters included."""
_LOOKED_AT = 20_000
_SIGNS = frozenset("$£€¥₩¢%+=<>|~^`°§©®™…·•→←↑↓■□●○◆◇▲△▼▽★☆※№½¼¾²³×÷±")
_COMMON_HAN = (("gb2312", 0xFF), ("shift_jis", 0x97), ("big5", 0xC6), ("euc_kr", 0xFF))
"""Encodings that hold the characters in daily use, and up to which first byte they do."""


def legible(text: str) -> bool:
    r"""Whether few enough of its characters are strange: in no daily use, of a third script, or none at all.

    >>> legible("Двенадцать человек погибли, когда паром затонул."), legible("곭漠\ue0f6첞⟥쯳쥅쀦㝯뺗麲Ⱶ㷩咾䙤")
    (True, False)
    """
    counted = Counter(text[:_LOOKED_AT])
    scripts = Counter[str]()
    strange = every = 0
    for c, many in counted.items():
        script = _script(c)
        if script == "space":
            continue
        every += many
        if script == "strange":
            strange += many
        elif script != "any":
            scripts[script] += many
    strange += sum(many for _, many in scripts.most_common()[2:])
    return strange <= MOST_STRANGE * every


@lru_cache(maxsize=8192)
def _script(c: str) -> str:
    """The script of a letter; "any" for what stands in texts of each, "strange" for what stands in none."""
    kind = unicodedata.category(c)
    if c.isspace() or c == "\ufeff":
        return "space"
    if kind[0] == "L":
        script = unicodedata.name(c, "none").split()[0]
        match script:
            case "LATIN":
                return "any"
            case "CJK":
                return "Han" if any(_is_in(c, *common) for common in _COMMON_HAN) else "strange"
            case "HANGUL":
                return "Hangul" if _is_in(c, "euc_kr", 0xFF) else "strange"
            case "HIRAGANA" | "KATAKANA" | "KATAKANA-HIRAGANA":
                return "Kana"
            case "HALFWIDTH":
                return "strange"
            case "FULLWIDTH":
                return "any"
        return script
    return "any" if kind[0] in "MNPZ" or c in _SIGNS or kind == "Cf" else "strange"


def _is_in(c: str, encoding: str, up_to: int) -> bool:
    try:
        found = c.encode(encoding)
    except UnicodeEncodeError:
        return False
    return found[0] <= up_to
