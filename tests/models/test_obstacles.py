"""What keeps a proposal from being submitted, each with the place where it is mended."""
from tests.cast import judge_all, submitted


def test_each_obstacle_names_its_place(cast):
    cast.entry.answer_on("16").claim(cast.owner, None)
    cast.entry.answer_on("17").detach(cast.owner, cast.entry.answer_on("17").exhibits[0])
    cast.innovation.edit(cast.owner, purpose="", stage="Uji coba")
    assert [(o.section, o.row, str(o)) for o in cast.entry.obstacles()] == [
        ("hasil", "", "Tujuan belum diisi."),
        ("waktu", "", "Tahapannya uji coba. Yang dinilai 2026 hanya tahap penerapan; inovasi ini tetap tercatat sebagai inventaris."),
        ("", "16", "Baris 16 wajib diisi."),
        ("", "17", "Lampirkan minimal satu bukti untuk baris 17: belum ada dokumen yang dilampirkan."),
    ]


def test_returned_rows_lead_to_the_first_that_waits(cast):
    submitted(cast)
    judge_all(cast, r16=1, r33=1)
    cast.entry.return_(cast.reviewer, ["16", "33"])
    cast.entry.answer_on("16").reply(cast.owner, "Ada di halaman 4.")
    assert [(o.row, str(o)) for o in cast.entry.obstacles()] == [("33", "Perbaiki atau jawab dulu baris 33 yang dikembalikan.")]


def test_evidence_never_counts_above_a_lowered_claim(cast):
    row = cast.entry.answer_on("16")
    row.claim(cast.owner, 1)
    assert (row.claimed_level, row.evidenced_level) == (1, 1)
    row.claim(cast.owner, None)
    assert (row.claimed_level, row.evidenced_level) == (None, 0)
