"""tahun: perangkat daerah yang digabung, instrumen yang masih disusun, usulan yang dibawa dari tahun sebelumnya"""
import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'


def upgrade():
    with op.batch_alter_table('unit') as batch_op:
        batch_op.add_column(sa.Column('merged_into_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_unit_merged_into_id'), ['merged_into_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_unit_merged_into_id'), 'unit', ['merged_into_id'], ['id'])
    with op.batch_alter_table('instrument') as batch_op:
        batch_op.alter_column('published_at', existing_type=sa.DateTime(), nullable=True)
    with op.batch_alter_table('event') as batch_op:
        batch_op.add_column(sa.Column('instrument_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_event_instrument_id'), ['instrument_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_event_instrument_id'), 'instrument', ['instrument_id'], ['id'])
    with op.batch_alter_table('entry') as batch_op:
        batch_op.add_column(sa.Column('carried_from_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('development', sa.Text(), nullable=False, server_default=''))
        batch_op.create_index(batch_op.f('ix_entry_carried_from_id'), ['carried_from_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_entry_carried_from_id'), 'entry', ['carried_from_id'], ['id'])
    with op.batch_alter_table('entry') as batch_op:
        batch_op.alter_column('development', server_default=None)
    with op.batch_alter_table('period') as batch_op:
        batch_op.add_column(sa.Column('most_reports', sa.Integer(), nullable=False, server_default=sa.text('2')))
        batch_op.create_check_constraint(op.f('ck_period_reports_known'), 'most_reports BETWEEN 0 AND 20')
    with op.batch_alter_table('period') as batch_op:
        batch_op.alter_column('most_reports', server_default=None)
    op.create_table('announcement',
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('audience', sa.String(length=10), nullable=False),
    sa.Column('shows_from', sa.DateTime(), nullable=False),
    sa.Column('shows_until', sa.DateTime(), nullable=False),
    sa.Column('at_door', sa.Boolean(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("audience IN ('semua', 'opd', 'kantor', 'pimpinan')", name=op.f('ck_announcement_audience_known')),
    sa.CheckConstraint('shows_from < shows_until', name=op.f('ck_announcement_shows_for_a_while')),
    sa.CheckConstraint("NOT at_door OR audience = 'semua'", name=op.f('ck_announcement_at_door_for_all')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_announcement_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_announcement'))
    )
    with op.batch_alter_table('announcement') as batch_op:
        batch_op.create_index(batch_op.f('ix_announcement_shows_until'), ['shows_until'], unique=False)
        batch_op.create_index(batch_op.f('ix_announcement_by_id'), ['by_id'], unique=False)
    op.create_table('row_help',
    sa.Column('row', sa.String(length=10), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_row_help_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_row_help')),
    sa.UniqueConstraint('row', name=op.f('uq_row_help_row'))
    )
    with op.batch_alter_table('row_help') as batch_op:
        batch_op.create_index(batch_op.f('ix_row_help_by_id'), ['by_id'], unique=False)
    with op.batch_alter_table('event') as batch_op:
        batch_op.create_index(batch_op.f('ix_event_at'), ['at'], unique=False)
        for name in ('announcement', 'row_help'):
            batch_op.add_column(sa.Column(f'{name}_id', sa.Integer(), nullable=True))
            batch_op.create_index(batch_op.f(f'ix_event_{name}_id'), [f'{name}_id'], unique=False)
            batch_op.create_foreign_key(batch_op.f(f'fk_event_{name}_id'), name, [f'{name}_id'], ['id'])
    with op.batch_alter_table('session') as batch_op:
        batch_op.create_index(batch_op.f('ix_session_started_at'), ['started_at'], unique=False)
    with op.batch_alter_table('failed_sign_in') as batch_op:
        batch_op.add_column(sa.Column('forgiven_at', sa.DateTime(), nullable=True))
        batch_op.create_index(batch_op.f('ix_failed_sign_in_at'), ['at'], unique=False)


def downgrade():
    """A draft of an instrument is nothing the older program knows, nor are the office's own texts."""
    op.execute('DELETE FROM failed_sign_in WHERE forgiven_at IS NOT NULL')
    with op.batch_alter_table('failed_sign_in') as batch_op:
        batch_op.drop_index(batch_op.f('ix_failed_sign_in_at'))
        batch_op.drop_column('forgiven_at')
    with op.batch_alter_table('session') as batch_op:
        batch_op.drop_index(batch_op.f('ix_session_started_at'))
    own = 'announcement_id IS NOT NULL OR row_help_id IS NOT NULL'
    op.execute(f'DELETE FROM notification WHERE event_id IN (SELECT id FROM event WHERE {own})')
    op.execute(f'DELETE FROM event WHERE {own}')
    with op.batch_alter_table('event') as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_at'))
        for name in ('row_help', 'announcement'):
            batch_op.drop_constraint(batch_op.f(f'fk_event_{name}_id'), type_='foreignkey')
            batch_op.drop_index(batch_op.f(f'ix_event_{name}_id'))
            batch_op.drop_column(f'{name}_id')
    op.drop_table('row_help')
    op.drop_table('announcement')
    op.execute('DELETE FROM notification WHERE event_id IN (SELECT id FROM event WHERE instrument_id IS NOT NULL)')
    op.execute('DELETE FROM event WHERE instrument_id IS NOT NULL')
    op.execute('DELETE FROM instrument WHERE published_at IS NULL')
    op.execute("UPDATE event SET what = 'entry_started' WHERE what = 'carried_over'")
    op.execute("DELETE FROM event WHERE what = 'development_told'")
    with op.batch_alter_table('period') as batch_op:
        batch_op.drop_constraint(op.f('ck_period_reports_known'), type_='check')
        batch_op.drop_column('most_reports')
    with op.batch_alter_table('entry') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_entry_carried_from_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_entry_carried_from_id'))
        for name in ('development', 'carried_from_id'):
            batch_op.drop_column(name)
    with op.batch_alter_table('event') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_event_instrument_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_event_instrument_id'))
        batch_op.drop_column('instrument_id')
    with op.batch_alter_table('instrument') as batch_op:
        batch_op.alter_column('published_at', existing_type=sa.DateTime(), nullable=False)
    with op.batch_alter_table('unit') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_unit_merged_into_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_unit_merged_into_id'))
        batch_op.drop_column('merged_into_id')
