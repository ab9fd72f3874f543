"""Documents of a unit that may prove a row."""
from sqlalchemy import Select, or_

from app.models import Answer, Document, DocumentVersion, StoredFile, User
from app.queries import documents
from app.rules.evidence import URL


def candidates(user: User, answer: Answer) -> Select:
    """Lines of the unit's library whose kind this row takes, without those it already has in their latest version."""
    kinds = answer.evidence_rule.file_types
    attached = [exhibit.version_id for exhibit in answer.exhibits]
    fits = StoredFile.kind.in_(kinds)
    return documents.rows(user).where(
        Document.unit_id == answer.entry.unit_id, DocumentVersion.id.not_in(attached), or_(fits, DocumentVersion.url != "") if URL in kinds else fits)
