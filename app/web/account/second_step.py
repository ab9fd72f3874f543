"""The second step at sign-in: set up with an authenticator app, taken off again."""
from flask import current_app, flash, redirect, render_template, session, url_for
from markupsafe import Markup
from segno import make_qr

from app.extensions import begin_writing, db
from app.rules import Refused, totp
from app.rules.access import Role
from app.rules.tokens import hash_token
from app.web.account import bp, tries
from app.web.account.forms import SecondStepForm
from app.web.account.pages import end_elsewhere, profile, renew_token
from app.web.gate import me
from app.web.regency import regency

DRAWN = "key"  # in the cookie: the hash of the key drawn in this session

@bp.route("/akun/langkah-kedua", methods=["GET", "POST"])
def second_step():
    """Off, a key shown and not yet confirmed, or on."""
    form = SecondStepForm()
    if form.validate_on_submit():
        try:
            told = (take_off if me().asks_code else confirm)(form.password.data, form.code.data)
        except Refused as reason:
            form.refuse(reason)
        else:
            flash(told)
            return redirect(url_for("account.second_step" if me().asks_code else "account.show"), 303)
    return render_template("account/second_step.html", form=form, user=me(), is_required=is_required(), **shown())


@bp.post("/akun/langkah-kedua/kunci")
def draw_key():
    begin_writing()
    key = totp.new_key()
    me().draw_key(key)
    db.session.commit()
    session[DRAWN] = hash_token(key)
    return redirect(url_for("account.second_step"), 303)


def shown() -> dict:
    """The key to be copied, as a picture for the telephone's camera and as letters; only before it is confirmed."""
    key = me().totp_secret
    if key is None or me().asks_code or not is_drawn_here(key):
        return {"key": None}
    picture = make_qr(totp.link(key, me().username, regency().region), error="m")
    return {"key": totp.in_fours(key), "qr": Markup(picture.svg_inline(scale=5, border=2, light="#fff"))}  # noqa: S704  made by segno


def is_drawn_here(key: str | None) -> bool:
    """In this very session: whoever drew it in another one has the same codes."""
    return key is not None and session.get(DRAWN) == hash_token(key)


def confirm(password: str, typed: str) -> str:
    """Needs both too: whoever finds an unattended desk would keep its owner out."""
    try_id = tries.own_password(me(), password, "Kata sandi tidak cocok.")
    begin_writing()
    if not is_drawn_here(me().totp_secret):
        raise Refused(totp.NO_KEY)
    me().turn_on_totp(typed)
    tries.take_back(try_id)
    end_elsewhere()
    session.pop(DRAWN)
    renew_token()
    return "Langkah kedua aktif. Mulai sekarang kode diminta setiap kali Anda masuk; sesi Anda yang lain sudah diakhiri."


def take_off(password: str, typed: str) -> str:
    """Needs both, so that an unattended desk is not enough."""
    if is_required():
        raise Refused("Langkah kedua wajib bagi Admin di sini.")
    if len(password) < profile().shortest:
        raise Refused(f"Kata sandi Anda kurang dari {profile().shortest} huruf. Ganti dulu dengan yang lebih panjang, lalu lepas langkah kedua.")
    try_id = tries.own_password(me(), password, "Kata sandi atau kode tidak cocok.")
    begin_writing()
    me().use_code(typed)
    me().turn_off_totp(by=me())
    tries.take_back(try_id)
    renew_token()
    return "Langkah kedua dilepas. Sekarang Anda masuk dengan kata sandi saja."


def is_required() -> bool:
    return current_app.config["LUMBUNG"].admin_totp and me().has_role(Role.ADMIN)
