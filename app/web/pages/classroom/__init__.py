"""The classroom: rows without verdicts, to be judged by a class before it sees what the tool says.

    sheet.py     /stories/{slug}/classroom     one teacher at one screen: nothing is kept, the marks are in the address
    classes.py   /classes/{code}               several groups: each marks for itself, then all is revealed
    desk.py      /classes/{code}/desk          their teacher: by a key of its own, or signed in
    tally.py     what a class marked, held against the tool

Until it is revealed a page holds no verdict, no reason, no colour, no mark in the words, no link to a page that has them,
and rows in an order and under names that give nothing away. It never says that the tool is right.
"""

from fastapi import APIRouter

from app.web.pages.classroom import classes, desk, sheet
from app.web.pages.classroom.classes import ClassPage
from app.web.pages.classroom.desk import DeskPage
from app.web.pages.classroom.sheet import ClassroomPage, RevealedPage

__all__ = ["ClassPage", "ClassroomPage", "DeskPage", "RevealedPage", "router"]

router = APIRouter()
for part in (sheet, classes, desk):
    router.include_router(part.router)
