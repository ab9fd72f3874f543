"""No account anybody could know the password of: the first one, shown once, is random and runs out."""
import re
from datetime import timedelta

from sqlalchemy import select

from app import clock, passwords
from app.cli.setup import first_admin
from app.extensions import db
from app.models import User

ONE_TIME = r"([a-z]{4}-){4}\d\d"


def test_a_fresh_installation_has_one_account_whose_password_is_shown_once_and_lasts_three_days(app, capsys):
    with app.app_context():
        first_admin()
        db.session.commit()
        shown = re.search(rf"kata sandi +({ONE_TIME})\n", capsys.readouterr().out)[1]
        first_admin()
        assert capsys.readouterr().out == ""
        (admin,) = db.session.scalars(select(User))
        assert admin.must_change_password and passwords.verify(admin.password_hash, shown)
        assert timedelta(hours=71) < admin.slip_expires_at - clock.now() <= timedelta(hours=72)
