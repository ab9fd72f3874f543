"""The office's own words beside the rows."""
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.models import Event, RowHelp


def of_row(row: str) -> Select[RowHelp]:
    return select(RowHelp).where(RowHelp.row == row).options(joinedload(RowHelp.by))


def all_of_them() -> Select[RowHelp]:
    return select(RowHelp).options(joinedload(RowHelp.by)).order_by(RowHelp.row)


def history(row: str) -> Select[Event]:
    return (select(Event).join(RowHelp, RowHelp.id == Event.row_help_id).where(RowHelp.row == row).options(joinedload(Event.by))
            .order_by(Event.id.desc()))


def last_change(row: str) -> Select[int]:
    return select(func.max(Event.id)).join(RowHelp, RowHelp.id == Event.row_help_id).where(RowHelp.row == row)
