"""One round as a letter tells it: twenty rows, some below their claim, some sent back."""
from datetime import date
from typing import Any

from app.exports.letters import Facts, Judged, Person

NAMES = (
    "Regulasi inovasi daerah", "Ketersediaan SDM terhadap inovasi daerah", "Dukungan anggaran", "Alat kerja", "Bimtek inovasi",
    "Integrasi program dan kegiatan inovasi dalam RKPD", "Keterlibatan aktor inovasi", "Pelaksana inovasi daerah", "Jejaring inovasi",
    "Sosialisasi inovasi daerah", "Pedoman teknis", "Kemudahan informasi layanan", "Kemudahan proses inovasi yang dihasilkan",
    "Penyelesaian layanan pengaduan", "Layanan terintegrasi", "Replikasi", "Kecepatan penciptaan inovasi", "Kemanfaatan inovasi",
    "Monitoring dan evaluasi inovasi daerah", "Kualitas inovasi daerah")
REASON = "Halaman RKPD tidak memuat nama inovasi. Lampirkan halaman yang memuatnya dan tandai barisnya."
HEAD = Person("dr. Ratna Widyastuti, M.Kes.", "Kepala Dinas Kesehatan", "197204152001122003")
REVIEWER = Person("Dewi Lestari, S.E.", "Perencana Ahli Muda", "198809172011012005")
SECOND = Person("Bagus Prakoso, S.T.", "Peneliti Ahli Pertama", "")
OFFICE_HEAD = Person("Ir. H. Bambang Suharto, M.Si.", "Kepala Bappelitbangda", "197003121996031926")
COORDINATOR = Person("Hendra Wijaya, S.Sos., M.Si.", "Kepala Bidang Penelitian dan Pengembangan", "197911032005011007")


def rows(**changed: dict[str, Any]) -> tuple[Judged, ...]:
    """Row 16 to 35, each proven at its claim unless `r21={...}` says otherwise."""
    made = []
    for place, name in enumerate(NAMES):
        facts = {"claimed": 2, "proven": 2, "points": "5", "reason": ""} | changed.get(f"r{16 + place}", {})
        made.append(Judged(str(16 + place), name, **facts))
    return tuple(made)


def facts(**changed: Any) -> dict[str, Any]:
    """As a letter keeps them. Approved with two rows below their claim."""
    below = {"proven": 1, "points": "2.5", "reason": REASON}
    usual = {
        "number": "400.10.11/007/LI/2026", "dated_on": date(2026, 6, 9), "place": "Lumbung Kota", "region": "Kabupaten Lumbung Raya",
        "office": "Bappelitbangda", "contact": "Bidang Penelitian dan Pengembangan, pesawat 112", "unit": "Dinas Kesehatan",
        "innovation": "JEMPUT GIZI – “dari pintu ke pintu”", "register": "LR-26-014/2", "year": 2026, "round": 2, "came": "diajukan 1 Juni 2026",
        "decided": "8 Juni 2026", "approved": True, "claimed": "100", "evidenced": "97.5", "verified": "95", "maximum": "111", "minimum": "86",
        "rows": rows(r21=below, r24=below, r35={"claimed": 0, "proven": 0, "points": "0"}), "verifiers": (REVIEWER, SECOND),
        "finisher": REVIEWER, "approver": COORDINATOR,
        "signer": OFFICE_HEAD, "coordinator": COORDINATOR, "unit_head": HEAD, "note": "Lanjutkan pemantauan triwulan.",
    }
    return Facts(**usual | changed).to_json()


def returned(**changed: Any) -> dict[str, Any]:
    back = {"proven": 0, "points": "0", "reason": REASON, "returned": True}
    return facts(**{
        "approved": False, "rows": rows(r18=back, r21=back, r24={"proven": 1, "points": "2.5", "reason": "Baru tiga unsur yang terbukti."}),
        "repair_until": "30 Juni 2026 pukul 23.59 WIB", "profile_note": "Tujuan belum menyebut sasaran yang terukur.", "note": "",
        "approver": None, "verified": "88"} | changed)
