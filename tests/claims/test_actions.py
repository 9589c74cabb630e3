"""What a sentence says is done: class, polarity, modality, who to whom."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.claims.actions import find_actions, find_acts
from app.core.claims.actors import find_actors
from app.core.language import load_reader
from app.core.records import Action

KR, JP, US, PACT = "south-korea", "japan", "united-states", "general-security-of-military-information-agreement"


def read(text: str, reader: str = "auto") -> tuple[Action, ...]:
    (parsed,) = load_reader(reader).parse([text])
    return find_actions(parsed, 0, find_actors(text, [(0, parsed)]))


# id, sentence, class, polarity, modality of the main act
MAIN = [
    ("future", "South Korea said it will terminate its military pact with Japan.", "terminate", "+", "future"),
    ("phrasal", "The government won't pull out of the agreement.", "terminate", "-", "future"),
    ("reversed decision", "Seoul reversed its decision to end the agreement.", "terminate", "-", "future"),
    ("decided not to", "South Korea decided not to renew the pact with Japan.", "extend", "-", "future"),
    ("never", "Tokyo never apologised to Seoul.", "apologise", "-", "fact"),
    ("American spelling", "Tokyo never apologized to Seoul.", "apologise", "-", "fact"),
    ("denied", "Japan denied having apologised to South Korea.", "apologise", "-", "fact"),
    ("double negation", "Japan did not deny that it had apologised.", "apologise", "+", "fact"),
    ("not ruled out", "The club did not rule out signing the striker.", "transfer", "+", "possible"),
    ("not opposed", "Japan did not oppose renewing the pact.", "extend", "+", "possible"),
    ("not in its interest", "Keeping the pact was no longer in the interest of Norvia.", "extend", "+", "possible"),
    ("opposed", "Japan opposes the renewal of the pact.", "extend", "-", "asked"),
    ("resisted", "The union resisted signing the pact.", "sign", "-", "asked"),
    ("a threat not kept", "The rebels have not carried out their threat.", "threaten", "+", "fact"),
    ("no threat made", "The rebels made no threat.", "threaten", "-", "fact"),
    ("forgot the thing", "She has forgotten the launch of the rocket.", "launch_missile", "+", "fact"),
    ("forgot to", "The envoy forgot to sign the pact.", "sign", "-", "fact"),
    ("not for that", "The army did not fire the missile to frighten anybody.", "launch_missile", "-", "possible"),
    ("would not say whether", "Police would not say whether the driver was arrested.", "arrest", "+", "possible"),
    (
        "does not know whether",
        "The clerk does not know whether the council approved the plan.",
        "approve",
        "+",
        "possible",
    ),
    ("not failed", "Japan did not fail to apologise.", "apologise", "+", "fact"),
    ("offered", "Japan offered an apology to South Korea.", "apologise", "+", "fact"),
    ("no noun", "There was no apology from Japan.", "apologise", "-", "fact"),
    ("cessation", "Seoul stopped sharing intelligence with Tokyo.", "share", "-", "fact"),
    ("no longer", "It was no longer in its interest to continue sharing information.", "share", "-", "fact"),
    ("refusal", "The ministry refused to extend GSOMIA.", "extend", "-", "fact"),
    ("asked", "Washington urged Seoul to keep the pact.", "extend", "+", "asked"),
    ("asked not to", "Washington urged Seoul not to leave the pact.", "terminate", "-", "asked"),
    ("told that", "She told the press that Oslo would remain in the accord.", "extend", "+", "future"),
    ("frame", "Oslo pledged to drop a World Trade Organization complaint against Chile.", "drop_case", "+", "future"),
    ("passive", "The pact was signed in 2016 by Japan and South Korea.", "sign", "+", "fact"),
    ("due to", "The pact was due to expire at midnight.", "terminate", "+", "future"),
    ("list", "Chile removed Peru from its list of preferred suppliers.", "delist", "+", "fact"),
    ("light verb", "Tokyo imposed export restrictions on South Korea.", "restrict", "+", "fact"),
    ("if", "If Japan cancels the curbs, South Korea may extend the pact.", "extend", "+", "conditional"),
    ("unless", "Seoul will extend the pact unless Tokyo cancels the curbs.", "extend", "+", "conditional"),
    ("as a rule, unless", "The pact is renewed every year unless one side gives notice.", "extend", "+", "fact"),
    ("was as a rule, unless", "The pact was renewed automatically unless one side withdrew.", "extend", "+", "fact"),
    ("should they", "Should the talks fail, Seoul will extend the pact.", "extend", "+", "conditional"),
    ("even if", "Seoul will extend the pact even if the talks fail.", "extend", "+", "future"),
    ("done in exchange", "Seoul extended the pact in exchange for talks.", "extend", "+", "fact"),
    ("as long as", "Seoul will suspend the case as long as the talks go well.", "suspend", "+", "conditional"),
    ("conditionally", "The government decided to conditionally extend its pact.", "extend", "+", "conditional"),
    ("subject says nothing", "Seoul's decision to scrap the pact won't matter to voters.", "terminate", "+", "future"),
    ("accused of", "The clerk is accused of robbing the bank.", "rob", "+", "alleged"),
    ("suspected of", "The nurse is suspected of murdering two patients.", "murder", "+", "alleged"),
    ("charged with", "Two men were charged with robbing the bank.", "rob", "+", "alleged"),
    ("on suspicion of", "Police hold a man on suspicion of robbery.", "rob", "+", "alleged"),
    ("allegedly", "The clerk allegedly robbed the bank.", "rob", "+", "alleged"),
    ("found guilty", "Clerk found guilty of robbery", "convict", "+", "fact"),
    ("acquitted", "The court acquitted her.", "acquit", "+", "fact"),
    ("weighed", "Scrapping the pact would make cooperation harder.", "terminate", "+", "possible"),
    ("not only", "The storm not only flooded the town but killed two people.", "flood", "+", "fact"),
    ("failed", "The deal failed to win approval in parliament.", "approve", "-", "fact"),
    ("yet to", "Japan has yet to sign the treaty.", "sign", "-", "fact"),
    ("toll", "Six people were killed and 20 injured when a train crashed.", "kill", "+", "fact"),
    ("court", "The court acquitted him of murder.", "acquit", "+", "fact"),
    ("charges", "Prosecutors dropped the charges against the minister.", "drop_case", "+", "fact"),
    ("business", "Apple will not acquire the company.", "acquire", "-", "future"),
    ("office", "The president refused to resign.", "resign", "-", "fact"),
    ("rates", "The central bank raised interest rates by half a point.", "raise", "+", "fact"),
    ("prices", "Oil prices fell sharply on Monday.", "fall", "+", "fact"),
    ("missiles", "North Korea fired two missiles into the sea.", "launch_missile", "+", "fact"),
    ("nobody", "Nobody was injured.", "injure", "-", "fact"),
    ("sport", "Chelsea beat Arsenal by three goals.", "win", "+", "fact"),
    ("quake", "An earthquake of magnitude six struck the island.", "quake", "+", "fact"),
    ("neither", "The two sides neither met nor talked.", "meet", "-", "fact"),
]

PARTIES = [
    ("subject and object", "Japan removed South Korea from its list of partners.", "delist", JP, KR),
    ("swapped", "South Korea removed Japan from its list of partners.", "delist", KR, JP),
    ("passive agent", "South Korea was removed from the list by Japan.", "delist", JP, KR),
    ("the asked one", "Washington urged Seoul to keep the pact.", "extend", KR, None),
    ("who asks", "Washington urged Seoul to keep the pact.", "urge", US, KR),
    ("pronoun", "South Korea said it will terminate its pact with Japan.", "terminate", KR, None),
    ("government", "The Japanese government denied the report.", "deny", JP, None),
    ("firms are not the state", "Japanese firms denied the report.", "deny", None, None),
    ("treaty as target", "Seoul suspended the termination of GSOMIA.", "terminate", KR, PACT),
    ("possessor", "Tokyo's apology to Seoul came late.", "apologise", JP, KR),
    ("infinitive", "Japan agreed to resume talks with South Korea.", "resume", JP, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cls", "sign", "modality"), [c[1:] for c in MAIN], ids=[c[0] for c in MAIN])
def test_main_act(text: str, cls: str, sign: str, modality: str) -> None:
    main = read(text)[0]
    polarity = "positive" if sign == "+" else "negative"
    assert (main.cls, main.polarity.value, main.modality.value) == (cls, polarity, modality)


# id, sentence, how the word that names the act is printed, polarity and modality of that act
STANDING = [
    ("demanded that it be", "The tenants demanded that the rent be halved.", "halved", "+", "asked"),
    ("demanded that he do", "The committee demanded that the director resign.", "resign", "+", "asked"),
    ("pushed to", "Lawmakers pushed the bank to cut rates.", "cut", "+", "asked"),
    ("warned not to", "The judge warned the witness not to lie.", "lie", "-", "asked"),
    ("told to", "Residents were told to evacuate.", "evacuate", "+", "asked"),
    ("told that", "She told the inspectors that she had shredded the letters.", "shredded", "+", "fact"),
    ("asked if", "A reporter asked if the minister had resigned.", "resigned", "+", "possible"),
    ("asked why", "The mayor asked why the bridge collapsed.", "collapsed", "+", "fact"),
    ("asked outright", "Has the minister resigned?", "resigned", "+", "possible"),
    ("asked outright why", "Why has the minister resigned?", "resigned", "+", "fact"),
    ("suggests that it did", "The paper suggests that the bridge collapsed in May.", "collapsed", "+", "fact"),
    ("suggested that it be", "The panel suggested that the mine be closed.", "closed", "+", "asked"),
    ("insisted that it was", "The union insisted that the driver was sober.", "sober", "+", "fact"),
    ("allegations that", "Allegations that the mayor stole funds were printed.", "stole", "+", "alleged"),
    ("no evidence that", "There is no evidence that the guard fled.", "fled", "+", "possible"),
    ("evidence that", "There is evidence that the guard fled.", "fled", "+", "fact"),
    ("it is false that", "It is false that the minister resigned.", "resigned", "-", "fact"),
    ("it is not the case that", "It isn't the case that the pact was signed.", "signed", "-", "fact"),
    ("it was a lie that", "It was a lie that the pact was signed.", "signed", "-", "fact"),
    ("it is not surprising that", "It is not surprising that the tunnel collapsed.", "collapsed", "+", "fact"),
    ("it is not certain that", "It is not certain that the tunnel collapsed.", "collapsed", "+", "possible"),
    ("unclear if", "It is unclear if the minister resigned.", "resigned", "+", "possible"),
    ("in no way", "The mayor in no way apologised.", "apologised", "-", "fact"),
    ("provided", "The plant will close provided the court agrees.", "close", "+", "conditional"),
    ("subject to", "The sale is subject to approval by regulators.", "sale", "+", "conditional"),
    ("approval it is subject to", "The sale is subject to approval by regulators.", "approval", "+", "conditional"),
    ("in the event of", "In the event of a strike, trains will not stop.", "stop", "-", "conditional"),
    ("had it", "Had the brakes worked, the train would have stopped.", "stopped", "+", "conditional"),
    ("as long as", "The aid will flow as long as the rebels respect it.", "respect", "+", "conditional"),
    ("two in one condition", "If the river rises and the wall breaks, it will flood.", "rises", "+", "conditional"),
    ("beside a condition", "If the bank, which failed in May, is sold, staff leave.", "failed", "+", "fact"),
    ("if they had asked", "He would have signed the deal if they had asked.", "signed", "+", "conditional"),
    ("predicate", "The bridge was not safe.", "safe", "-", "fact"),
    ("no longer", "The road is no longer open.", "open", "-", "fact"),
    ("open to do", "The road will be open.", "open", "+", "future"),
    ("neither", "The road is neither wide nor straight.", "straight", "-", "fact"),
    ("no road", "No road is open.", "open", "-", "fact"),
    ("none of", "None of the wells is dry.", "dry", "-", "fact"),
    ("far from", "The verdict was far from unanimous.", "unanimous", "-", "fact"),
    ("by no means", "The results were by no means final.", "final", "-", "fact"),
    ("did not seem", "The wreck did not seem dangerous.", "dangerous", "-", "fact"),
    ("not but", "The well is not dry, but deep.", "deep", "+", "fact"),
    ("not only but", "The plan was not only legal but fair.", "fair", "+", "fact"),
    ("but not", "The well is dry but not deep.", "deep", "-", "fact"),
    ("may be", "The minister may be ill.", "ill", "+", "possible"),
]


@pytest.mark.parametrize(("text", "word", "sign", "modality"), [c[1:] for c in STANDING], ids=[c[0] for c in STANDING])
def test_how_it_stands(text: str, word: str, sign: str, modality: str) -> None:
    (parsed,) = load_reader("auto").parse([text])
    (act,) = (a for a in find_acts(parsed) if word in text[a.start : a.end].split())
    assert (act.polarity.value, act.modality.value) == ("positive" if sign == "+" else "negative", modality)


@pytest.mark.parametrize("verb", ["asked", "demanded", "urged"])
def test_what_is_asked_for_is_not_done_though_its_content_is_read_alone(verb: str) -> None:
    text = f"The envoy {verb} that the hearing be postponed."
    (parsed,) = load_reader("auto").parse([text])
    (act,) = (a for a in find_acts(parsed, spans=[(text.index("that"), len(text))]) if a.cls == "suspend")
    assert act.modality.value == "asked"


@pytest.mark.parametrize(("text", "cls", "agent", "target"), [c[1:] for c in PARTIES], ids=[c[0] for c in PARTIES])
def test_parties(text: str, cls: str, agent: str | None, target: str | None) -> None:
    act = next(a for a in read(text) if a.cls == cls)
    assert act.agent == agent
    assert target is None or act.target == target


def test_content_spans_shut_the_frame_out() -> None:
    text = "Motegi denied that Japan had apologised to South Korea."
    (parsed,) = load_reader("auto").parse([text])
    book = find_actors(text, [(0, parsed)])
    start = text.index("Japan")
    (act,) = find_actions(parsed, 0, book, [(start, len(text))])
    assert (act.cls, act.polarity.value, act.agent, act.target) == ("apologise", "positive", JP, KR)
    assert find_actions(parsed, 0, book)[0].polarity.value == "negative"


def test_secondary_acts_follow_in_order() -> None:
    acts = read("Seoul put off the expiration of GSOMIA and welcomed the talks.")
    assert (acts[0].cls, acts[0].polarity.value) == ("terminate", "negative")
    assert [a.cls for a in acts[1:]] == ["suspend", "welcome", "talk"]


def test_hyphened_modifiers_are_no_acts() -> None:
    assert "share" not in {a.cls for a in read("The intelligence-sharing pact remains.")}


def test_without_a_model_no_act_is_read() -> None:
    assert read("South Korea will terminate the pact with Japan.", "rules") == ()


_WORDS = st.sampled_from(
    "Japan Seoul never not to apologised deny denied refused extend the pact of GSOMIA if as long unless will may urged killed by people said that “ ” , . no without talks 문재인 its who was".split()
)


@settings(deadline=None, max_examples=50)
@given(st.lists(_WORDS, min_size=1, max_size=14), st.sampled_from(["auto", "rules"]))
def test_any_words(words: list[str], reader: str) -> None:
    text = " ".join(words)
    (parsed,) = load_reader(reader).parse([text])
    book = find_actors(text, [(0, parsed)])
    acts = find_actions(parsed, 0, book)
    assert acts == find_actions(parsed, 0, book)
    assert all(0 <= a.start < a.end <= len(text) for a in acts)
    assert all(key is None or book.actor(key) for a in acts for key in (a.agent, a.target))
