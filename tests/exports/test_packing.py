"""Packages: their size is known first, what is promised is what is sent, and Windows can write every name."""
import hashlib
import io
import json
import re
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.exports.packing import Broken, Contents, Member, Package, check, evidence_name, folder_name, from_disk, is_safe, safe_name
from app.exports.packing.names import LONGEST, distinct
from app.rules import Refused

CONTENTS = Contents("Paket inovasi daerah 2026", "Kabupaten Lumbung Raya", datetime(2026, 7, 4, 2, 30, tzinfo=UTC), ZoneInfo("Asia/Jakarta"), "Sari")
DECREE, FORM = b"%PDF-1.7 keputusan" * 40, b"%PDF-1.7 formulir"
ABOUT = {"entry": "LR-26-014", "innovation": "JEMPUT GIZI", "unit": "Dinas Kesehatan"}
WINDOWS = re.compile(r"[^<>:\"/\\|?*\x00-\x1f]*[^<>:\"/\\|?*\x00-\x1f. ]")
DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$", *(f"{kind}{number}" for kind in ("com", "lpt") for number in "0123456789¹²³")}


def member(path: str, content: bytes, really: bytes | None = None, **about: str) -> Member:
    """`really` is what comes when it is opened, where that is not what was promised."""
    sent = content if really is None else really
    return Member(path, len(content), hashlib.sha256(content).hexdigest(), lambda: iter([sent[n:n + 100] for n in range(0, len(sent), 100)]), about)


def package(*members: Member) -> Package:
    return Package(members or (member("LR-26-014/Profil.pdf", FORM, **ABOUT), member("LR-26-014/16_SK.pdf", DECREE, row="16", **ABOUT)), CONTENTS)


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def repacked(content: bytes, **changed: bytes | None) -> bytes:
    """The same package with another file under a name (None takes it out)."""
    written = io.BytesIO()
    with opened(content) as source, zipfile.ZipFile(written, "w") as target:
        files = {name: source.read(name) for name in source.namelist()} | {name.replace("__", "/"): part for name, part in changed.items()}
        for name, part in files.items():
            if part is not None:
                target.writestr(name, part)
    return written.getvalue()


# What is sent

@given(st.lists(st.binary(max_size=400), min_size=1, max_size=8))
def test_the_size_is_known_before_the_first_byte(contents):
    made = package(*(member(f"Inovasi/{number % 3}/berkas é.pdf", content) for number, content in enumerate(contents)))
    sent = b"".join(made)

    assert made.size == len(sent)
    assert opened(sent).testzip() is None
    assert check(sent) == []
    assert [opened(sent).read(name) for name in opened(sent).namelist()[2:]] == contents


def test_the_same_package_is_the_same_bytes_as_often_as_it_is_sent():
    made = package()

    assert b"".join(made) == b"".join(made) == b"".join(package())
    assert {part.date_time for part in opened(b"".join(made)).infolist()} == {(2026, 7, 4, 9, 30, 0)}  # on the regency's clock


def test_the_manifest_tells_people_what_is_inside():
    told = opened(b"".join(package())).read("MANIFES.txt").decode()

    assert told.split("\r\n") == [
        "MANIFES", "Paket inovasi daerah 2026", "Kabupaten Lumbung Raya", "Dibuat 4 Juli 2026 pukul 09.30 WIB oleh Sari",
        "Isi: 1 inovasi, 2 berkas, 737 B", "",
        "SHA-256 adalah sidik berkas: bila satu huruf saja berubah, sidiknya lain.", "Daftar yang sama untuk mesin ada di manifes.json.", "",
        "LR-26-014 JEMPUT GIZI (Dinas Kesehatan)", "2 berkas, 737 B · bukti baris 16",
        "  LR-26-014/Profil.pdf", f"    17 B · SHA-256 {hashlib.sha256(FORM).hexdigest()}",
        "  LR-26-014/16_SK.pdf", f"    720 B · SHA-256 {hashlib.sha256(DECREE).hexdigest()}", ""]


def test_the_manifest_tells_machines_the_same_and_vouches_for_the_other():
    sent = opened(b"".join(package()))
    told, read = json.loads(sent.read("manifes.json")), sent.read("MANIFES.txt")

    assert [(file["path"], file["size"], file["sha256"], file["about"]) for file in told["files"]] == [
        ("MANIFES.txt", len(read), hashlib.sha256(read).hexdigest(), {}),
        ("LR-26-014/Profil.pdf", len(FORM), hashlib.sha256(FORM).hexdigest(), ABOUT),
        ("LR-26-014/16_SK.pdf", len(DECREE), hashlib.sha256(DECREE).hexdigest(), {"row": "16", **ABOUT})]
    assert {name: told[name] for name in ("title", "region", "as_of", "by", "count", "bytes")} == {
        "title": "Paket inovasi daerah 2026", "region": "Kabupaten Lumbung Raya", "as_of": "2026-07-04T09:30:00+07:00", "by": "Sari", "count": 3,
        "bytes": len(FORM) + len(DECREE) + len(read)}


def test_files_of_no_innovation_stand_last():
    made = package(member("register.xlsx", b"x"), member("A/Profil.pdf", FORM, **ABOUT))
    told = opened(b"".join(made)).read("MANIFES.txt").decode()

    assert told.index("LR-26-014 JEMPUT GIZI") < told.index("Berkas lain") < told.index("register.xlsx")


def test_what_a_person_typed_starts_no_line_of_its_own():
    made = package(member("A.pdf", FORM, entry="LR-26-014", innovation="SATU\nBerkas lain\u202e\ud800", unit="Dinas"))
    sent = b"".join(made)

    assert "LR-26-014 SATU Berkas lain (Dinas)" in opened(sent).read("MANIFES.txt").decode()
    assert check(sent) == []


def test_an_empty_package_is_refused():
    with pytest.raises(Refused, match="^Tidak ada berkas untuk dipaketkan.$"):
        Package([], CONTENTS)


# What must not be sent

@pytest.mark.parametrize("really", [DECREE[:-1], DECREE + b"x", b"x" + DECREE[1:], b""], ids=["short", "long", "other", "empty"])
def test_a_file_that_is_not_what_was_promised_breaks_the_download(really):
    made = package(member("16_SK.pdf", DECREE, really), member("17.pdf", FORM))
    sent = bytearray()

    with pytest.raises(Broken, match="“16_SK.pdf” tidak sama dengan yang tercatat dalam manifes."):
        for chunk in made:
            sent += chunk
    assert len(sent) < made.size
    assert check(bytes(sent)) == ["Paket ini tidak dapat dibaca sebagai ZIP yang utuh; mungkin unduhannya terputus."]


def test_nothing_beyond_the_promised_size_leaves():
    endless = Member("a.pdf", 100, "0" * 64, lambda: iter(lambda: b"x" * 60, None))
    made, sent = package(endless), bytearray()

    with pytest.raises(Broken):
        for chunk in made:
            sent += chunk
    assert sent.count(b"x" * 60) == 1


def test_a_file_that_is_gone_breaks_the_download(tmp_path):
    with pytest.raises(FileNotFoundError):
        b"".join(package(Member("a.pdf", 3, "0" * 64, lambda: from_disk(tmp_path / "a.pdf"))))


@pytest.mark.parametrize("path", ["../x.pdf", "/x.pdf", "a//b.pdf", "a/", "CON.pdf", "a:b.pdf", "a\\b.pdf", "x.pdf ", "", "a" * 151, "a/./b"])
def test_a_path_no_windows_can_write_is_a_mistake(path):
    with pytest.raises(ValueError, match="unsafe paths"):
        package(member(path, FORM))


# Memory

def test_large_files_are_never_whole_in_memory(tmp_path):
    path = tmp_path / "besar.pdf"
    content = bytes(2 * 1024 * 1024)
    path.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    made = package(*(Member(f"{number}.pdf", len(content), digest, lambda: from_disk(path)) for number in range(40)))
    del content
    tracemalloc.start()
    sent = sum(len(chunk) for chunk in made)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert sent == made.size > 80 * 1024 * 1024
    assert peak < 1024 * 1024


def test_a_file_is_opened_when_its_turn_comes_and_closed_when_the_reader_leaves(tmp_path):
    seen: list[str] = []

    def told(name: str) -> Iterator[bytes]:
        seen.append(f"{name} dibuka")
        try:
            yield b"x" * 50
            yield b"x" * 50
        finally:
            seen.append(f"{name} ditutup")

    hundred = hashlib.sha256(b"x" * 100).hexdigest()
    stream = iter(package(Member("a", 100, hundred, lambda: told("a")), Member("b", 100, hundred, lambda: told("b"))))
    while seen != ["a dibuka"]:
        next(stream)
    del stream

    assert seen == ["a dibuka", "a ditutup"]


# The finished package

def test_a_whole_package_has_no_faults_also_on_disk(tmp_path):
    (tmp_path / "paket.zip").write_bytes(b"".join(package()))

    assert check(tmp_path / "paket.zip") == []


@pytest.mark.parametrize(("changed", "faults"), [
    ({"LR-26-014__16_SK.pdf": b"lain"}, ["“LR-26-014/16_SK.pdf” tidak sama dengan yang tercatat dalam manifes."]),
    ({"LR-26-014__16_SK.pdf": None}, ["“LR-26-014/16_SK.pdf” tidak ada di dalam paket."]),
    ({"MANIFES.txt": b""}, ["“MANIFES.txt” tidak sama dengan yang tercatat dalam manifes."]),
    ({"titipan.exe": b"MZ"}, ["“titipan.exe” tidak ada dalam manifes."]),
    ({"manifes.json": None}, ["manifes.json tidak ada di dalam paket."]),
    ({"manifes.json": b"[1]"}, ["manifes.json tidak dapat dibaca."]),
    ({"manifes.json": b"{"}, ["manifes.json tidak dapat dibaca."]),
    ({"manifes.json": b'{"count": 1, "bytes": 0, "files": []}'}, ["manifes.json tidak dapat dibaca."]),
])
def test_a_tampered_package_is_found_out(changed, faults):
    assert check(repacked(b"".join(package()), **changed)) == faults


def test_one_flipped_bit_is_found_out():
    sent = bytearray(b"".join(package()))
    sent[sent.index(b"keputusan")] ^= 1

    assert check(bytes(sent)) == ["“LR-26-014/16_SK.pdf” tidak sama dengan yang tercatat dalam manifes."]


@given(st.data())
def test_no_broken_package_passes_or_crashes(data):
    sent = bytearray(b"".join(package()))
    place = data.draw(st.integers(0, len(sent) - 1))
    sent[place] ^= data.draw(st.integers(1, 255))
    whole = b"".join(package())

    faults = check(bytes(sent))
    if not faults:     # a bit of no account, such as the day of a file: everything in it is still the same
        same, changed = opened(whole), opened(bytes(sent))
        assert [changed.read(name) for name in changed.namelist()] == [same.read(name) for name in same.namelist()]


@pytest.mark.parametrize("content", [b"", b"bukan ZIP", b"PK\x05\x06"])
def test_what_is_no_zip_says_so(content):
    assert check(content) == ["Paket ini tidak dapat dibaca sebagai ZIP yang utuh; mungkin unduhannya terputus."]


# Names

@pytest.mark.parametrize(("given_", "name"), [
    (("16", None, "SK 188/45/2025", "Keputusan Bupati", "pdf"), "16_SK-188-45-2025_Keputusan-Bupati.pdf"),
    (("18", 2, "900/12", "DPA 2025: belanja", "pdf"), "18_ke-2_900-12_DPA-2025-belanja.pdf"),
    (("34", None, "", "Video inovasi", "mp4"), "34_Video-inovasi.mp4"), (("16", None, "", "", "pdf"), "16.pdf"),
    (("16", None, "…", "“Éco” <b>", "jpg"), "16_Éco-b.jpg"), (("16", None, "1" * 99, "Keputusan", "pdf"), f"16_{'1' * 45}_Keputusan.pdf"),
])
def test_evidence_is_named_by_row_and_document_number(given_, name):
    assert evidence_name(*given_) == name


def test_a_folder_is_named_by_proposal_and_innovation():
    assert folder_name("LR-26-014", "JEMPUT GIZI – “dari pintu ke pintu”") == "LR-26-014_JEMPUT-GIZI-dari-pintu-ke-pintu"


@pytest.mark.parametrize(("typed", "name"), [
    ("Laporan: akhir?.pdf", "Laporan- akhir-.pdf"), ("con", "_con"), ("NUL.pdf", "_NUL.pdf"), ("Com1 .txt", "_Com1.txt"),
    ("console.pdf", "console.pdf"), ("..", "tanpa-nama"), ("...rahasia", "rahasia"), ("akhir. ", "akhir"), ("", "tanpa-nama"),
    ("a\tb\nc\u202e\u00a0d", "a b c d"), ("é" * 99 + ".pdf", "é" * 73 + ".pdf"),
    ("../../etc/passwd", "-.-etc-passwd"), ("a . .pdf", "a.pdf")])
def test_names_every_computer_can_write(typed, name):
    assert safe_name(typed) == name


def is_for_windows(name: str) -> bool:
    return bool(WINDOWS.fullmatch(name)) and name.split(".")[0].rstrip().casefold() not in DEVICES and name == name.lstrip()


@given(st.text(max_size=200), st.sampled_from([20, LONGEST]))
@example("aux" + "-" * 200 + "x", LONGEST)
@example("e\u200b\u0301.pdf", LONGEST)
@example("a" * 147 + ".x" + "b" * 20, LONGEST)
@example("con." + "x" * 200, LONGEST)
def test_any_text_makes_a_name_and_the_same_one_again(text, longest):
    name = safe_name(text, longest)

    assert is_for_windows(name)
    assert 0 < len(name.encode()) <= longest
    assert safe_name(name, longest) == name


@given(st.text(max_size=120), st.text(max_size=120), st.text(max_size=300), st.text(max_size=200))
def test_evidence_in_its_folder_is_always_a_safe_path(register, innovation, number, title):
    for set_number in (None, 3):
        assert is_safe(f"{folder_name(register, innovation)}/{evidence_name('16', set_number, number, title, 'pdf')}")


@given(st.lists(st.sampled_from(["a.pdf", "A.pdf", "a-2.pdf", "b/a.pdf", "B/A.pdf", "b", "MANIFES.TXT", "x" * 150, "x" * 146 + ".pdf"]), max_size=14))
def test_no_two_files_share_a_name(paths):
    names = distinct(paths, ["MANIFES.txt"])
    low = [name.casefold() for name in names]

    assert len(set(low) | {"manifes.txt"}) == len(paths) + 1
    assert all(is_safe(name) for name in names)
    assert not {folder for name in low for folder in [name.rpartition("/")[0]]} & set(low)


def test_the_second_of_two_equal_names_is_numbered():
    made = package(member("a/SK.pdf", FORM), member("a/sk.PDF", DECREE), member("A/SK.pdf", FORM), member("manifes.json", FORM))

    assert [each.path for each in made.members] == ["a/SK.pdf", "a/sk-2.PDF", "A/SK-3.pdf", "manifes-2.json"]
    assert check(b"".join(made)) == []
