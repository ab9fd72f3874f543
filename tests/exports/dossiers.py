"""One innovation as its dossier tells it: 22 items, twenty rows, some with evidence below their claim."""
from datetime import date
from decimal import Decimal
from typing import Any

from app.exports.dossier import Dossier, Item, Row
from app.rules.profile import ITEMS
from tests.exports.samples import HEAD, NAMES

SENTENCE = "Kader menjemput balita berisiko stunting ke posyandu dengan jadwal yang disepakati bersama bidan desa dan kepala dusun. "
HEADINGS = ("Dasar hukum", "Permasalahan", "Isu strategis", "Metode pembaruan", "Keunggulan dan kebaharuan", "Tahapan inovasi")
SHORT = {
    1: "JEMPUT GIZI – “dari pintu ke pintu”", 2: "Penerapan", 3: "ASN", 4: "dr. Hendra Gunawan", 5: "Perangkat Daerah", 6: "−7,750000; 113,200000",
    7: "Nondigital", 8: "Pelayanan publik", 9: "4. Sumber daya manusia, sains, teknologi, pendidikan, kesehatan", 10: "Non PKPN",
    11: "Kesehatan; bersinggungan: Sosial, Pangan", 12: "8 Januari 2024", 13: "4 Maret 2024", 14: "", 16: "Menekan stunting di sepuluh desa lokus.",
    17: "Balita tertimbang setiap bulan.\nOrang tua tahu kapan harus merujuk.", 18: "Cakupan penimbangan naik dari 61 menjadi 94 persen.",
    19: "anggaran-2025.pdf", 20: "", 21: "", 22: "piagam-gubernur.pdf"}
DECREE = "Keputusan Bupati 188/45/2025, 12 Februari 2025: Penetapan Inovasi Daerah Tahun 2025 (hlm. 3 dan 7)"


def design(words: int) -> str:
    """Headings and paragraphs of that many words, numbered so that a lost one is seen."""
    numbered = [word if place % 50 else f"kata{place}" for place, word in enumerate((SENTENCE * words).split()[:words])]
    share = -(-words // len(HEADINGS))
    parts = [f"{heading}\n{' '.join(numbered[place * share:(place + 1) * share])}" for place, heading in enumerate(HEADINGS)]
    return "\n\n".join(parts)


def profile(words: int = 420) -> tuple[Item, ...]:
    return tuple(Item(item.number, item.label, design(words) if item.number == 15 else SHORT[item.number]) for item in ITEMS)


def rows(**changed: Any) -> tuple[Row, ...]:
    """Row 16 to 35, level 2 of weight 2 proven; `changed` reaches every one of them."""
    made = []
    for place, name in enumerate(NAMES):
        facts = {"level": 2, "label": "Peraturan Kepala Daerah", "claimed": Decimal(4), "evidenced": Decimal(4), "proven": Decimal(4),
                 "documents": (DECREE, "SOP 440/12, 3 Maret 2025") if place % 3 == 0 else (DECREE,)}
        if place == 19:
            facts |= {"level": 0, "label": "", "claimed": Decimal(0), "evidenced": Decimal(0), "proven": Decimal(0), "documents": ()}
        made.append(Row(**{"code": str(16 + place), "name": name} | facts | changed))
    return tuple(made)


def dossier(**changed: Any) -> Dossier:
    usual = {
        "region": "Kabupaten Lumbung Raya", "office": "Dinas Kesehatan", "contact": "Bidang Penelitian dan Pengembangan, pesawat 112",
        "place": "Lumbung Kota", "unit": "Dinas Kesehatan", "name": SHORT[1], "register": "LR-26-014", "year": 2026,
        "state": "Disetujui 3 Juli 2026", "profile": profile(), "rows": rows(), "claimed": Decimal(76), "evidenced": Decimal("73.5"),
        "proven": Decimal(76), "maximum": Decimal(111), "signer": HEAD, "dated_on": date(2026, 7, 4), "as_of": "4 Juli 2026 pukul 09.30 WIB"}
    return Dossier(**usual | changed)
