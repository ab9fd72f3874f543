"""`users`: the way back in when nobody can sign in."""
import click
from flask.cli import with_appcontext
from sqlalchemy import select

from app import passwords
from app.called import called
from app.cli.setup import must_be_ready
from app.extensions import db
from app.models import User
from app.queries import people


@click.group("users", help="Lihat akun dan buat kata sandi sementara.")
def users() -> None:
    pass


@users.command("daftar", help="Tampilkan semua akun dan perannya.")
@with_appcontext
def listing() -> None:
    must_be_ready()
    for user in db.session.scalars(people.whole().order_by(User.username)):
        click.echo(f"{user.username:30} {user.name:35} {user.role_line}{'' if user.is_active else ' (nonaktif)'}")


@users.command("lepas-kode", help="Lepas langkah kedua dari satu akun yang ponselnya hilang.")
@click.argument("username", metavar="NAMA")
@with_appcontext
def drop_code(username: str) -> None:
    must_be_ready()
    user = named(username)
    user.turn_off_totp(by=None)
    end_sessions(user)
    db.session.commit()
    click.echo(f"Langkah kedua {user.username} dilepas dan sesinya diakhiri. Sekarang cukup kata sandi.")


@users.command("slip", help="Buat kata sandi sementara bagi satu akun; ditampilkan sekali.")
@click.argument("username", metavar="NAMA")
@with_appcontext
def slip(username: str) -> None:
    must_be_ready()
    user = named(username)
    if not user.is_active:
        raise click.ClickException(f"Akun {user.username} dinonaktifkan, jadi kata sandi tidak membukanya. Aktifkan dulu lewat halaman Orang.")
    password = passwords.one_time_password()
    user.give_slip(passwords.hash_password(password), by=None)
    end_sessions(user)
    db.session.commit()
    click.echo(f"Kata sandi sementara {user.username}: {password}\nBerlaku tiga hari, diganti saat masuk.")


def named(username: str) -> User:
    user = db.session.scalar(select(User).where(User.username == username.lower()))
    if user is None:
        raise click.ClickException(f"Tidak ada akun bernama {username}. Lihat daftarnya: {called('users daftar')}")
    return user


def end_sessions(user: User) -> None:
    for session in db.session.scalars(people.open_sessions(user)):
        session.end()
