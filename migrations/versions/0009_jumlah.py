"""jumlah: usulan tiap perangkat daerah dihitung sekali, oleh basis data sendiri; indeks menurut kematangan; indeks Log yang ringkas"""
import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
POINTS = ('claimed', 'evidenced', 'verified')
KEY = ('period_id', 'unit_id', 'status', 'is_decided')
WATCHED = ', '.join(('period_id', 'unit_id', 'status', 'decided_rounds', *POINTS))
ALIKE = ['period_id', 'status', 'verified', 'choice', 'main_affair', 'number']
ABOUT = {  # what an event may be about: one of these, so that each index holds only its own events and a new one touches few of them
    'entry_id': ['entry_id', 'id'], 'innovation_id': ['innovation_id', 'id'], 'document_id': ['document_id', 'id'],
    **{f'{noun}_id': [f'{noun}_id'] for noun in ('unit', 'person', 'period', 'reason', 'year_result', 'instrument', 'announcement', 'row_help',
                                                'regency', 'register_import', 'desk_session')}}
BY_HAND = ['period_id', 'status', 'choice', 'verified', 'main_affair', 'number']  # what a hand decided apart, the rest in the order of maturity
NAMES, SHOWN = ['archived_at', 'name'], ['archived_at', 'name', 'is_shown']  # the catalogue is counted without reading a profile


def upgrade():
    op.create_table(
        'tally', sa.Column('period_id', sa.Integer(), nullable=False), sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('status', sa.String(length=20), nullable=False), sa.Column('is_decided', sa.Boolean(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False), *(sa.Column(name, sa.Integer(), nullable=False) for name in POINTS),
        sa.Column('id', sa.Integer(), nullable=False), sa.PrimaryKeyConstraint('id', name=op.f('pk_tally')),
        sa.ForeignKeyConstraint(['period_id'], ['period.id'], name=op.f('fk_tally_period_id')),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_tally_unit_id')),
        sa.UniqueConstraint(*KEY, name=op.f('uq_tally_period_id_unit_id_status_is_decided')))
    op.create_index(op.f('ix_tally_unit_id'), 'tally', ['unit_id'])
    op.execute(f'INSERT INTO tally ({", ".join(KEY)}, number, {", ".join(POINTS)}) '
               f'SELECT period_id, unit_id, status, decided_rounds > 0, count(*), {", ".join(f"sum({name})" for name in POINTS)} '
               'FROM entry GROUP BY period_id, unit_id, status, decided_rounds > 0')
    watch()
    exchange('entry', 'ix_entry_alike', 'ix_entry_alike', BY_HAND)
    exchange('innovation', 'ix_innovation_archived_at_name', 'ix_innovation_kept', SHOWN)
    narrow_events(True)


def downgrade():
    narrow_events(False)
    exchange('innovation', 'ix_innovation_kept', 'ix_innovation_archived_at_name', NAMES)
    exchange('entry', 'ix_entry_alike', 'ix_entry_alike', ALIKE)
    if op.get_bind().dialect.name == 'sqlite':
        for name in ('add', 'drop', 'change'):
            op.execute(f'DROP TRIGGER IF EXISTS entry_tally_{name}')
    else:
        op.execute('DROP TRIGGER IF EXISTS entry_tally ON entry')
        op.execute('DROP FUNCTION entry_tally()')
    op.drop_table('tally')


def watch():
    """Whoever changes a proposal changes the count with it. A later migration that builds `entry` or `tally` anew must do this again."""
    drop, add = (f'({side}.decided_rounds > 0)' for side in ('OLD', 'NEW'))
    less = ', '.join(f'{name} = {name} - OLD.{name}' for name in POINTS)
    more = ', '.join(f'{name} = tally.{name} + excluded.{name}' for name in POINTS)
    drop = (f'UPDATE tally SET number = number - 1, {less} WHERE period_id = OLD.period_id AND unit_id = OLD.unit_id AND status = OLD.status '
            f'AND is_decided = {drop};')
    add = (f'INSERT INTO tally ({", ".join(KEY)}, number, {", ".join(POINTS)}) '
           f'VALUES (NEW.period_id, NEW.unit_id, NEW.status, {add}, 1, {", ".join(f"NEW.{name}" for name in POINTS)}) '
           f'ON CONFLICT ({", ".join(KEY)}) DO UPDATE SET number = tally.number + 1, {more};')
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(f'CREATE TRIGGER entry_tally_add AFTER INSERT ON entry BEGIN {add} END')
        op.execute(f'CREATE TRIGGER entry_tally_drop AFTER DELETE ON entry BEGIN {drop} END')
        op.execute(f'CREATE TRIGGER entry_tally_change AFTER UPDATE OF {WATCHED} ON entry BEGIN {drop} {add} END')
        return
    op.execute(f"CREATE FUNCTION entry_tally() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TG_OP <> 'INSERT' THEN {drop} END IF; "
               f"IF TG_OP <> 'DELETE' THEN {add} END IF; RETURN NULL; END $$")
    op.execute(f'CREATE TRIGGER entry_tally AFTER INSERT OR DELETE OR UPDATE OF {WATCHED} ON entry FOR EACH ROW EXECUTE FUNCTION entry_tally()')


def exchange(table, old, new, columns):
    op.drop_index(old, table)
    op.create_index(new, table, columns)


def narrow_events(is_narrow):
    for first, columns in ABOUT.items():
        name, held = f"ix_event_{'_'.join(columns)}", sa.text(f'{first} IS NOT NULL') if is_narrow else None
        op.drop_index(name, 'event')
        op.create_index(name, 'event', columns, sqlite_where=held, postgresql_where=held)
