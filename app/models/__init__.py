"""The nouns. Importing this package loads every table."""
from app.models.announcement import Announcement
from app.models.answer import Answer
from app.models.base import Base
from app.models.desk import DeskSession
from app.models.document import Document, DocumentVersion, StoredFile
from app.models.draft import Draft
from app.models.entry import Entry
from app.models.event import Event, Notification
from app.models.exhibit import Exhibit
from app.models.extension import Extension
from app.models.innovation import Innovation, ProfileFile
from app.models.instrument import Basis, Indicator, Instrument, Level
from app.models.interest import Interest
from app.models.letter import Letter
from app.models.note import Note
from app.models.people import Membership, User
from app.models.period import Period
from app.models.promise import Promise
from app.models.reason import Reason
from app.models.regency import Regency
from app.models.region import RegionRow
from app.models.region_exhibit import RegionExhibit
from app.models.register_import import PastReport, RegisterImport
from app.models.reminder import ReminderRun
from app.models.review import Round, Verdict
from app.models.row_help import RowHelp
from app.models.sending import OfficialLevel, Sending, Tick
from app.models.sessions import FailedSignIn, Session
from app.models.tag import Tag
from app.models.tally import Tally
from app.models.units import Unit
from app.models.years import YearResult

__all__ = [
    "Announcement", "Answer", "Base", "Basis", "DeskSession", "Document", "DocumentVersion", "Draft", "Entry", "Event", "Exhibit", "Extension",
    "FailedSignIn", "Indicator", "Innovation", "Instrument", "Interest", "Letter", "Level", "Membership", "Note", "Notification", "OfficialLevel",
    "PastReport", "Period", "ProfileFile", "Promise", "Reason", "Regency", "RegionExhibit", "RegionRow", "RegisterImport", "ReminderRun", "Round",
    "RowHelp", "Sending", "Session", "StoredFile", "Tag", "Tally", "Tick", "Unit", "User", "Verdict", "YearResult",
]
