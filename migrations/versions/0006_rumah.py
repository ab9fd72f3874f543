"""rumah: daerah dan kantornya, periode latihan dan target, katalog, impor register, pendampingan"""
import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
NEW = ('regency', 'register_import', 'desk_session')
UNTOLD = ('innovation_archived', 'innovation_restored', 'innovation_described', 'interest_noted', 'interest_ended', 'past_report_added',
          'past_report_removed', 'backup_begun', 'backup_taken')  # the older program has no sentence for these


def upgrade():
    op.create_table('regency',
    *(sa.Column(name, sa.String(length=length), nullable=False) for name, length in (
        ('region', 100), ('office', 100), ('seat', 100), ('contact', 200), ('timezone', 40), ('number_prefix', 10), ('letter_number', 80))),
    sa.Column('letterhead', sa.Text(), nullable=False),
    sa.Column('footer', sa.String(length=200), nullable=False),
    sa.Column('colour', sa.String(length=7), nullable=False),
    sa.Column('logo_id', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_regency_only_one')),
    sa.ForeignKeyConstraint(['logo_id'], ['stored_file.id'], name=op.f('fk_regency_logo_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_regency'))
    )
    op.create_index(op.f('ix_regency_logo_id'), 'regency', ['logo_id'])
    op.create_table('register_import',
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('file_name', sa.String(length=255), nullable=False),
    sa.Column('skipped', sa.Integer(), nullable=False),
    sa.Column('undone_at', sa.DateTime(), nullable=True),
    sa.Column('undone_by_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_register_import_by_id')),
    sa.ForeignKeyConstraint(['undone_by_id'], ['user.id'], name=op.f('fk_register_import_undone_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_register_import'))
    )
    op.create_index(op.f('ix_register_import_by_id'), 'register_import', ['by_id'])
    op.create_index(op.f('ix_register_import_undone_by_id'), 'register_import', ['undone_by_id'])
    with op.batch_alter_table('innovation') as batch_op:
        batch_op.add_column(sa.Column('summary', sa.String(length=600), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('is_shown', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('archived_at', sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column('archive_note', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('brought_by_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_innovation_archived_at'), ['archived_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_innovation_brought_by_id'), ['brought_by_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_innovation_brought_by_id'), 'register_import', ['brought_by_id'], ['id'])
    with op.batch_alter_table('innovation') as batch_op:
        for name in ('summary', 'is_shown', 'archive_note'):
            batch_op.alter_column(name, server_default=None)
    op.create_table('tag',
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('word', sa.String(length=40), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovation.id'], name=op.f('fk_tag_innovation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tag')),
    sa.UniqueConstraint('innovation_id', 'word', name=op.f('uq_tag_innovation_id_word'))
    )
    op.create_index(op.f('ix_tag_word'), 'tag', ['word'])
    op.create_table('interest',
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovation.id'], name=op.f('fk_interest_innovation_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_interest_unit_id')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_interest_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interest'))
    )
    op.create_index(op.f('ix_interest_innovation_id_ended_at'), 'interest', ['innovation_id', 'ended_at'])
    op.create_index(op.f('ix_interest_unit_id'), 'interest', ['unit_id'])
    op.create_index(op.f('ix_interest_by_id'), 'interest', ['by_id'])
    op.create_table('past_report',
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('maturity', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('year BETWEEN 2010 AND 2100', name=op.f('ck_past_report_year_known')),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovation.id'], name=op.f('fk_past_report_innovation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_past_report')),
    sa.UniqueConstraint('innovation_id', 'year', name=op.f('uq_past_report_innovation_id_year'))
    )
    op.create_table('desk_session',
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('reviewer_id', sa.Integer(), nullable=False),
    sa.Column('innovation_id', sa.Integer(), nullable=True),
    sa.Column('entry_id', sa.Integer(), nullable=True),
    sa.Column('starts_at', sa.DateTime(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('agenda', sa.Text(), nullable=False),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.Column('attendance', sa.JSON(), nullable=False),
    sa.Column('held_at', sa.DateTime(), nullable=True),
    sa.Column('cancelled_at', sa.DateTime(), nullable=True),
    sa.Column('cancel_reason', sa.Text(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('desk', 'monitoring')", name=op.f('ck_desk_session_kind_known')),
    sa.CheckConstraint('minutes BETWEEN 10 AND 600', name=op.f('ck_desk_session_minutes_known')),
    sa.CheckConstraint('held_at IS NULL OR cancelled_at IS NULL', name=op.f('ck_desk_session_held_or_cancelled')),
    *(sa.ForeignKeyConstraint([f'{name}_id'], [f'{table}.id'], name=op.f(f'fk_desk_session_{name}_id')) for name, table in (
        ('unit', 'unit'), ('reviewer', 'user'), ('innovation', 'innovation'), ('entry', 'entry'), ('made_by', 'user'))),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_desk_session'))
    )
    for columns in (['starts_at'], ['unit_id', 'starts_at'], ['reviewer_id', 'starts_at'], ['entry_id'], ['innovation_id'], ['made_by_id']):
        op.create_index(op.f(f"ix_desk_session_{'_'.join(columns)}"), 'desk_session', columns)
    op.create_table('promise',
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('done_at', sa.DateTime(), nullable=True),
    sa.Column('done_by_id', sa.Integer(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['session_id'], ['desk_session.id'], name=op.f('fk_promise_session_id')),
    sa.ForeignKeyConstraint(['done_by_id'], ['user.id'], name=op.f('fk_promise_done_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promise'))
    )
    for columns in (['session_id'], ['done_at', 'due_on'], ['done_by_id']):
        op.create_index(op.f(f"ix_promise_{'_'.join(columns)}"), 'promise', columns)
    with op.batch_alter_table('event') as batch_op:
        for name in NEW:
            batch_op.add_column(sa.Column(f'{name}_id', sa.Integer(), nullable=True))
            batch_op.create_index(batch_op.f(f'ix_event_{name}_id'), [f'{name}_id'], unique=False)
            batch_op.create_foreign_key(batch_op.f(f'fk_event_{name}_id'), name, [f'{name}_id'], ['id'])
    with op.batch_alter_table('period') as batch_op:
        batch_op.add_column(sa.Column('is_training', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('entries_per_unit', sa.Integer(), nullable=False, server_default=sa.text('1')))
        batch_op.add_column(sa.Column('target_kinds', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.drop_constraint(op.f('uq_period_year'), type_='unique')
        batch_op.create_unique_constraint(op.f('uq_period_year_is_training'), ['year', 'is_training'])
        batch_op.create_check_constraint(op.f('ck_period_target_known'), 'entries_per_unit BETWEEN 0 AND 20')
    with op.batch_alter_table('period') as batch_op:
        for name in ('is_training', 'entries_per_unit', 'target_kinds'):
            batch_op.alter_column(name, server_default=None)


def downgrade():
    """An older program knows no training: it refuses to go back while one is there, since its proposals would count."""
    if op.get_bind().scalar(sa.text('SELECT count(*) FROM period WHERE is_training')):
        raise RuntimeError('Masih ada periode latihan, yang tidak dikenal versi lama. Pulihkan cadangan dari sebelum pembaruan.')
    own = ' OR '.join([*(f'{name}_id IS NOT NULL' for name in NEW), f'what IN {UNTOLD}',
                       "what = 'reminded_of' AND json_extract(details, '$.kind') = 'promise'"])
    op.execute(f'DELETE FROM notification WHERE event_id IN (SELECT id FROM event WHERE {own})')
    op.execute(f'DELETE FROM event WHERE {own}')
    op.execute("UPDATE event SET what = 'innovation_added' WHERE what = 'innovation_brought'")
    op.execute("""UPDATE event SET what = 'period_edited', details = json_object('reason', json_extract(details, '$.reason'), 'changed', json_object(
        'closes_at', json_extract(details, '$.closes_at'), 'repairs_close_at', json_extract(details, '$.repairs_close_at')))
        WHERE what = 'period_prolonged'""")
    op.execute("""UPDATE event SET details = json_remove(details, '$.changed.entries_per_unit', '$.changed.target_kinds')
        WHERE what = 'period_edited'""")
    with op.batch_alter_table('event') as batch_op:
        for name in reversed(NEW):
            batch_op.drop_constraint(batch_op.f(f'fk_event_{name}_id'), type_='foreignkey')
            batch_op.drop_index(batch_op.f(f'ix_event_{name}_id'))
            batch_op.drop_column(f'{name}_id')
    for table in ('promise', 'desk_session', 'past_report', 'interest', 'tag'):
        op.drop_table(table)
    with op.batch_alter_table('innovation') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_innovation_brought_by_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_innovation_brought_by_id'))
        batch_op.drop_index(batch_op.f('ix_innovation_archived_at'))
        for name in ('brought_by_id', 'archive_note', 'archived_at', 'is_shown', 'summary'):
            batch_op.drop_column(name)
    op.drop_table('register_import')
    op.drop_table('regency')
    with op.batch_alter_table('period') as batch_op:
        batch_op.drop_constraint(op.f('ck_period_target_known'), type_='check')
        batch_op.drop_constraint(op.f('uq_period_year_is_training'), type_='unique')
        batch_op.create_unique_constraint(op.f('uq_period_year'), ['year'])
        for name in ('target_kinds', 'entries_per_unit', 'is_training'):
            batch_op.drop_column(name)
