"""The choice lists of the profile, as published for 2026."""
import json
from importlib.resources import files

_DATA = json.loads(files("app").joinpath("data/codelists-2026.json").read_text(encoding="utf-8"))

STAGES: list[str] = _DATA["tahapan"]
INITIATORS: list[str] = _DATA["inisiator"]
CLASSIFICATIONS: list[str] = _DATA["klasifikasi"]
KINDS: list[str] = _DATA["jenis"]
FORMS: list[str] = _DATA["bentuk"]
ASTA_CITA: dict[int, str] = {item["no"]: item["ringkas"] for item in _DATA["asta_cita"]}
PKPN: dict[str, list[str]] = _DATA["pkpn"]
UNIT_KINDS: list[str] = _DATA["jenis_unit"]

BASIC_AFFAIRS: list[str] = _DATA["urusan"]["wajib_pelayanan_dasar"]
AFFAIR_GROUPS: dict[str, list[str]] = {
    "Wajib pelayanan dasar": BASIC_AFFAIRS,
    "Wajib bukan pelayanan dasar": _DATA["urusan"]["wajib_non_pelayanan_dasar"],
    "Pilihan": _DATA["urusan"]["pilihan"],
    "Fungsi penunjang": _DATA["urusan"]["fungsi_penunjang"],
}
AFFAIRS: list[str] = [affair for group in AFFAIR_GROUPS.values() for affair in group]
NON_PKPN = next(cluster for cluster, programmes in PKPN.items() if not programmes)
PROGRAMMES: list[str] = [programme for programmes in PKPN.values() for programme in programmes]
