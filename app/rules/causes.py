"""Why rows fall: the causes a training is arranged by (domain: the pain, in figures; Magetan, PALI and Sragen 2023)."""

CAUSES = {
    "kosong": "Tidak ada bukti",
    "nama": "Dokumen tidak menyebut nama inovasi",
    "tahun": "Tahun dokumen tidak sesuai",
    "jendela": "Inovasi di luar jangka waktu penerapan",
    "tanda-tangan": "Belum ditandatangani atau tanpa cap",
    "pejabat": "Ditandatangani pejabat yang tidak berwenang",
    "nomor": "Tanpa nomor atau tanggal",
    "sorot": "Halaman yang membuktikan tidak ditandai",
    "halaman": "Halaman yang membuktikan tidak ada dalam berkas",
    "peran": "Peran atau susunan tim tidak disebut",
    "set": "Jumlah bukti kurang dari yang diklaim",
    "sama": "Bukti yang sama dipakai dua kali",
    "substansi": "Substansi video belum lengkap",
    "penerima": "Daftar penerima manfaat belum lengkap",
    "data": "Data sebelum dan sesudah belum ada",
    "survei": "Survei atau responden belum memadai",
    "kutipan": "Tautan tanpa tangkapan layar bertanggal",
    "terbaca": "Berkas tidak terbaca",
    "salah-berkas": "Berkas tidak sesuai yang diminta baris",
    "urusan": "Tidak cocok dengan urusan atau profil inovasi",
}
