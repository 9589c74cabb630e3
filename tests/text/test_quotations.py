"""Where quotations are, with marks of every kind and wrong ones."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text import find_quotes

CASES = {
    "curly": ("He said “we go” today.", ["“we go”"]),
    "straight": ('He said "we go" today.', ['"we go"']),
    "wrong-opening": ("”Fear is bad,” he said.", ["”Fear is bad,”"]),
    "doubled-single": ("He said ''we will go'' today.", ["''we will go''"]),
    "single": ("He said 'we will go now' today.", ["'we will go now'"]),
    "apostrophes": ("Seoul‘s move and Tokyo's reply weren't the '90s.", []),
    "guillemets": ("Il a dit «nous partons» hier.", ["«nous partons»"]),
    "two": ("“One,” he said. “Two.”", ["“One,”", "“Two.”"]),
    "inner": ("“He said ‘go’ twice,” she said.", ["“He said ‘go’ twice,”"]),
    "inches": ('A 5" pipe broke.', []),
    "plural-owner-inside": ("‘The road is a risk to drivers’ health.’", ["‘The road is a risk to drivers’ health.’"]),
    "two-plural-owners": (
        "They spoke of ‘miners’ rights’ and ‘farmers’ debts’.",
        ["‘miners’ rights’", "‘farmers’ debts’"],
    ),
    "plural-owner-and-a-close": ("‘The nurses’ pay will rise,’ she said.", ["‘The nurses’ pay will rise,’"]),
    "closes-behind-a-plural": ("‘Nobody told the families’, she said.", ["‘Nobody told the families’"]),
    "closes-behind-a-plural-without-comma": ("‘They took the boats’ she said.", ["‘They took the boats’"]),
    "plural-owner-behind": ("The porters’ pay is ‘a scandal’, and the cooks’ too.", ["‘a scandal’"]),
    "names-in-s": ("Jones’ car hit Davis’ van.", []),
    "decade-and-owner": ("The '90s and the drivers' strike are over.", []),
    "clipped-word": ("'Twas the week of the workers' march.", []),
}


@pytest.mark.parametrize(("text", "wanted"), CASES.values(), ids=CASES)
def test_found(text, wanted):
    assert [text[q.start : q.end].strip() for q in find_quotes(text)] == wanted


@pytest.mark.parametrize("text", ["“We go”", "''We go''", '"We go"', "‘We go’", "« We go »"])
def test_inner_words(text):
    (quote,) = find_quotes(text)
    assert text[slice(*quote.inner(text))] == "We go"


def test_a_quotation_left_open_goes_on_in_the_next_paragraph():
    first, second = find_quotes("“We waited for hours.\n\n“Nobody came,” she said.")
    assert (first.open, first.continues, second.open, second.continues) == (True, False, False, True)


@given(st.text(alphabet="ab .,\n“”\"'‘’«»", max_size=60))
def test_in_order_without_overlap(text):
    found = find_quotes(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
