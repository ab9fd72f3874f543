"""Closing the regional indicators once they are reported, and opening them again with a reason."""
from flask import flash, redirect, render_template, url_for

from app.extensions import db
from app.queries import region
from app.rules import Refused
from app.web.gate import get_region, me
from app.web.region import YEAR, bp, guide
from app.web.region.forms import ReopenForm


@bp.route(f"/{YEAR}/kunci", methods=["GET", "POST"])
def close(tahun):
    period, form = get_region(tahun, "close"), ReopenForm()
    if form.is_submitted():
        period.close_region(me())
        db.session.commit()
        flash(f"Indikator daerah {tahun} dikunci. Isian, bukti, dan putusannya tetap dapat dibaca.")
        return redirect(url_for(".index", tahun=tahun), 303)
    if period.region_closed_at:
        return redirect(url_for(".index", tahun=tahun))
    return render_template("region/close.html", period=period, lines=region.lines(period), guide=guide, most=period.instrument.index_rules.spd_max)


@bp.route(f"/{YEAR}/buka-kunci", methods=["GET", "POST"])
def reopen(tahun):
    period, form = get_region(tahun, "close"), ReopenForm()
    if form.validate_on_submit():
        try:
            period.reopen_region(me(), form.reason.data)
        except Refused as reason:
            form.refuse(reason)
        else:
            db.session.commit()
            flash(f"Kunci indikator daerah {tahun} dibuka. Alasannya tercatat di riwayat.")
            return redirect(url_for(".index", tahun=tahun), 303)
    return render_template("region/reopen.html", period=period, form=form)
