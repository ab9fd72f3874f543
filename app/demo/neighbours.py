"""What the training regency tells its other units: summaries and words for the catalogue, who would like what, one that was put away."""
from collections.abc import Iterable
from datetime import timedelta

from app import clock
from app.demo.content.words import chance
from app.demo.diary import Diary
from app.models import Innovation, Unit, User
from app.rules.access import Role

WORDS = ("antrean", "arsip", "balita", "benih", "desa", "gizi", "guru", "izin", "jalan", "kader", "keluarga", "lansia", "nelayan", "pajak", "pasar",
         "pedagang", "perusahaan", "petani", "posyandu", "puskesmas", "sampah", "sekolah", "siswa", "sungai", "tagihan", "usaha", "wisata")
MOST = 4  # words each
WISHES = ("Kami hendak mencobanya tahun depan di dua tempat lebih dulu. Mohon salinan alur dan formulirnya.",
          "Boleh kami datang melihat? Dua orang kami sudah ditugaskan.", "")


def show(innovation: Innovation, operator: User, diary: Diary, is_decided: bool) -> None:
    """Its unit writes for the catalogue once it was decided; of those never proposed, every other one is shown as it is."""
    is_shown = not innovation.entries and chance("katalog", innovation.name).random() < 0.5
    if innovation.summary or not (is_decided or is_shown) or not innovation.purpose:
        return
    said = f"{innovation.purpose} {innovation.benefit} {innovation.result}".lower()
    with diary.deed(30):
        innovation.describe(operator, f"{innovation.purpose.split('. ')[0].rstrip('.')}.", [word for word in WORDS if word in said][:MOST], is_shown)


def ask(register: Iterable[Innovation], units: Iterable[Unit]) -> None:
    """Three units would like what another has; one thing that came to nothing is put away."""
    known = list(register)
    others = [unit for unit in units if unit.people(Role.OPERATOR) and not unit.is_office]
    wanted = [one for one in known if one.is_in_catalogue and one.entries][:len(WISHES)]
    for place, (innovation, note) in enumerate(zip(wanted, WISHES, strict=False)):
        unit = [unit for unit in others if unit is not innovation.unit][place]
        with clock.at(clock.now() - timedelta(hours=30 - 7 * place)):
            innovation.note_interest(unit.people(Role.OPERATOR)[0], unit, note)
    for innovation in [one for one in known if not one.entries and not one.is_shown][-1:]:
        with clock.at(clock.now() - timedelta(hours=3)):
            innovation.archive(innovation.unit.people(Role.OPERATOR)[0], "Tercatat dua kali; yang dipakai yang lain.")
