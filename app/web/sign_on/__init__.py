"""Single sign-on by OpenID Connect: an issuer says who somebody is, the house says what they may.

The authorisation code flow with PKCE. What a browser began is sealed into a cookie of its own (`begun.py`); the code that it
comes back with is exchanged, and the keys are had (`issuer.py`), over HTTP within bounds (`asking.py`); the ID token is proved and
the person named by it (`proof.py`). What follows is the house's own session, as after signing in by a token.
"""

from __future__ import annotations

from app.web.sign_on.sign_on import SignOn

__all__ = ["SignOn"]
