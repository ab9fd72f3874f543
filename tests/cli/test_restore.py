"""`restore` lists, asks, brings back and undoes; `drill`, `upgrade` and `backup --kedua` end with a sentence and a code."""
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app import backups, clock, create_app, locks
from app.config import ROOT, Settings
from app.extensions import db
from tests.backed import another, ask, give_bytes

WIB = ZoneInfo("Asia/Jakarta")
pytestmark = pytest.mark.sqlite("backups of its file")
NAME = "SELECT name FROM unit WHERE id = 1"


@pytest.fixture
def office(app, saved, tmp_path):
    """An app on a data folder of its own, and a second place."""
    data = another(give_bytes(app), tmp_path / "data")
    made = create_app(Settings.load({"LUMBUNG_DATA": str(data), "LUMBUNG_BACKUP_SECOND": str(tmp_path / "usb")}))
    yield made
    with made.app_context():
        db.engine.dispose()


def run(app, *words, said=None):
    result = app.test_cli_runner().invoke(args=[str(word) for word in words], input=said)
    return result.exit_code, result.output


def data_of(app):
    return app.config["LUMBUNG"].data


def two(app) -> list:
    """The newer one first."""
    found = []
    for days in (1, 0):
        with clock.at(datetime(2026, 11, 22, 9, tzinfo=WIB) - timedelta(days=days)):
            found.insert(0, backups.make(data_of(app), data_of(app) / "cadangan", WIB))
    return found


def test_without_a_name_it_lists_both_places_numbered_newest_first(office, tmp_path):
    newer, older = two(office)
    code, said = run(office, "backup", "--kedua")
    assert (code, said.splitlines()[2:]) == (0, ["PERHATIAN: tempat kedua itu sedisk dengan datanya. Mungkin flashdisknya tidak terpasang; bila disk "
                                                 "ini rusak, semuanya hilang."])
    code, said = run(office, "restore")
    lines = [" ".join(re.sub(r" \d+ berkas, \S+ [kMG]?B ", " ", line).split()) for line in said.splitlines()]
    moments = [one.made_at.astimezone(WIB) for one in (newer, older)]
    at = [f"{moment.day} November 2026 pukul {moment:%H.%M}" for moment in moments]
    assert (code, lines) == (0, [f"Cadangan di {data_of(office)}/cadangan:", f"1 {at[0]} {newer.name}", f"2 {at[1]} {older.name}",
                                 f"Tempat kedua {tmp_path}/usb:", f"3 {at[0]} {newer.name}",
                                 "Pulihkan dengan nomor atau nama, misalnya: python3 lumbung.py restore 1"])


def test_it_asks_first_and_only_ya_is_yes(office):
    two(office)
    before = ask(data_of(office), "SELECT count(*) FROM event")
    code, said = run(office, "restore", "1", said="y\n")
    assert (code, said.splitlines()[-1]) == (1, "Error: Tidak jadi; tidak ada yang berubah.")
    assert ask(data_of(office), "SELECT count(*) FROM event") == before


@pytest.mark.parametrize("by", ["number", "name", "folder"])
def test_one_is_chosen_by_number_name_or_folder_and_undone_again(office, by):
    newer, older = two(office)
    code, said = run(office, "restore", {"number": 2, "name": older.name, "folder": older.path}[by], said="ya\n")
    assert (code, said.splitlines()[-1]) == (
        0, f"Isi sebelumnya disimpan di {data_of(office)}/sebelum-pulih. Batal kembali: python3 lumbung.py restore --batal"), said
    assert ask(data_of(office), "SELECT json_extract(details, '$.name') FROM event ORDER BY id DESC") == older.name
    code, said = run(office, "restore", "--batal", "--ya")
    assert (code, said.splitlines()[-1]) == (
        0, "Selesai. Pemulihan dibatalkan; isi sebelumnya dipakai lagi. Batal kembali: python3 lumbung.py restore --batal")


def test_trouble_is_a_sentence(office):
    assert run(office, "restore") == (0, f"Belum ada cadangan di {data_of(office)}/cadangan atau {data_of(office).parent}/usb.\n")
    assert run(office, "restore", "besok") == (1, "Error: Tidak ada cadangan besok. Lihat daftarnya: python3 lumbung.py restore\n")
    assert run(office, "restore", "--batal") == (1, f"Error: Tidak ada pemulihan yang dapat dibatalkan di folder data {data_of(office)}.\n")
    assert run(office, "drill") == (1, "Error: Belum ada cadangan untuk dilatih. Buat dulu: python3 lumbung.py backup.\n")
    two(office)
    with locks.take(data_of(office) / locks.SERVER):
        for words in (["restore", "1"], ["restore", "1", "--ya"]):  # before it says what it will do
            code, said = run(office, *words)
            assert (code, said.startswith("Error: Server masih berjalan dengan folder data "), len(said.splitlines())) == (1, True, 1)


def test_the_rehearsal_says_how_it_went(office):
    two(office)
    code, said = run(office, "drill")
    assert code == 0 and re.fullmatch(r"Cadangan .+ dipulihkan ke folder sementara: \d+ inovasi, \d+ berkas, semua cocok \(\d+ detik\)\.\n", said)


@pytest.mark.parametrize("guide, commands", [
    ("cadangan", ["backup", "backup --kedua", "restore", "restore --batal", "drill", "malam"]), ("pembaruan", ["upgrade"])])
def test_the_guides_name_the_commands(guide, commands):
    text = (ROOT / "docs" / f"{guide}.md").read_text("utf-8")
    assert [command for command in commands if f"python3 lumbung.py {command}\n" not in text] == []
