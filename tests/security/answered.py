"""What the scanners say and why it does not stand. Anything else they say fails `python -m tests.security.scan`."""

PROCESS = "perintahnya daftar kata yang tetap, tanpa shell; tidak ada isian orang yang menjadi perintah"
CONTRACT = "menyatakan yang selalu benar bagi pembaca kode; tidak ada penjagaan yang bergantung padanya"
OWN_NAMES = "yang disisipkan nama tabel dari skema aplikasi sendiri, dalam tanda kutip; nilai selalu parameter"
SAME_NUMBERS = "data latihan yang harus sama setiap kali dibuat; tidak ada rahasia yang berasal dari sana"

BANDIT = {  # (test, file): why
    ("B404", "lumbung.py"): PROCESS, ("B603", "lumbung.py"): PROCESS, ("B606", "lumbung.py"): PROCESS,
    ("B404", "app/backups/revisions.py"): PROCESS, ("B603", "app/backups/revisions.py"): PROCESS,
    ("B404", "app/backups/running.py"): PROCESS, ("B603", "app/backups/running.py"): PROCESS,
    ("B404", "app/bundling/archive.py"): PROCESS, ("B603", "app/bundling/archive.py"): PROCESS,
    ("B404", "app/bundling/machines.py"): PROCESS, ("B603", "app/bundling/machines.py"): PROCESS,
    ("B404", "app/checks/running.py"): PROCESS, ("B603", "app/checks/running.py"): PROCESS,
    ("B404", "app/storage/child.py"): PROCESS, ("B603", "app/storage/child.py"): PROCESS,
    ("B404", "app/storage/nursery.py"): PROCESS, ("B603", "app/storage/nursery.py"): PROCESS,
    ("B404", "app/storage/scanning.py"): PROCESS,
    ("B603", "app/storage/scanning.py"): "perintahnya dari pengaturan admin server, tanpa shell; namanya sebuah berkas yang kami beri nama sendiri",
    ("B101", "app/backups/making.py"): CONTRACT, ("B101", "app/backups/second.py"): CONTRACT, ("B101", "app/backups/upgrading.py"): CONTRACT,
    ("B101", "app/bundling/libraries.py"): CONTRACT, ("B101", "app/models/event.py"): CONTRACT,
    ("B101", "app/storage/nursery.py"): CONTRACT,
    ("B608", "app/backups/making.py"): OWN_NAMES, ("B608", "app/backups/proving.py"): OWN_NAMES, ("B608", "app/cli/move.py"): OWN_NAMES,
    ("B608", "app/checks/search.py"): "yang disisipkan nama kolom tetap (searching.WORDS); kata yang diperiksa tetap parameter",
    ("B608", "app/server/database.py"): "yang disisipkan dua nama tabel yang tertulis di baris sebelahnya; tidak ada isian orang",
    ("B608", "app/queries/searching.py"): "yang disisipkan potongan SQL yang sudah ditulis SQLAlchemy; kata yang dicari tetap parameter",
    ("B104", "app/config.py"): "aplikasi kantor melayani jaringan kantor; alamat yang didengarkan sebuah pengaturan",
    ("B104", "app/server/address.py"): "hanya membandingkan, untuk menyebut alamat yang dapat diketik orang",
    ("B311", "app/demo/content/words.py"): SAME_NUMBERS, ("B311", "app/demo/pictures/canvas.py"): SAME_NUMBERS,
    ("B704", "app/exports/word.py"): "isinya sudah lewat escape() sebelum menjadi Markup",
    ("B704", "app/web/account/second_step.py"): "gambar QR buatan segno dari kunci yang kami buat; nama di dalamnya menjadi titik, bukan tanda",
    ("B704", "app/web/guides.py"): "panduan yang ikut dalam aplikasi; HTML di dalamnya menjadi teks, tautan ke naskah ditolak markdown-it",
    ("B704", "app/web/sheeting.py"): "hasil templat yang sudah di-escape, langsung dijadikan teks tanpa tanda untuk sel Excel",
    ("B105", "app/rules/sign_in.py"): "kata untuk kalimat penolakan, bukan kata sandi",
    ("B107", "app/web/manage/handover.py"): "kosong berarti tidak ada kata sandi baru",
}

PACKAGES = "bukan sisa cadangan: alamat unduhan paket kiriman, dengan hak akses yang sama seperti halamannya"

WAPITI: dict[tuple[str, str], str] = {  # (kind, path, its ids as N): why
    ("Backup file", "/kirim/paket.zip"): PACKAGES, ("Backup file", "/usulan/N/paket.zip"): PACKAGES,
}
