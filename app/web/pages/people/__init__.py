"""Signing in and out, one's own account, and the people of this Parallax.

sign_in.py  `/sign-in`: a token is the password · single.py  `/sign-in/oidc`: by the issuer of the house · account.py  `/account`: one's own tokens · admin.py  `/people`, for admins
"""

from __future__ import annotations

from fastapi import APIRouter

from app.web.pages.people import account, admin, sign_in, single
from app.web.pages.people.account import AccountPage
from app.web.pages.people.admin import PeoplePage
from app.web.pages.people.sign_in import SignInPage

__all__ = ["AccountPage", "PeoplePage", "SignInPage", "router"]

router = APIRouter()
for page in (sign_in, single, account, admin):
    router.include_router(page.router)
