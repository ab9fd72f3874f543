"""What happens here, in the few kinds an administrator asks for."""
from typing import NamedTuple


class Kind(NamedTuple):
    label: str
    events: frozenset[str]


def _kind(label: str, events: str) -> Kind:
    return Kind(label, frozenset(events.split()))


KINDS = {  # every event is of exactly one
    "akun": _kind("Akun dan peran", """person_added person_edited person_deactivated person_reactivated slip_given password_changed totp_on
        totp_off role_given role_taken role_moved handed_over data_taken person_anonymised"""),
    "perangkat-daerah": _kind("Perangkat daerah", "unit_added unit_edited unit_archived unit_restored unit_assigned unit_joined unit_merged"),
    "inovasi": _kind("Inovasi dan profilnya", """innovation_added innovation_brought innovation_moved profile_edited profile_file_attached
        innovation_described innovation_archived innovation_restored interest_noted interest_ended past_report_added past_report_removed
        register_imported register_import_undone"""),
    "dokumen": _kind("Dokumen bukti", "document_added document_archived document_moved document_revised"),
    "isian": _kind("Isian dan lampiran bukti", """level_claimed exhibit_attached exhibit_described exhibit_detached exhibit_swapped row_replied
        profile_replied development_told"""),
    "usulan": _kind("Usulan: dibuat, diajukan, disahkan, ditarik", """entry_started carried_over entry_moved prepared handed_back signed submitted
        withdrawn"""),
    "verifikasi": _kind("Verifikasi: dibagi, diputus, dikembalikan, disetujui", """assigned taken row_judged profile_noted annotated finished
        rechecked returned approved reopened letter_issued"""),
    "daerah": _kind("Indikator daerah", """region_claimed region_attached region_described region_detached region_judged region_closed
        region_reopened"""),
    "kantor": _kind("Nama, warna, dan logo kantor", "regency_described regency_edited logo_put logo_removed"),
    "pengiriman": _kind("Pengiriman dan hasil", "choice_made set_taken sent sending_corrected result_given result_recorded result_edited"),
    "periode": _kind("Periode dan perpanjangan", "period_added period_edited period_prolonged extended extension_ended"),
    "instrumen": _kind("Instrumen", "instrument_cloned instrument_imported instrument_edited instrument_published instrument_discarded"),
    "teks": _kind("Alasan, pengumuman, dan bantuan baris", """reason_added reason_edited reason_archived reason_restored announcement_added
        announcement_edited announcement_ended row_help_written row_help_cleared"""),
    "pendampingan": _kind("Pendampingan: sesi, risalah, janji", """session_arranged session_edited session_moved session_called_off minutes_noted
        session_held minutes_corrected promise_kept"""),
    "cadangan": _kind("Cadangan, pembaruan, dan jam server", "backup_begun backup_taken backup_restored version_changed clock_settled"),
    "pengingat": _kind("Pengingat", "reminded reminded_of"),
}


def kind_of(event: str) -> str:
    """The label of its kind; empty for one nobody sorted yet."""
    return next((kind.label for kind in KINDS.values() if event in kind.events), "")
