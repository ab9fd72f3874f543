"""pengiriman: indikator daerah, pilihan dan daftar kirim, yang terkirim, centang salin, hasil kementerian, hasil tiap tahun"""
import json

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'

STATUS = "status IN ('draft', 'signing', 'submitted', 'verified', 'returned', 'approved')"
STATUS_NOW = "status IN ('draft', 'signing', 'submitted', 'verified', 'returned', 'approved', 'sent')"
CHOICE = "choice IN ('send', 'hold')"
ZERO = sa.text('0')
JUDGED = ('submitted', 'verified', 'approved')
POINTS = ('region_claimed', 'region_evidenced', 'region_verified')


def say_again(batch_op, name, rule):
    """Replace a CHECK of the table in hand by another rule of the same name."""
    batch_op.drop_constraint(op.f(name), type_='check')
    batch_op.create_check_constraint(op.f(name), rule)


def upgrade():
    op.create_table('year_result',
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('index', sa.Integer(), nullable=False),
    sa.Column('band', sa.String(length=40), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=True),
    sa.Column('participants', sa.Integer(), nullable=True),
    sa.Column('count', sa.Integer(), nullable=True),
    sa.Column('spd', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('"index" BETWEEN 0 AND 10000', name=op.f('ck_year_result_index_known')),
    sa.CheckConstraint('rank IS NULL OR rank >= 1', name=op.f('ck_year_result_rank_from_one')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_year_result_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_year_result')),
    sa.UniqueConstraint('year', name=op.f('uq_year_result_year'))
    )
    with op.batch_alter_table('year_result') as batch_op:
        batch_op.create_index(batch_op.f('ix_year_result_recorded_by_id'), ['recorded_by_id'], unique=False)
    op.create_table('region_row',
    sa.Column('period_id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('claimed_level', sa.Integer(), nullable=True),
    sa.Column('evidenced_level', sa.Integer(), nullable=False),
    sa.Column('proven_level', sa.Integer(), nullable=True),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('claimed_by_id', sa.Integer(), nullable=True),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.Column('changed_at', sa.DateTime(), nullable=True),
    sa.Column('verdict_reason', sa.Text(), nullable=False),
    sa.Column('judged_by_id', sa.Integer(), nullable=True),
    sa.Column('judged_at', sa.DateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('(proven_level IS NULL) = (judged_by_id IS NULL) AND (proven_level IS NULL) = (judged_at IS NULL)', name=op.f('ck_region_row_judged_whole')),
    sa.CheckConstraint('claimed_level BETWEEN 0 AND 3 AND evidenced_level BETWEEN 0 AND 3', name=op.f('ck_region_row_levels_known')),
    sa.CheckConstraint('evidenced_level <= COALESCE(claimed_level, 0)', name=op.f('ck_region_row_evidenced_within_claim')),
    sa.CheckConstraint('proven_level BETWEEN 0 AND COALESCE(claimed_level, 0)', name=op.f('ck_region_row_proven_within_claim')),
    sa.ForeignKeyConstraint(['claimed_by_id'], ['user.id'], name=op.f('fk_region_row_claimed_by_id')),
    sa.ForeignKeyConstraint(['changed_by_id'], ['user.id'], name=op.f('fk_region_row_changed_by_id')),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_region_row_indicator_id')),
    sa.ForeignKeyConstraint(['judged_by_id'], ['user.id'], name=op.f('fk_region_row_judged_by_id')),
    sa.ForeignKeyConstraint(['period_id'], ['period.id'], name=op.f('fk_region_row_period_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_region_row')),
    sa.UniqueConstraint('period_id', 'indicator_id', name=op.f('uq_region_row_period_id_indicator_id'))
    )
    with op.batch_alter_table('region_row') as batch_op:
        batch_op.create_index(batch_op.f('ix_region_row_claimed_by_id'), ['claimed_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_region_row_changed_by_id'), ['changed_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_region_row_indicator_id'), ['indicator_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_region_row_judged_by_id'), ['judged_by_id'], unique=False)
    op.create_table('region_exhibit',
    sa.Column('row_id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('pages', sa.String(length=60), nullable=False),
    sa.Column('set_number', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('set_number >= 1', name=op.f('ck_region_exhibit_set_number_from_one')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_region_exhibit_document_id')),
    sa.ForeignKeyConstraint(['row_id'], ['region_row.id'], name=op.f('fk_region_exhibit_row_id')),
    sa.ForeignKeyConstraint(['version_id'], ['document_version.id'], name=op.f('fk_region_exhibit_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_region_exhibit')),
    sa.UniqueConstraint('row_id', 'document_id', name=op.f('uq_region_exhibit_row_id_document_id'))
    )
    with op.batch_alter_table('region_exhibit') as batch_op:
        batch_op.create_index(batch_op.f('ix_region_exhibit_document_id'), ['document_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_region_exhibit_version_id'), ['version_id'], unique=False)
    op.create_table('sending',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('period_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('sent_at', sa.DateTime(), nullable=False),
    sa.Column('sent_by_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('unit_name', sa.String(length=200), nullable=False),
    sa.Column('main_affair', sa.String(length=80), nullable=False),
    sa.Column('maturity', sa.Integer(), nullable=False),
    sa.Column('snapshot', sa.JSON(), nullable=False),
    sa.Column('checksum', sa.String(length=64), nullable=False),
    sa.Column('pdf_id', sa.Integer(), nullable=False),
    sa.Column('official_maturity', sa.Integer(), nullable=True),
    sa.Column('official_note', sa.Text(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("number <> ''", name=op.f('ck_sending_number_given')),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_sending_entry_id')),
    sa.ForeignKeyConstraint(['pdf_id'], ['stored_file.id'], name=op.f('fk_sending_pdf_id')),
    sa.ForeignKeyConstraint(['period_id'], ['period.id'], name=op.f('fk_sending_period_id')),
    sa.ForeignKeyConstraint(['sent_by_id'], ['user.id'], name=op.f('fk_sending_sent_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sending')),
    sa.UniqueConstraint('entry_id', name=op.f('uq_sending_entry_id')),
    sa.UniqueConstraint('period_id', 'number', name=op.f('uq_sending_period_id_number'))
    )
    with op.batch_alter_table('sending') as batch_op:
        batch_op.create_index(batch_op.f('ix_sending_pdf_id'), ['pdf_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sending_sent_by_id'), ['sent_by_id'], unique=False)
    op.create_table('tick',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(length=40), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_tick_by_id')),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_tick_entry_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tick')),
    sa.UniqueConstraint('entry_id', 'field', name=op.f('uq_tick_entry_id_field'))
    )
    with op.batch_alter_table('tick') as batch_op:
        batch_op.create_index(batch_op.f('ix_tick_by_id'), ['by_id'], unique=False)
    op.create_table('official_level',
    sa.Column('answer_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint('level BETWEEN 0 AND 3', name=op.f('ck_official_level_level_known')),
    sa.ForeignKeyConstraint(['answer_id'], ['answer.id'], name=op.f('fk_official_level_answer_id')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_official_level_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_official_level')),
    sa.UniqueConstraint('answer_id', name=op.f('uq_official_level_answer_id'))
    )
    with op.batch_alter_table('official_level') as batch_op:
        batch_op.create_index(batch_op.f('ix_official_level_by_id'), ['by_id'], unique=False)

    with op.batch_alter_table('entry') as batch_op:
        batch_op.add_column(sa.Column('main_affair', sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column('choice', sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column('choice_note', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('chosen_at', sa.DateTime(), nullable=True))
        batch_op.create_check_constraint(op.f('ck_entry_choice_known'), CHOICE)
        say_again(batch_op, 'ck_entry_status_known', STATUS_NOW)
        batch_op.create_index(batch_op.f('ix_entry_period_id_status_main_affair_claimed_evidenced_verified'),
                              ['period_id', 'status', 'main_affair', 'claimed', 'evidenced', 'verified'], unique=False)
    with op.batch_alter_table('entry') as batch_op:
        batch_op.alter_column('choice_note', server_default=None)
    with op.batch_alter_table('event') as batch_op:
        batch_op.add_column(sa.Column('year_result_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_event_year_result_id'), ['year_result_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_event_year_result_id'), 'year_result', ['year_result_id'], ['id'])
    with op.batch_alter_table('indicator') as batch_op:
        batch_op.add_column(sa.Column('formula', sa.JSON(none_as_null=True), nullable=True))
    with op.batch_alter_table('period') as batch_op:
        for name in POINTS:
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default=ZERO))
        batch_op.add_column(sa.Column('region_closed_at', sa.DateTime(), nullable=True))
    with op.batch_alter_table('period') as batch_op:
        for name in POINTS:
            batch_op.alter_column(name, server_default=None)
    name_affairs()
    lay_out_regions()


def name_affairs():
    """What is with the reviewers or approved stands for the profile of its last round; everything else for the innovation as it is."""
    connection = op.get_bind()
    connection.execute(sa.text('UPDATE entry SET main_affair = (SELECT main_affair FROM innovation WHERE innovation.id = entry.innovation_id)'))
    rounds = connection.execute(sa.text('SELECT round.entry_id, round.snapshot FROM round JOIN entry ON entry.id = round.entry_id WHERE entry.status '
                                        'IN :judged AND round.number = (SELECT max(number) FROM round AS other WHERE other.entry_id = entry.id)')
                                .bindparams(sa.bindparam('judged', JUDGED, expanding=True))).all()
    for id, kept in rounds:
        facts = json.loads(kept) if isinstance(kept, str) else kept
        connection.execute(sa.text('UPDATE entry SET main_affair = :affair WHERE id = :id'), {'affair': facts['profile'].get('main_affair'), 'id': id})


def lay_out_regions():
    """One empty row per regional indicator for the periods there are."""
    op.get_bind().execute(sa.text(
        "INSERT INTO region_row (period_id, indicator_id, position, evidenced_level, figures, reason, version, verdict_reason) "
        "SELECT period.id, indicator.id, indicator.position, 0, '{}', '', 0, '' FROM period "
        "JOIN indicator ON indicator.instrument_id = period.instrument_id WHERE indicator.aspect = 'SPD' ORDER BY period.id, indicator.position"))


def downgrade():
    """What was sent is approved again; the older program knows no later state."""
    op.execute("UPDATE entry SET status = 'approved' WHERE status = 'sent'")
    op.execute('DELETE FROM notification WHERE event_id IN (SELECT id FROM event WHERE year_result_id IS NOT NULL)')
    op.execute('DELETE FROM event WHERE year_result_id IS NOT NULL')
    with op.batch_alter_table('period') as batch_op:
        for name in ('region_closed_at', *POINTS):
            batch_op.drop_column(name)
    with op.batch_alter_table('indicator') as batch_op:
        batch_op.drop_column('formula')
    with op.batch_alter_table('event') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_event_year_result_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_event_year_result_id'))
        batch_op.drop_column('year_result_id')
    with op.batch_alter_table('entry') as batch_op:
        batch_op.drop_index(batch_op.f('ix_entry_period_id_status_main_affair_claimed_evidenced_verified'))
        say_again(batch_op, 'ck_entry_status_known', STATUS)
        batch_op.drop_constraint(op.f('ck_entry_choice_known'), type_='check')
        for name in ('chosen_at', 'choice_note', 'choice', 'main_affair'):
            batch_op.drop_column(name)
    for name in ('official_level', 'tick', 'sending', 'region_exhibit', 'region_row', 'year_result'):
        op.drop_table(name)
