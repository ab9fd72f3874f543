"""Daerah dan kantor: what the screen saved counts everywhere, and nothing that was issued changes."""
import io
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app import clock
from app.extensions import db
from app.models import Event, Letter, Regency, Unit
from app.rules import Refused, colours
from app.rules.words import on_date
from app.web import look
from app.web.manage.regency_pages import MOST_BYTES, take
from tests.web.reviewing import Selects, desk, judge, text

PLACE = "/kelola/daerah/"
FACTS = {"region": "Kabupaten Sumber Rejo", "office": "Bapperida", "seat": "Sumber Rejo", "contact": "Pesawat 112", "timezone": "Asia/Jakarta",
         "number_prefix": "sr", "letter_number": "{nomor}/SR/{tahun}", "letterhead": "", "footer": "", "colour": "#12594b", "seen": ""}


@pytest.fixture
def admin(open_as):
    return open_as("admin")


def seen(page) -> str:
    return re.search(r'name="seen" type="hidden" value="(\d*)"', page.text)[1]


def save(admin, **changes):
    """As the form is filled on the page just opened."""
    return admin.follow(PLACE, FACTS | {"seen": seen(admin.get(PLACE))} | changes)


def picture(side: int = 200, format: str = "PNG", colour: str = "#aa2020") -> io.BytesIO:
    drawn = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(drawn, format)
    drawn.seek(0)
    return drawn


def put_logo(admin, file: io.BytesIO | None = None, name: str = "lambang.png"):
    return admin.follow(f"{PLACE}logo", {"file": (file or picture(), name)})


def files_of(reader, letter) -> list[bytes]:
    found = []
    for kind in ("pdf", "docx"):
        with reader.get(f"/surat/{letter.id}.{kind}") as answer:
            found.append(answer.data)
    return found


def test_the_office_among_the_units_is_named_anew_by_hand(app, admin, saved):
    with app.app_context():
        office = db.session.get(Unit, saved.units["office"])
        office.name = app.config["LUMBUNG"].full_office
        db.session.commit()
    assert "masih bernama" not in admin.get(PLACE).text
    assert f"masih bernama <b>{app.config['LUMBUNG'].full_office}</b>" in save(admin).text
    with app.app_context():
        db.session.get(Unit, saved.units["office"]).name = "Bapperida"
        db.session.commit()
    assert "masih bernama" not in admin.get(PLACE).text


def events(app) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Event.what).where(Event.regency_id.is_not(None)).order_by(Event.id)))


def test_before_the_first_save_the_settings_of_the_installation_are_shown(admin, app):
    page = admin.get(PLACE)
    assert "Yang tampil masih nilai awal pemasangan." in page.text and 'value="Kabupaten Lumbung Raya"' in page.text
    assert events(app) == []


def test_what_is_saved_counts_on_every_page_at_once(admin, open_as, saved):
    page = save(admin, footer="Satu data, satu pintu.")
    assert "Daerah dan kantor disimpan." in page.text and "nilai awal pemasangan" not in page.text
    owner = open_as("owner").get(f"/usulan/{saved.entry}")
    assert "Kabupaten Sumber Rejo" in owner.text and "Satu data, satu pintu." in owner.text and re.search(r"\bSR-\d\d-\d{3}\b", owner.text)
    assert "Hubungi admin di Bapperida, Pesawat 112." in open_as(None).get("/masuk").text


def test_saying_the_same_again_is_refused_and_a_change_is_on_record(admin, app):
    save(admin)
    assert "Tidak ada yang berubah." in admin.post(PLACE, FACTS | {"seen": seen(admin.get(PLACE))}, expect=200).text
    page = save(admin, office="Brida", timezone="Asia/Makassar")
    assert "Nama kantor diubah dari Bapperida menjadi Brida. Zona waktu diubah dari WIB menjadi WITA." in text(page)
    assert events(app) == ["regency_described", "regency_edited"]
    assert "Nama kantor diubah dari Bapperida menjadi Brida." in text(admin.get("/kelola/log/?kind=kantor"))


def test_of_two_people_the_second_sees_that_somebody_was_first(admin, app):
    save(admin)
    late = seen(admin.get(PLACE))
    save(admin, office="Brida")
    page = admin.post(PLACE, FACTS | {"seen": late, "seat": "Kota Baru"}, expect=200)
    assert "Data ini diubah sesudah halaman ini dibuka" in page.text and 'value="Kota Baru"' in page.text and seen(page) != late
    assert events(app) == ["regency_described", "regency_edited"]


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"region": " "}, "Isi nama daerahnya."),
    ({"number_prefix": "S-R"}, "Isi 1 sampai 10 huruf besar atau angka."),
    ({"number_prefix": ""}, "Isi 1 sampai 10 huruf besar atau angka."),
    ({"letter_number": "400/{tahun}"}, "Isi teks pendek yang memuat {nomor} dan {tahun}, boleh {bulan}."),
    ({"letterhead": "a\nb\nc\nd"}, "Paling banyak 3 baris; sekarang 4."),
    ({"letterhead": "a\n" + "b" * 101}, "Baris ke-2 terlalu panjang"),
    ({"timezone": "Europe/Berlin"}, "Pilih salah satu"),
    ({"contact": "x" * 201}, "Paling banyak 200 huruf; sekarang 201."),
    ({"colour": "hijau"}, "Warna ditulis sebagai # dan enam angka heksadesimal"),
])
def test_a_refused_form_keeps_what_was_typed_and_stores_nothing(admin, app, wrong, sentence):
    page = admin.post(PLACE, FACTS | {"seat": "Kota Baru"} | wrong, expect=200)
    assert sentence in page.text and 'value="Kota Baru"' in page.text and events(app) == []


def test_a_zone_moves_no_instant_and_shows_every_one_anew(admin, open_as, app, saved):
    with desk(app, saved) as cast:
        cast.period.closes_at = cast.period.repairs_close_at = datetime(2027, 6, 26, 16, 59, 59, tzinfo=UTC)
        before = cast.period.closes_at
    assert "26 Juni 2027 pukul 23.59 WIB" in open_as("coordinator").get(f"/kelola/periode/{saved.period}").text
    save(admin, timezone="Asia/Jayapura")
    assert "27 Juni 2027 pukul 01.59 WIT" in open_as("coordinator").get(f"/kelola/periode/{saved.period}").text
    with desk(app, saved) as cast:
        assert cast.period.closes_at == before


def test_the_day_of_the_timer_is_that_of_the_saved_zone(admin, app):
    evening = clock.now().replace(hour=16)  # 23.00 in Jakarta, 01.00 of the next day in Jayapura
    save(admin, timezone="Asia/Jayapura")
    with clock.at(evening):
        said = app.test_cli_runner().invoke(args=["ingatkan"]).output
    assert said.startswith(f"Pengingat {on_date((evening + timedelta(days=1)).date())}:")


def test_a_colour_too_light_is_refused_and_the_nearest_shade_is_one_button_away(admin, app):
    page = admin.post(PLACE, FACTS | {"colour": "#e0a020"}, expect=200)
    shade = colours.darkened("#e0a020")
    assert "terlalu terang" in page.text and f'name="warna" value="{shade}"' in page.text and events(app) == []
    page = admin.follow(PLACE, FACTS | {"colour": "#e0a020", "warna": shade})
    assert re.search(rf'href="/rupa-{shade[1:]}-[0-9a-f]{{8}}\.css"', page.text)
    assert "/rupa-" not in save(admin, warna=colours.OURS).text


def test_a_look_before_saving_stores_nothing(admin, app):
    page = admin.post(PLACE, FACTS | {"colour": "#7a1f1f", "lihat": "1"}, expect=200)
    assert 'fill="#7a1f1f"' in page.text and "Terbaca" in page.text and events(app) == []


def test_the_sheet_of_a_colour_is_open_and_kept_for_ever(admin, open_as):
    address = re.search(r'href="(/rupa-[^"]+)"', save(admin, colour="#7a1f1f").text)[1]
    answer = open_as(None).get(address)
    assert answer.mimetype == "text/css" and "--li-green-700: #7a1f1f;" in answer.text and "--li-green-700-rgb: 122,31,31;" in answer.text
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    for other in ("/rupa-7a1f1f-00000000.css", "/rupa-ffcc00-00000000.css", "/rupa-7a1f1f.css", "/rupa-x.css"):
        open_as(None).get(other, expect=404)


def test_whoever_asks_for_every_colour_fills_no_memory():
    for blue in range(200):
        look.key_of(f"#0000{blue:02x}")
    assert look.sheet.cache_info().currsize < 100


def test_a_logo_stands_in_the_head_at_the_door_and_on_paper_until_it_is_taken_away(admin, open_as, app):
    page = put_logo(admin)
    address = re.search(r'<img class="emblem" src="(/lambang-[0-9a-f]{16})" alt="">', page.text)[1]
    assert "Logo dipasang." in page.text
    with open_as(None).get(address) as answer:
        assert (answer.mimetype, answer.headers["Cache-Control"]) == ("image/png", "public, max-age=31536000, immutable")
    assert address in open_as(None).get("/masuk").text and address in open_as("leader").get("/dasbor/ringkas").text
    page = admin.follow(f"{PLACE}logo/lepas")
    assert "Logo dilepas." in page.text and address not in page.text and events(app) == ["regency_described", "logo_put", "logo_removed"]
    open_as(None).get(address, expect=404)


@pytest.mark.parametrize(("file", "name", "sentence"), [
    (picture(40), "kecil.png", "Gambar ini 40 × 40 piksel."), (picture(format="GIF"), "lambang.gif", "JPG"),
    (io.BytesIO(b"bukan gambar"), "palsu.png", "PNG"), (io.BytesIO(), "", "Pilih berkas logonya dulu.")])
def test_a_picture_that_will_not_do_leaves_nothing_behind(admin, app, file, name, sentence):
    before = sorted(path.name for path in app.config["LUMBUNG"].data.glob("files/*/*"))
    page = admin.get(admin.post(f"{PLACE}logo", {"file": (file, name)}, headers={"Referer": f"http://localhost{PLACE}"}).location)
    assert sentence in text(page) and 'role="alert"' in page.text and events(app) == []
    assert sorted(path.name for path in app.config["LUMBUNG"].data.glob("files/*/*")) == before


def test_a_picture_of_more_than_a_megabyte_is_not_looked_at():
    with pytest.raises(Refused, match="Logo paling besar 1 MB."):
        take(FileStorage(io.BytesIO(b"x" * (MOST_BYTES + 1)), "besar.png"))


def test_letterhead_and_logo_are_on_the_next_letter_and_not_on_the_last(admin, open_as, app, saved):
    with desk(app, saved) as cast:
        cast.entry.submit(cast.owner)
        judge(cast, cast.entry)
        cast.entry.approve(cast.reviewer)
    reviewer = open_as("reviewer")
    reviewer.follow(f"/verifikasi/{saved.entry}/surat", {"jenis": "decision", "putaran": 1})
    with app.app_context():
        letter = db.session.scalars(select(Letter)).one()
        old = files_of(reviewer, letter)
    save(admin, letterhead="Jalan Merdeka 1\nTelepon (0335) 112")
    put_logo(admin)
    assert files_of(reviewer, letter) == old
    reviewer.follow(f"/verifikasi/{saved.entry}/surat", {"jenis": "minutes", "putaran": 1})
    with app.app_context():
        fresh = db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()
        assert fresh.facts["contact"] == "Jalan Merdeka 1\nTelepon (0335) 112" and fresh.facts["region"] == "Kabupaten Sumber Rejo"
        assert re.fullmatch(r"\d+/SR/2026", fresh.label)
    pdf, docx = files_of(reviewer, fresh)
    assert b"/Subtype /Image" in pdf and "word/media/image1.png" in zipfile.ZipFile(io.BytesIO(docx)).namelist()


def test_a_page_of_a_broken_database_asks_it_nothing(app, open_as, admin):
    save(admin)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    try:
        with app.app_context(), db.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE regency RENAME TO regency_gone")
        page = open_as(None).get("/masuk", expect=500)
    finally:
        app.config["PROPAGATE_EXCEPTIONS"] = None
    assert "Kabupaten Lumbung Raya" in page.text


def test_it_comes_with_who_is_asking_and_costs_no_select_of_its_own(app, open_as, saved):
    with Selects() as found:
        open_as("owner").get(f"/usulan/{saved.entry}")
    assert ["FROM session" in sql for sql in found.all if "regency.office" in sql] == [True]


def test_there_is_one_row_however_often_it_is_saved(admin, app):
    save(admin)
    save(admin, office="Brida")
    with app.app_context():
        assert [one.id for one in db.session.scalars(select(Regency))] == [1]
