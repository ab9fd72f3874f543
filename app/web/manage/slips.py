"""One-time passwords for many at once: made at most forty at a time, shown once in the PDF that answers, kept nowhere."""
from collections.abc import Sequence
from datetime import timedelta

from flask import render_template, request, url_for

from app import clock, passwords
from app.exports import slips as paper
from app.exports.slips import Slip
from app.extensions import db
from app.models import User
from app.models.people import SLIP_HOURS
from app.queries import people as queries
from app.queries.people import PersonFilter
from app.rules import Refused
from app.rules.access import ROLE_LABELS, Role
from app.rules.words import listed
from app.web.gate import me, must
from app.web.jinja import format_instant
from app.web.listing import page_of
from app.web.manage import people
from app.web.regency import regency
from app.web.season import today, zone
from app.web.sending import attached

AT_ONCE = 40    # five pages of eight; about a second of hashing
MOST_NAMED = 5
FIRST = {       # what to do after signing in, for the role that asks most of somebody
    Role.OPERATOR: "Tugas Anda: mencatat inovasi, mengisi indikatornya, dan melampirkan bukti.",
    Role.HEAD: "Tugas Anda: membaca dan mengesahkan usulan sebelum diajukan.",
    Role.REVIEWER: "Tugas Anda: memeriksa usulan baris demi baris di menu Verifikasi.",
    Role.COORDINATOR: "Tugas Anda: membagi, menyetujui, dan mengirim usulan.",
    Role.LEADER: "Di Dasbor Anda membaca perkiraan indeks dan siapa yang belum bergerak.",
    Role.ADMIN: "Tugas Anda: mengurus akun, perangkat daerah, dan periode di menu Kelola.",
}


@people.get("/slip-massal")
def slips():
    must("person.manage")
    chosen = PersonFilter.read(request.args)
    query = chosen.ordered(chosen.narrow(queries.to_get_slips(me()), clock.now()))
    page = page_of(query, chosen.page, lambda n: url_for(".slips", **chosen.args(page=n)), size=AT_ONCE)
    roles = queries.by_person(db.session.execute(queries.roles_of([row.id for row in page.items])))
    return render_template("manage/people/slips.html", page=page, chosen=chosen, roles=roles, labels=ROLE_LABELS, at_once=AT_ONCE)


@people.post("/slip-massal")
def make_slips():
    must("person.manage", write=False)
    asked = whoever_is_asked()
    given = {id: passwords.one_time_password() for id in asked}
    hashed = {id: passwords.hash_password(password) for id, password in given.items()}  # before the writing transaction, which is short
    found = wanted(asked)
    content = printed(found, given)
    must("person.manage")
    for user in wanted(asked):
        user.give_slip(hashed[user.id], me())
    for session in db.session.scalars(queries.open_sessions_of(asked)):
        session.end()
    db.session.commit()
    return attached(content, f"slip-{found[0].username}-{len(found)}-akun.pdf")


def whoever_is_asked() -> dict[int, int]:
    """By account id the last change the page knew of: one page makes one set of slips."""
    asked = {}
    for said in request.form.getlist("akun"):
        id, _, seen = said.partition(":")
        if id.isdecimal() and seen.isdecimal() and len(said) < 20:
            asked[int(id)] = int(seen)
    if not asked:
        raise Refused("Pilih paling sedikit satu orang.")
    if len(asked) > AT_ONCE:
        raise Refused(f"Sekali buat paling banyak {AT_ONCE} slip. Kurangi pilihannya.")
    return asked


def wanted(asked: dict[int, int]) -> Sequence[User]:
    """In the order of the list. Refused when an account changed since the page was made."""
    now = {row.id: row.changed for row in db.session.execute(queries.to_get_slips(me()).where(User.id.in_(asked)))}
    users = db.session.scalars(queries.whole().where(User.id.in_(asked)).order_by(*PersonFilter.ORDERS["name"])).unique().all()
    if changed := [user.name for user in users if now.get(user.id) != asked[user.id]]:
        more = [f"{len(changed) - MOST_NAMED} lainnya"] if len(changed) > MOST_NAMED else []
        raise Refused(f"Akun {listed([*changed[:MOST_NAMED], *more])} berubah sejak halaman ini dibuka, atau slipnya baru saja dibuat. Slip yang "
                      "sudah terunduh tetap berlaku; daftar di bawah sudah yang terbaru.")
    if not users:
        raise Refused("Pilih paling sedikit satu orang.")
    return users


def printed(users: Sequence[User], given: dict[int, str]) -> bytes:
    settings = regency()
    until = format_instant(clock.now() + timedelta(hours=SLIP_HOURS), zone())
    return paper.slips([slip(user, given[user.id], until) for user in users], settings.address or address(),
                       f"{settings.office}, {settings.contact}", "Slip kata sandi sementara", settings.office, today())


def slip(user: User, password: str, until: str) -> Slip:
    held = [Role(membership.role) for membership in user.memberships]
    first = next((FIRST[role] for role in FIRST if role in held), "")
    return Slip(user.name, [f"{ROLE_LABELS[Role(one.role)]}, {one.unit.name}" for one in user.memberships], user.username, password, until, first)


def address() -> str:
    """What others type to get here; nothing where this page was opened on the server itself."""
    return "" if request.host.startswith(("127.", "localhost", "[::1]")) else request.host_url
