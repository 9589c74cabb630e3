"""Data that people keep and rules read: registries of names, action classes, reporting cues, spelling.

    *.toml        the data, reviewed by hand; each file says in its head what its fields mean
    load.py       reading them, once; what is drawn from them is remembered
    registry.py   states, organisations, institutions, treaties: which form names whom
    actions.py    action classes with opposites, domains and strength
    spelling.py   one spelling for matching
    lint.py       what is wrong with the data, in sentences: a test keeps the list empty

The country package gives names, capitals and demonyms of all states; `states.toml` corrects it.
"""
