"""Decisions as plain functions and tables. Nothing here knows SQL or HTTP."""


class Refused(Exception):
    """A rule said no. The message is written, in Indonesian, for the person who asked."""


class Overtaken(Refused):
    """Somebody else saved the same thing first: the page shows both texts and lets the person choose."""
