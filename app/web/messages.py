"""What WTForms and Flask-WTF say to a person, in Indonesian: WTForms has no Indonesian catalogue and falls silently to English."""

SENTENCES = {
    # required, lengths, ranges
    "This field is required.": "Isian ini wajib diisi.",
    "Field must be at least %(min)d character long.": "Isi paling sedikit %(min)d huruf.",
    "Field cannot be longer than %(max)d character.": "Isi paling banyak %(max)d huruf.",
    "Field must be exactly %(max)d character long.": "Isi tepat %(max)d huruf.",
    "Field must be between %(min)d and %(max)d characters long.": "Isi %(min)d sampai %(max)d huruf.",
    "Number must be at least %(min)s.": "Isi angka paling sedikit %(min)s.",
    "Number must be at most %(max)s.": "Isi angka paling banyak %(max)s.",
    "Number must be between %(min)s and %(max)s.": "Isi angka %(min)s sampai %(max)s.",
    "Date must be at least %(min)s.": "Isi tanggal paling awal %(min)s.",
    "Date must be at most %(max)s.": "Isi tanggal paling akhir %(max)s.",
    "Date must be between %(min)s and %(max)s.": "Isi tanggal antara %(min)s dan %(max)s.",
    # shapes
    "Not a valid datetime value.": "Tanggal dan jam ini tidak dapat dibaca.",
    "Not a valid date value.": "Tanggal ini tidak dapat dibaca. Tulis misalnya 2026-06-26.",
    "Not a valid time value.": "Jam ini tidak dapat dibaca. Tulis misalnya 23.59.",
    "Not a valid week value.": "Minggu ini tidak dapat dibaca.",
    "Not a valid integer value.": "Isi dengan bilangan bulat, misalnya 12.",
    "Not a valid decimal value.": "Isi dengan angka, misalnya 12,5.",
    "Not a valid float value.": "Isi dengan angka, misalnya 12,5.",
    "Invalid input.": "Isian ini tidak sesuai bentuk yang diminta.",
    "Invalid email address.": "Alamat surel ini tidak lengkap.",
    "Invalid IP address.": "Alamat IP ini tidak sah.",
    "Invalid Mac address.": "Alamat MAC ini tidak sah.",
    "Invalid URL.": "Alamat situs ini tidak lengkap. Awali dengan http:// atau https://.",
    "Invalid UUID.": "Kode ini tidak sah.",
    # choices
    "Not a valid choice.": "Pilih salah satu dari daftar.",
    "Invalid Choice: could not coerce.": "Pilih salah satu dari daftar.",
    "Invalid choice(s): one or more data inputs could not be coerced.": "Ada pilihan yang tidak terdapat dalam daftar.",
    "'%(value)s' is not a valid choice for this field.": "“%(value)s” tidak ada dalam daftar pilihan.",
    "Choices cannot be None.": "Daftar pilihan belum tersedia.",
    "Invalid value, must be one of: %(values)s.": "Isi dengan salah satu dari: %(values)s.",
    "Invalid value, can't be any of: %(values)s.": "Jangan isi dengan: %(values)s.",
    # fields that belong together, or are closed
    "Field must be equal to %(other_name)s.": "Isian ini harus sama dengan %(other_name)s.",
    "Invalid field name '%s'.": "Isian “%s” tidak dikenal.",
    "This field cannot be edited.": "Isian ini tidak dapat diubah.",
    "This field is disabled and cannot have a value.": "Isian ini sedang ditutup dan harus kosong.",
    # files
    "File does not have an approved extension.": "Jenis berkas ini tidak diterima.",
    "File does not have an approved extension: {extensions}": "Jenis berkas ini tidak diterima. Yang diterima: {extensions}",
    # a form that was opened too long ago
    "CSRF token missing.": "Halaman ini sudah terlalu lama terbuka. Muat ulang, lalu kirim sekali lagi.",
    "CSRF token expired.": "Halaman ini sudah terlalu lama terbuka. Muat ulang, lalu kirim sekali lagi.",
    "CSRF failed.": "Halaman ini sudah terlalu lama terbuka. Muat ulang, lalu kirim sekali lagi.",
    "Invalid CSRF Token.": "Halaman ini sudah terlalu lama terbuka. Muat ulang, lalu kirim sekali lagi.",
}


class Indonesian:
    """A translations object as WTForms asks for it. Indonesian has one form for one and many."""

    def gettext(self, string: str) -> str:
        return SENTENCES.get(string, string)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular)
