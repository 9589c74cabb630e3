"""Where an outlet's pages hold body, headline, byline and day, for outlets whose markup does not say it: data, a file an outlet.

NAME.toml    in the words of XPath, each found in the whole page
    name, domains            whose pages they are; a domain holds for what ends in it
    [find] body              the body's paragraphs (a box counts as the paragraphs in it)
           leave_out         what is dropped from the page before anything is looked for
           headline, byline, published    elements or attributes; what is not given is read as of any page
    [sample] file, taken     a page made like the outlet's, in words of our own, and when the outlet's markup was looked at
             headline, bylines, published, begins, ends, paragraphs    what must be found in it
NAME.html    that page

A rule that finds no body in a page is passed over, and the source says so. `faults` names the rules that do not read their
sample any more or were not looked at for a year; `parallax watch rules` prints that. Rules of one's own stand in the folder that
PARALLAX_RULES names, in the same form, and go before these.
"""

from app.sources.outlets.rules import STALE_AFTER, OutletRule, faults, load_rules, rule_for

__all__ = ["STALE_AFTER", "OutletRule", "faults", "load_rules", "rule_for"]
