"""What is carried over to the ministry: all 22 items in their order, the proven levels, and a mark that tells when something changed."""
from app.rules.copying import Meaning, profile_fields, row_fields
from app.rules.facts import order

PROFILE = dict.fromkeys(order()) | {
    "name": "JEMPUT GIZI", "latitude": -7.75, "longitude": 113.2, "asta_cita": 4, "pkpn_cluster": "I. Non PKPN", "pkpn_touching": [],
    "main_affair": "Kesehatan", "touching_affairs": ["Sosial", "Pangan"], "trial_on": "2024-01-08", "design": "satu dua  tiga\nempat",
    "award": "a" * 64}
EXHIBIT = {"document": 1, "version": 7, "title": "Keputusan Bupati", "doc_number": "188/45/2025", "dated_on": "2025-02-12", "years": [2025],
           "url": "", "file": "sk.pdf", "sha256": "b" * 64, "kind": "pdf", "pages": "3", "set": 1}


def row(**changed):
    return {"level": 3, "basis": "B", "name": "Regulasi", "exhibits": [EXHIBIT], "evidenced": 2, "proven": 2} | changed


def field(key, **changed):
    return next(one for one in profile_fields(PROFILE | changed) if one.key == key)


def test_the_22_items_come_in_the_ministrys_order_and_what_stands_alone_there_stands_alone_here():
    fields = profile_fields(PROFILE)
    assert list(dict.fromkeys(int(one.number) for one in fields)) == list(range(1, 23))
    assert [one.key for one in fields if one.number in ("6", "10", "11")] == [
        "latitude", "longitude", "pkpn_cluster", "pkpn_main", "pkpn_touching", "main_affair", "touching_affairs"]
    assert len(fields) == 26


def test_texts_are_as_a_form_takes_them():
    assert [field(key).text for key in ("latitude", "longitude", "trial_on", "touching_affairs", "name")] == [
        "-7.75", "113.2", "08/01/2024", "Sosial; Pangan", "JEMPUT GIZI"]
    assert field("trial_on").note == "8 Januari 2024"
    assert field("asta_cita").text.startswith("4. ")


def test_long_texts_count_their_words_and_files_have_their_mark_instead():
    assert (field("design").is_long, field("design").words) == (True, 4)
    assert (field("award").is_file, field("award").text, field("award").sha256) == (True, "", "a" * 64)


def test_what_is_empty_is_nothing_to_carry_over():
    assert [one.key for one in profile_fields(PROFILE) if not one.is_empty] == [
        "name", "latitude", "longitude", "asta_cita", "pkpn_cluster", "main_affair", "touching_affairs", "trial_on", "design", "award"]


def test_nought_is_a_coordinate():
    assert field("latitude", latitude=0.0).text == "0"


def test_a_row_goes_at_the_proven_level_with_its_documents():
    made, = row_fields({"16": row()}, {"16": Meaning("Orang", {2: "Peraturan Kepala Daerah"})})
    assert (made.key, made.level, made.text, made.basis) == ("baris-16", 2, "Peraturan Kepala Daerah", "Orang")
    assert [(paper.number, paper.day, paper.title, paper.version) for paper in made.papers] == [
        ("188/45/2025", "12/02/2025", "Keputusan Bupati", 7)]


def test_what_was_not_proven_is_not_carried_over():
    for proven in (0, None):
        made, = row_fields({"16": row(proven=proven)}, {})
        assert made.is_empty and made.papers == ()


def test_the_mark_changes_with_what_is_carried_over_and_with_nothing_else():
    meaning = {"16": Meaning("Orang", {2: "Perkada", 1: "SK"})}
    mark = row_fields({"16": row()}, meaning)[0].fingerprint
    same = row_fields({"16": row(level=2, evidenced=3, exhibits=[EXHIBIT | {"version": 9, "document": 4, "years": []}])}, meaning)[0]
    others = [row(proven=1), row(exhibits=[]), *(row(exhibits=[EXHIBIT | part]) for part in ({"doc_number": "188/46/2025"}, {"sha256": "c" * 64}))]
    assert same.fingerprint == mark
    assert mark not in [row_fields({"16": one}, meaning)[0].fingerprint for one in others]
    assert field("name").fingerprint != field("name", name="JEMPUT GIZI 2").fingerprint
