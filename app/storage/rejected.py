"""The one way a file is turned down: a sentence for the person who sent it."""


class Rejected(Exception):
    """Why a file was refused and what to do about it, in Indonesian, ending in a full stop."""
