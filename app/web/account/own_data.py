"""What is kept about oneself, what for and how long; and a copy of it to take along (UU 27/2022)."""
from collections.abc import Iterator
from typing import Any

from flask import render_template

from app import clock
from app.exports import own_data
from app.exports.sheets import Column, Kind, Part
from app.extensions import begin_writing, db
from app.models import Draft, Event, User
from app.queries import drafts, personal
from app.queries.personal import Kept
from app.rules.access import ROLE_LABELS, Role
from app.rules.log import kind_of
from app.web.account import bp
from app.web.gate import me
from app.web.jinja import format_agent
from app.web.season import zone
from app.web.sending import attached
from app.web.sheeting import sentence

FACTS = [Column("Hal", width=30), Column("Isi", width=60)]
ROLES = [Column("Peran", width=20), Column("Perangkat daerah", width=50)]
SESSIONS = [Column("Masuk", Kind.INSTANT), Column("Terakhir dipakai", Kind.INSTANT), Column("Keluar", Kind.INSTANT), Column("Alamat", width=20),
            Column("Peramban", width=30)]
FAILURES = [Column("Waktu", Kind.INSTANT), Column("Alamat", width=20)]
DRAFTS = [Column("Halaman", width=40), Column("Diketik", Kind.INSTANT), Column("Isi", width=80)]
DONE = [Column("Waktu", Kind.INSTANT), Column("Oleh", width=28), Column("Jenis", width=30), Column("Kejadian", width=90), Column("Tentang", width=40)]
PAPERS = [Column("Jenis", width=20), Column("Tanggal", Kind.INSTANT), Column("Nomor", width=30), Column("Tentang", width=50)]


@bp.get("/akun/data-saya")
def own():
    return render_template("account/own_data.html", user=me(), kept=Kept(*db.session.execute(personal.kept_about(me())).one()))


@bp.post("/akun/data-saya")
def take_own():
    """Gathered before the writing transaction opens, which is short."""
    packed = own_data.pack(list(parts(me())), clock.now(), zone())
    begin_writing()
    me().take_own_data()
    db.session.commit()
    return attached(packed, "data-saya.zip")


def parts(user: User) -> Iterator[Part]:
    yield Part("Data diri", FACTS, facts(user))
    yield Part("Peran", ROLES, [(ROLE_LABELS[Role(held.role)], held.unit.name) for held in user.memberships])
    yield Part("Masuk dan keluar", SESSIONS, [(one.started_at, one.seen_at, one.ended_at, one.address, format_agent(one.agent))
                                              for one in db.session.execute(personal.sessions(user))])
    yield Part("Gagal masuk", FAILURES, [tuple(one) for one in db.session.execute(personal.failures(user))])
    yield Part("Ketikan", DRAFTS, [(one.address, one.saved_at, typed(one)) for one in db.session.scalars(drafts.of(user.id))])
    yield Part("Kegiatan", DONE, [happened(event) for event in db.session.scalars(personal.done(user))])
    yield Part("Surat dan berkas", PAPERS, papers(user))


def facts(user: User) -> list[tuple[str, Any]]:
    """The password itself is known to nobody, and the key of the second step is no use to anybody else."""
    return [("Nama", user.name), ("Nama pengguna", user.username), ("NIP", user.nip), ("Jabatan", user.position),
            ("Langkah kedua", "aktif" if user.asks_code else "tidak dipakai"),
            ("Kata sandi", "disimpan sebagai sidik (Argon2id); tidak dapat dibaca siapa pun")]


def typed(draft: Draft) -> str:
    return "\n".join(f"{name}: {text}" for name, texts in draft.fields.items() for text in texts)


def happened(event: Event) -> tuple:
    innovation = event.entry.innovation if event.entry else event.innovation
    return (event.at, event.by.name if event.by else "Sistem", kind_of(event.what), sentence(event), innovation.name if innovation else "")


def papers(user: User) -> list[tuple]:
    return [*(("Surat", *row) for row in db.session.execute(personal.letters(user))),
            *(("Berkas kiriman", *row) for row in db.session.execute(personal.sendings(user))),
            *(("Risalah pendampingan", at, None, unit) for at, unit in db.session.execute(personal.minutes(user)))]
