"""cepat: inovasi dicari menurut bagian kata; putaran tiap usulan dihitung sekali; indeks yang memuat jawabannya"""
import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
WORDS = 'name, summary'
COUNTED = ('round_number', 'decided_rounds', 'rows_left')
BEFORE = {  # the indexes that make room for wider ones, by table
    'entry': {'ix_entry_period_id_unit_id_status_claimed_evidenced_verified':
              ['period_id', 'unit_id', 'status', 'claimed', 'evidenced', 'verified'],
              'ix_entry_status_moved_at': ['status', 'moved_at']},
    'innovation': {'ix_innovation_archived_at': ['archived_at']},
    'round': {'ix_round_decided_by_id_decided_at': ['decided_by_id', 'decided_at']}, 'verdict': {'ix_verdict_by_id_at': ['by_id', 'at']}}
AFTER = {
    'entry': {'ix_entry_of_unit': ['period_id', 'unit_id', 'status', 'verified', 'moved_at', 'decided_rounds', 'claimed', 'evidenced'],
              'ix_entry_alike': ['period_id', 'status', 'verified', 'choice', 'main_affair', 'number'],
              'ix_entry_waiting': ['status', 'moved_at', 'id', 'reviewer_id', 'period_id', 'unit_id', 'decided_rounds', 'innovation_id']},
    'innovation': {'ix_innovation_archived_at_name': ['archived_at', 'name']},
    'round': {'ix_round_decided': ['decided_by_id', 'decided_at', 'decision', 'is_reopening', 'entry_id'],
              'ix_round_finished': ['finished_by_id', 'finished_at', 'entry_id']},
    'verdict': {'ix_verdict_given': ['by_id', 'at', 'origin', 'round_id']}}


def upgrade():
    search()
    for name in COUNTED:
        op.add_column('entry', sa.Column(name, sa.Integer(), nullable=False, server_default='0'))
    count_rounds()
    exchange(BEFORE, AFTER)


def downgrade():
    exchange(AFTER, BEFORE)
    for name in COUNTED:
        op.drop_column('entry', name)
    search_no_more()


def count_rounds():
    """As `Entry.recount_rounds` says it."""
    standing = "FROM round WHERE round.entry_id = entry.id AND coalesce(decision, '') <> 'withdrawn'"
    op.execute(f'UPDATE entry SET round_number = (SELECT coalesce(max(number), 0) {standing}), decided_rounds = (SELECT count(decision) {standing})')
    op.execute('UPDATE entry SET rows_left = (SELECT count(*) FROM answer WHERE answer.entry_id = entry.id) - (SELECT count(*) FROM verdict '
               'JOIN round ON round.id = verdict.round_id WHERE round.entry_id = entry.id AND round.number = entry.round_number) '
               'WHERE round_number > 0')


def exchange(old, new):
    for table, indexes in old.items():
        for name in indexes:
            op.drop_index(name, table)
    for table, indexes in new.items():
        for name, columns in indexes.items():
            op.create_index(name, table, columns)


def search():
    """Three letters at a time. The words stay in `innovation` alone; a later migration that builds that table anew must do this again."""
    if op.get_bind().dialect.name != 'sqlite':
        op.execute('CREATE EXTENSION IF NOT EXISTS pg_trgm')
        for name in WORDS.split(', '):
            op.execute(f'CREATE INDEX ix_innovation_{name}_words ON innovation USING gin ({name} gin_trgm_ops)')  # for ILIKE
        return
    old, new = (', '.join(f'{side}.{name}' for name in WORDS.split(', ')) for side in ('old', 'new'))
    drop = f"INSERT INTO innovation_search (innovation_search, rowid, {WORDS}) VALUES ('delete', old.id, {old});"
    add = f"INSERT INTO innovation_search (rowid, {WORDS}) VALUES (new.id, {new});"
    op.execute(f"CREATE VIRTUAL TABLE innovation_search USING fts5({WORDS}, content='innovation', content_rowid='id', tokenize='trigram')")
    op.execute(f'CREATE TRIGGER innovation_search_add AFTER INSERT ON innovation BEGIN {add} END')
    op.execute(f'CREATE TRIGGER innovation_search_drop AFTER DELETE ON innovation BEGIN {drop} END')
    op.execute(f'CREATE TRIGGER innovation_search_change AFTER UPDATE OF {WORDS} ON innovation BEGIN {drop} {add} END')
    op.execute("INSERT INTO innovation_search (innovation_search) VALUES ('rebuild')")


def search_no_more():
    if op.get_bind().dialect.name != 'sqlite':
        for name in WORDS.split(', '):
            op.execute(f'DROP INDEX ix_innovation_{name}_words')
        return
    for name in ('add', 'drop', 'change'):
        op.execute(f'DROP TRIGGER IF EXISTS innovation_search_{name}')
    op.execute('DROP TABLE innovation_search')
