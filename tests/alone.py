"""No test, and so nothing of the app that any test runs, asks anything of another machine: whoever tries fails the test on the spot."""
import socket
from functools import wraps
from ipaddress import ip_address

METHODS = {"connect": -1, "connect_ex": -1, "sendto": -1}  # of a socket: where the address stands among the arguments
QUESTIONS = ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr")  # of the module: a name to look up comes first


class AskedOutside(BaseException):
    """Not an Exception: no `except` of the app may swallow it."""


def stay() -> None:
    """From here on, for the life of this process."""
    for name, place in METHODS.items():
        setattr(socket.socket, name, _checked(getattr(socket.socket, name), name, place))
    for name in QUESTIONS:
        setattr(socket, name, _checked(getattr(socket, name), name, 0))


def is_here(place) -> bool:
    """A path of this machine, or one of its own addresses."""
    host = place[0] if isinstance(place, tuple) else place
    if not isinstance(host, str) or host in ("", "localhost") or (place is host and host.startswith("/")):
        return True
    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _checked(asked, name: str, place: int):
    @wraps(asked)
    def ask(*args, **named):
        if not is_here(args[place]):
            raise AskedOutside(f"{name} {args[place]}")
        return asked(*args, **named)
    return ask
