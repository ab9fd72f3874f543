"""Whether what is typed here can be read on the way: HTTP from another machine. Said to the administrators, who can change it."""
from ipaddress import ip_address

from flask import Flask, current_app, request

from app.models import User
from app.rules.access import Role

WARNING = ("Sambungan ini belum dienkripsi (HTTP): kata sandi dan isian dapat dibaca orang lain di jaringan yang sama. "
           "Pasang HTTPS; langkahnya di Bantuan, panduan HTTPS.")


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(is_exposed=is_exposed, EXPOSED=WARNING)


def is_exposed(user: User) -> bool:
    """To an administrator of a real installation, on a page that came over HTTP from another machine."""
    settings = current_app.config["LUMBUNG"]
    return not (settings.https or settings.training or request.is_secure or _is_this_machine()) and user.has_role(Role.ADMIN)


def _is_this_machine() -> bool:
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
