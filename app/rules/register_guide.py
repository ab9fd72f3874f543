"""The template of a register: its example, its choices, and how each column is filled."""
from app.rules.codelists import AFFAIRS, CLASSIFICATIONS, FORMS, INITIATORS, KINDS, STAGES
from app.rules.register_headings import (
    APPLIED,
    BENEFIT,
    CLASSIFICATION,
    COLUMNS,
    COORDINATES,
    DESIGN,
    DEVELOPED,
    FORM,
    INITIATOR,
    INITIATOR_NAME,
    KIND,
    LATITUDE,
    LONGITUDE,
    MAIN_AFFAIR,
    MATURITY,
    NAME,
    NUMBER,
    PURPOSE,
    RESULT,
    STAGE,
    SUMMARY,
    TAGS,
    TOUCHING,
    TRIAL,
    UNIT,
    YEARS,
)

CHOICES = {STAGE: STAGES, INITIATOR: INITIATORS, CLASSIFICATION: CLASSIFICATIONS, KIND: KINDS, FORM: FORMS, MAIN_AFFAIR: AFFAIRS}
WIDTHS = {NAME: 40, UNIT: 40, FORM: 34, MAIN_AFFAIR: 34, TOUCHING: 34, DESIGN: 50, PURPOSE: 40, BENEFIT: 40, RESULT: 40, SUMMARY: 40}
_DAY = "Misalnya 12/03/2024 atau 12 Maret 2024; tanggal di depan."
_HOW = {
    NAME: ("Contoh: JEMPUT GIZI", "Wajib. Nama dan perangkat daerahnya menentukan inovasinya: yang sudah tercatat dilewati."),
    UNIT: ("Dinas Kesehatan", "Wajib. Pilih dari daftar; namanya harus sudah ada di Kelola, Perangkat daerah."),
    STAGE: ("Penerapan", f"Salah satu: {', '.join(STAGES)}."),
    INITIATOR: ("ASN", f"Salah satu: {', '.join(INITIATORS)}."),
    INITIATOR_NAME: ("dr. Hendra Gunawan", "Nama orangnya."),
    CLASSIFICATION: ("Perangkat Daerah", f"Salah satu: {', '.join(CLASSIFICATIONS)}."),
    KIND: ("Nondigital", f"Salah satu: {', '.join(KINDS)}."),
    FORM: ("Pelayanan publik", f"Salah satu: {'; '.join(FORMS)}."),
    MAIN_AFFAIR: ("Kesehatan", "Pilih dari daftar, satu saja."),
    TOUCHING: ("Sosial; Pangan", "Boleh beberapa, dengan tanda ; di antaranya."),
    TRIAL: ("08/01/2024", _DAY), APPLIED: ("4 Maret 2024", f"{_DAY} Tidak sebelum uji cobanya."),
    DEVELOPED: ("", f"{_DAY} Kosongkan bila belum pernah dikembangkan."),
    DESIGN: ("", "Boleh beberapa paragraf."), PURPOSE: ("Menekan stunting.", ""), BENEFIT: ("Balita tertimbang setiap bulan.", ""),
    RESULT: ("", ""), COORDINATES: ("-7.7543, 113.2160", "Lintang lalu bujur, derajat desimal. Boleh juga di dua kolom, Lintang dan Bujur."),
    LATITUDE: ("", "Bila tidak memakai kolom Koordinat."), LONGITUDE: ("", "Bila tidak memakai kolom Koordinat."),
    SUMMARY: ("Kader menjemput balita berisiko stunting ke posyandu.", "Untuk katalog, paling banyak 600 huruf."),
    TAGS: ("stunting, posyandu", "Untuk pencarian di katalog; paling banyak delapan, dengan koma di antaranya."),
    YEARS: ("2023, 2024", "Tahun inovasi ini dilaporkan ke kementerian sebelum aplikasi ini dipakai."),
    NUMBER: ("IID-23-0412; IID-24-0388", "Satu tiap tahun dengan tanda ; di antaranya. Bila hanya satu, berlaku untuk tahun terakhir."),
    MATURITY: ("61,5; 86", "Menurut hasil kementerian. Cara mengisinya seperti nomor registrasi."),
}
EXAMPLE = [_HOW[column][0] for column in COLUMNS]
NOTES = [(column, _HOW[column][1] or "Boleh dikosongkan.") for column in COLUMNS]
