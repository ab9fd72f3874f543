"""Faults end in a page that says what to do, never in a bare error."""
import pytest

from app.extensions import db


@pytest.mark.parametrize("address", ["/usulan/99999", "/usulan/9999999999999999999999999", "/inovasi/99999999999999999999", "/tidak-ada"])
def test_what_is_not_there_is_a_page_of_its_own(open_as, address):
    page = open_as("owner").get(address, expect=404)
    assert "Yang dapat Anda lakukan" in page.text


def test_the_address_of_a_button_leads_to_its_page(open_as, saved):
    """It stands in the address bar after a refused upload, and a reload or the uploading script opens it."""
    owner = open_as("owner")
    page = owner.post(f"/usulan/{saved.entry}/indikator/16/bukti", {"title": ""}, expect=200)
    assert "Pilih berkasnya dulu." in page.text
    assert owner.get(f"/usulan/{saved.entry}/indikator/16/bukti", expect=303).location == f"/usulan/{saved.entry}/indikator/16"
    assert owner.get(f"/dokumen/{saved.document}/arsip", expect=303).location == f"/dokumen/{saved.document}"
    assert "hanya menerima kiriman" in owner.get("/keluar", expect=405).text


def test_a_foreign_origin_is_never_gone_back_to(open_as, saved):
    answer = open_as("owner").post(f"/usulan/{saved.entry}/indikator/16/bukti/{saved.exhibit}", {"set_number": "1"},
                                   headers={"Referer": "https://jahat.example/usulan"})
    assert answer.location.startswith("/")


def test_a_path_that_reads_as_another_host_is_never_gone_back_to(open_as, saved):
    answer = open_as("owner").post(f"/usulan/{saved.entry}/indikator/18/bukti", {"document": ["999999"]},
                                   headers={"Referer": "http://localhost//jahat.example/usulan"}, expect=404)
    assert answer.location is None
    with_refusal = open_as("owner").post(f"/dokumen/{saved.document}/arsip", headers={"Referer": "http://localhost//jahat.example/usulan"})
    assert with_refusal.location == "/"


def test_a_broken_database_still_gives_a_page(app, open_as):
    owner = open_as("owner")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    try:
        with app.app_context(), db.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE entry RENAME TO entry_gone")
        page = owner.get("/usulan/", expect=500)
    finally:
        app.config["PROPAGATE_EXCEPTIONS"] = None
    assert "Yang dapat Anda lakukan" in page.text


def test_an_upload_that_is_too_large_names_the_limit(app, open_as, saved):
    before, app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_CONTENT_LENGTH"], 1000
    try:
        page = open_as("owner").post(f"/usulan/{saved.entry}/indikator/16/bukti", {"title": "x" * 2000}, expect=413)
    finally:
        app.config["MAX_CONTENT_LENGTH"] = before
    assert f"{app.config['LUMBUNG'].upload_mb} MB" in page.text


def test_every_answer_carries_the_guards(open_as):
    headers = open_as(None).get("/masuk").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ["/inovasi/", "/usulan/", "/dokumen/", "/verifikasi/", "/kelola/orang/", "/kelola/log/", "/dasbor/indeks/andai"])
def test_a_search_that_is_no_word_is_not_searched_for_to_its_end(open_as, address):
    page = open_as("admin").get(address, query_string={"q": "w" * 60_000}).text
    assert (len(page) < 60_000, "w" * 200 in page) == (True, True)


def test_an_address_with_a_line_break_writes_no_line_of_its_own_into_the_log(app, open_as, caplog):
    admin = open_as("admin")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    try:
        with app.app_context(), db.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE instrument RENAME TO instrument_gone")
        admin.get("/kelola/instrumen/x%0A2026-11-22 INFO semua aman", expect=500)
    finally:
        app.config["PROPAGATE_EXCEPTIONS"] = None
    assert [record.getMessage() for record in caplog.records if record.name == app.logger.name] == [
        "Exception on /kelola/instrumen/x 2026-11-22 INFO semua aman [GET]"]
