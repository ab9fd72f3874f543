"""A sheet of accounts, one row a role: accounts by user name, roles added and never taken."""
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.rules.access import Role
from app.rules.intake import FORMULA, Failed
from app.rules.people_sheet import COLUMNS, KnownPerson, lines_of, read
from app.rules.tables import Line, tidy
from app.rules.unit_sheet import KnownUnit

UNITS = [KnownUnit(1, "Dinas Kesehatan", "Dinas"), KnownUnit(2, "Bappelitbangda", "Badan", is_office=True),
         KnownUnit(4, "Kantor Lama", "Dinas", is_archived=True)]
LIST = [KnownPerson(1, "ratna", "Ratna Dewi", "1980 01", "Staf", roles=frozenset({("operator", "Dinas Kesehatan")})),
        KnownPerson(2, "pergi", "Yang Pergi", is_active=False)]
RATNA = ("ratna", "Ratna Dewi", "1980 01", "Staf", "Operator OPD", "Dinas Kesehatan")


def lines(*rows):
    return [Line(place, {title: value for title, value in zip(COLUMNS, row, strict=False) if value not in (None, "")})
            for place, row in enumerate(rows, 3)]


def report(*rows):
    return read(lines(*rows), LIST, UNITS)


def faults(*rows):
    return [fault for one in report(*rows).found for fault in one.faults]


def test_an_account_with_two_roles_is_one_account():
    seen = report(("budi.dinkes", "Budi", "", "", "operator opd", "dinas kesehatan"), ("Budi.Dinkes", "", "", "", "Kepala OPD", "Dinas Kesehatan"))
    (plan,) = seen.plans
    assert (plan.username, plan.facts, plan.roles) == ("budi.dinkes", ("Budi", "", ""), ((Role.OPERATOR, 1), (Role.HEAD, 1)))
    assert [one.what for one in seen.found] == ["baru", "baru"]


def test_what_is_there_stays_and_only_what_differs_changes():
    assert report(RATNA).plans == []
    assert report(("ratna",)).found[0].what == "sama"
    found = report(("ratna", "Ratna Dewi, S.KM.", "-", "", "Kepala OPD", "Dinas Kesehatan")).found[0]
    assert list(found.changes) == ["Nama lengkap: Ratna Dewi → Ratna Dewi, S.KM.", "NIP: 1980 01 → kosong", "Peran Kepala OPD di Dinas Kesehatan"]


def test_new_administrators_are_counted():
    assert report(("ratna", "", "", "", "Admin", "Bappelitbangda")).admins == 1


@pytest.mark.parametrize(("rows", "sentences"), [
    ([("", "Budi", "", "", "Admin", "Bappelitbangda")], ["Baris 3, kolom Nama pengguna: kosong. Isi nama penggunanya."]),
    ([("1budi", "Budi", "", "", "Admin", "Bappelitbangda")],
     ["Baris 3, kolom Nama pengguna: “1budi” tidak dapat dipakai. Pakai 3 sampai 60 huruf kecil, angka, titik, atau tanda hubung; huruf di depan. "
      "Misalnya ratna.dinkes."]),
    ([("pergi",)], ["Baris 3, kolom Nama pengguna: akun pergi dinonaktifkan. Aktifkan dulu, atau hapus baris ini."]),
    ([("budi", "", "", "", "Admin", "Bappelitbangda")], ["Baris 3, kolom Nama lengkap: kosong. Akun baru perlu nama lengkap."]),
    ([("budi", "Budi")], ["Baris 3, kolom Peran: kosong. Akun baru perlu paling sedikit satu peran."]),
    ([("ratna", "", "", "", "Admin")], ["Baris 3, kolom Perangkat daerah: kosong, padahal perannya diisi."]),
    ([("ratna", "", "", "", "", "Bappelitbangda")], ["Baris 3, kolom Peran: kosong, padahal perangkat daerahnya diisi."]),
    ([("ratna", "", "", "", "Oprator OPD", "Bappelitbangda")],
     ["Baris 3, kolom Peran: “Oprator OPD” bukan peran yang dikenal; lihat lembar Pilihan. Maksudnya Operator OPD?"]),
    ([("ratna", "", "", "", "Admin", "Bapelitbangda")],
     ["Baris 3, kolom Perangkat daerah: “Bapelitbangda” tidak ada di daftar perangkat daerah. Maksudnya Bappelitbangda?"]),
    ([("ratna", "", "", "", "Admin", "Kantor Lama")], ["Baris 3, kolom Perangkat daerah: Kantor Lama sudah diarsipkan."]),
    ([("ratna", "", "19800101a")], ["Baris 3, kolom NIP: “19800101a” bukan NIP; isinya hanya angka."]),
    ([("ratna", "", 198001012005011008)],
     ["Baris 3, kolom NIP: tersimpan sebagai angka, sehingga angka belakangnya hilang. Jadikan kolomnya teks, lalu ketik ulang NIP-nya."]),
    ([("ratna", "", "", "x" * 121)], ["Baris 3, kolom Jabatan: 121 huruf, paling banyak 120."]),
    ([("ratna", "", "", Failed("#N/A"))], ["Baris 3, kolom Jabatan: berisi kesalahan Excel #N/A. Ketik nilainya."]),
    ([(FORMULA, "Budi")], ["Baris 3, kolom Nama pengguna: berisi rumus. Tempel hasilnya sebagai nilai."]),
    ([RATNA, RATNA], ["Baris 4, kolom Nama pengguna: ratna dengan peran yang sama sudah ada di baris 3."]),
    ([RATNA, ("ratna", "Ratna Sari", "", "", "Kepala OPD", "Dinas Kesehatan")],
     ["Baris 4, kolom Nama lengkap: berbeda dengan baris 3 untuk ratna. Samakan keduanya."]),
])
def test_a_wrong_row_says_where_and_what(rows, sentences):
    assert faults(*rows) == sentences
    assert report(*rows).plans == []


shown = st.text(max_size=30).map(tidy).filter(lambda text: not text.startswith("=") and not text.casefold().startswith("contoh:"))
people = st.builds(KnownPerson, id=st.integers(), username=st.from_regex(r"[a-z][a-z0-9._-]{2,20}", fullmatch=True), name=shown.filter(bool),
                   nip=st.from_regex(r"[0-9]{0,18}", fullmatch=True), position=shown, is_active=st.just(True),
                   roles=st.frozensets(st.tuples(st.sampled_from([role.value for role in Role]), st.sampled_from([unit.name for unit in UNITS]))))


@example([KnownPerson(1, "ratna", "#REF!", "", "#NULL!"), KnownPerson(2, "budi", "Budi", "", "-")])
@given(st.lists(people, unique_by=lambda person: person.username, max_size=8))
def test_what_was_written_comes_back_the_same(known):
    seen = read(lines(*(row for person in known for row in lines_of(person))), known, UNITS)
    assert ([one for one in seen.found if one.what != "sama"], seen.plans) == ([], [])


@given(st.lists(st.tuples(*[st.one_of(st.none(), st.text(max_size=8), st.integers(), st.floats(), st.booleans(), st.just(FORMULA),
                                      st.sampled_from(["ratna", "budi", "Admin", "Dinas Kesehatan", "-"])) for _ in COLUMNS]), max_size=8))
def test_whatever_stands_in_the_cells_gets_a_report(rows):
    seen = report(*rows)
    assert len(seen.found) + seen.examples == len(rows)
    assert all(bool(one.faults) == (one.what == "galat") for one in seen.found)
