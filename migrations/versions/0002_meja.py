"""meja: tanda tangan, dua langkah, perpanjangan, pembagian, bank alasan, catatan, draf, surat, pengingat"""
import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'

STATUS = "status IN ('draft', 'submitted', 'returned', 'approved')"
STATUS_NOW = "status IN ('draft', 'signing', 'submitted', 'verified', 'returned', 'approved')"
DECISION = "decision IN ('returned', 'approved')"
DECISION_NOW = "decision IN ('returned', 'approved', 'withdrawn')"


def say_again(batch_op, name, rule):
    """Replace a CHECK of the table in hand by another rule of the same name."""
    batch_op.drop_constraint(op.f(name), type_='check')
    batch_op.create_check_constraint(op.f(name), rule)


def upgrade():
    op.create_table('reason',
    sa.Column('row', sa.String(length=10), nullable=False),
    sa.Column('cause', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('archived_at', sa.DateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reason'))
    )
    with op.batch_alter_table('reason') as batch_op:
        batch_op.create_index(batch_op.f('ix_reason_row_archived_at'), ['row', 'archived_at'], unique=False)

    op.create_table('reminder_run',
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('told', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder_run')),
    sa.UniqueConstraint('on', name=op.f('uq_reminder_run_on'))
    )
    op.create_table('draft',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('is_held', sa.Boolean(), nullable=False),
    sa.Column('saved_at', sa.DateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_draft_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft')),
    sa.UniqueConstraint('user_id', 'address', name=op.f('uq_draft_user_id_address'))
    )
    with op.batch_alter_table('draft') as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_saved_at'), ['saved_at'], unique=False)

    op.create_table('extension',
    sa.Column('period_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('until', sa.DateTime(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('given_by_id', sa.Integer(), nullable=False),
    sa.Column('given_at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['given_by_id'], ['user.id'], name=op.f('fk_extension_given_by_id')),
    sa.ForeignKeyConstraint(['period_id'], ['period.id'], name=op.f('fk_extension_period_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_extension_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_extension'))
    )
    with op.batch_alter_table('extension') as batch_op:
        batch_op.create_index(batch_op.f('ix_extension_given_by_id'), ['given_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_extension_period_id_unit_id'), ['period_id', 'unit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_extension_unit_id'), ['unit_id'], unique=False)

    op.create_table('note',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('row', sa.String(length=10), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_note_by_id')),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_note_entry_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_note'))
    )
    with op.batch_alter_table('note') as batch_op:
        batch_op.create_index(batch_op.f('ix_note_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_note_entry_id_row'), ['entry_id', 'row'], unique=False)

    op.create_table('letter',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('docx_id', sa.Integer(), nullable=False),
    sa.Column('pdf_id', sa.Integer(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('decision', 'minutes')", name=op.f('ck_letter_kind_known')),
    sa.ForeignKeyConstraint(['docx_id'], ['stored_file.id'], name=op.f('fk_letter_docx_id')),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_letter_entry_id')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user.id'], name=op.f('fk_letter_made_by_id')),
    sa.ForeignKeyConstraint(['pdf_id'], ['stored_file.id'], name=op.f('fk_letter_pdf_id')),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_letter_round_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter')),
    sa.UniqueConstraint('round_id', 'kind', name=op.f('uq_letter_round_id_kind')),
    sa.UniqueConstraint('year', 'number', name=op.f('uq_letter_year_number'))
    )
    with op.batch_alter_table('letter') as batch_op:
        batch_op.create_index(batch_op.f('ix_letter_docx_id'), ['docx_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_letter_entry_id'), ['entry_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_letter_made_by_id'), ['made_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_letter_pdf_id'), ['pdf_id'], unique=False)

    op.create_table('verdict_reason',
    sa.Column('verdict_id', sa.Integer(), nullable=False),
    sa.Column('reason_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['reason_id'], ['reason.id'], name=op.f('fk_verdict_reason_reason_id')),
    sa.ForeignKeyConstraint(['verdict_id'], ['verdict.id'], name=op.f('fk_verdict_reason_verdict_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('verdict_id', 'reason_id', name=op.f('pk_verdict_reason'))
    )
    with op.batch_alter_table('verdict_reason') as batch_op:
        batch_op.create_index('ix_verdict_reason_reason_id', ['reason_id'], unique=False)

    with op.batch_alter_table('answer') as batch_op:
        batch_op.add_column(sa.Column('version', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('changed_by_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_answer_changed_by_id'), ['changed_by_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_answer_changed_by_id'), 'user', ['changed_by_id'], ['id'])

    with op.batch_alter_table('entry') as batch_op:
        batch_op.add_column(sa.Column('reviewer_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('prepared_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('prepared_at', sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column('head_note', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('reminded_at', sa.DateTime(), nullable=True))
        batch_op.create_index(batch_op.f('ix_entry_prepared_by_id'), ['prepared_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_entry_reviewer_id_status'), ['reviewer_id', 'status'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_entry_prepared_by_id'), 'user', ['prepared_by_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_entry_reviewer_id'), 'user', ['reviewer_id'], ['id'])

    with op.batch_alter_table('event') as batch_op:
        batch_op.add_column(sa.Column('reason_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_event_reason_id'), ['reason_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_event_reason_id'), 'reason', ['reason_id'], ['id'])

    with op.batch_alter_table('period') as batch_op:
        batch_op.add_column(sa.Column('grace_minutes', sa.Integer(), nullable=False, server_default='15'))
        batch_op.add_column(sa.Column('needs_signature', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('two_steps', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('may_approve_own', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('may_judge_own_unit', sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table('round') as batch_op:
        batch_op.add_column(sa.Column('signed_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('is_reopening', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('finished_at', sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column('finished_by_id', sa.Integer(), nullable=True))
        batch_op.drop_index(batch_op.f('ix_round_decided_by_id'))
        batch_op.create_index(batch_op.f('ix_round_decided_by_id_decided_at'), ['decided_by_id', 'decided_at'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_round_finished_by_id'), 'user', ['finished_by_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_round_signed_by_id'), 'user', ['signed_by_id'], ['id'])

    with op.batch_alter_table('verdict') as batch_op:
        batch_op.drop_index(batch_op.f('ix_verdict_by_id'))
        batch_op.create_index(batch_op.f('ix_verdict_by_id_at'), ['by_id', 'at'], unique=False)

    with op.batch_alter_table('unit') as batch_op:
        batch_op.add_column(sa.Column('reviewer_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_unit_reviewer_id'), ['reviewer_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_unit_reviewer_id'), 'user', ['reviewer_id'], ['id'])

    with op.batch_alter_table('entry') as batch_op:
        batch_op.alter_column('head_note', server_default=None)  # the defaults were for the rows that stood there
        say_again(batch_op, 'ck_entry_status_known', STATUS_NOW)
    with op.batch_alter_table('round') as batch_op:
        batch_op.alter_column('is_reopening', server_default=None)
        batch_op.create_check_constraint(op.f('ck_round_finished_whole'), "(finished_by_id IS NULL) = (finished_at IS NULL)")
        say_again(batch_op, 'ck_round_decision_known', DECISION_NOW)
    with op.batch_alter_table('period') as batch_op:
        for column in ('grace_minutes', 'needs_signature', 'two_steps', 'may_approve_own', 'may_judge_own_unit'):
            batch_op.alter_column(column, server_default=None)
        batch_op.create_check_constraint(op.f('ck_period_grace_known'), "grace_minutes BETWEEN 0 AND 120")
    with op.batch_alter_table('answer') as batch_op:
        batch_op.alter_column('version', server_default=None)


def downgrade():
    """What the older version does not know is brought to what it does; letters, notes and drafts go."""
    op.execute("UPDATE entry SET status = 'submitted' WHERE status = 'verified'")
    op.execute("UPDATE entry SET status = CASE WHEN EXISTS (SELECT 1 FROM round WHERE round.entry_id = entry.id AND round.decision IN "
               "('returned', 'approved')) THEN 'returned' ELSE 'draft' END WHERE status = 'signing'")
    op.execute("DELETE FROM verdict WHERE round_id IN (SELECT id FROM round WHERE decision = 'withdrawn')")
    op.execute("DELETE FROM letter")
    op.execute("DELETE FROM round WHERE decision = 'withdrawn'")
    op.execute("DELETE FROM notification WHERE event_id IN (SELECT id FROM event WHERE reason_id IS NOT NULL)")
    op.execute("DELETE FROM event WHERE reason_id IS NOT NULL")
    with op.batch_alter_table('verdict') as batch_op:
        batch_op.drop_index(batch_op.f('ix_verdict_by_id_at'))
        batch_op.create_index(batch_op.f('ix_verdict_by_id'), ['by_id'], unique=False)

    with op.batch_alter_table('unit') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_unit_reviewer_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_unit_reviewer_id'))
        batch_op.drop_column('reviewer_id')

    with op.batch_alter_table('round') as batch_op:
        batch_op.drop_constraint(op.f('ck_round_finished_whole'), type_='check')
        say_again(batch_op, 'ck_round_decision_known', DECISION)
        batch_op.drop_constraint(batch_op.f('fk_round_signed_by_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_round_finished_by_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_round_decided_by_id_decided_at'))
        batch_op.create_index(batch_op.f('ix_round_decided_by_id'), ['decided_by_id'], unique=False)
        batch_op.drop_column('finished_by_id')
        batch_op.drop_column('finished_at')
        batch_op.drop_column('is_reopening')
        batch_op.drop_column('signed_by_id')

    with op.batch_alter_table('period') as batch_op:
        batch_op.drop_constraint(op.f('ck_period_grace_known'), type_='check')
        batch_op.drop_column('may_judge_own_unit')
        batch_op.drop_column('may_approve_own')
        batch_op.drop_column('two_steps')
        batch_op.drop_column('needs_signature')
        batch_op.drop_column('grace_minutes')

    with op.batch_alter_table('event') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_event_reason_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_event_reason_id'))
        batch_op.drop_column('reason_id')

    with op.batch_alter_table('entry') as batch_op:
        say_again(batch_op, 'ck_entry_status_known', STATUS)
        batch_op.drop_constraint(batch_op.f('fk_entry_reviewer_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_entry_prepared_by_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_entry_reviewer_id_status'))
        batch_op.drop_index(batch_op.f('ix_entry_prepared_by_id'))
        batch_op.drop_column('reminded_at')
        batch_op.drop_column('head_note')
        batch_op.drop_column('prepared_at')
        batch_op.drop_column('prepared_by_id')
        batch_op.drop_column('reviewer_id')

    with op.batch_alter_table('answer') as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_answer_changed_by_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_answer_changed_by_id'))
        batch_op.drop_column('changed_by_id')
        batch_op.drop_column('version')

    with op.batch_alter_table('verdict_reason') as batch_op:
        batch_op.drop_index('ix_verdict_reason_reason_id')

    op.drop_table('verdict_reason')
    with op.batch_alter_table('letter') as batch_op:
        batch_op.drop_index(batch_op.f('ix_letter_pdf_id'))
        batch_op.drop_index(batch_op.f('ix_letter_made_by_id'))
        batch_op.drop_index(batch_op.f('ix_letter_entry_id'))
        batch_op.drop_index(batch_op.f('ix_letter_docx_id'))

    op.drop_table('letter')
    with op.batch_alter_table('note') as batch_op:
        batch_op.drop_index(batch_op.f('ix_note_entry_id_row'))
        batch_op.drop_index(batch_op.f('ix_note_by_id'))

    op.drop_table('note')
    with op.batch_alter_table('extension') as batch_op:
        batch_op.drop_index(batch_op.f('ix_extension_unit_id'))
        batch_op.drop_index(batch_op.f('ix_extension_period_id_unit_id'))
        batch_op.drop_index(batch_op.f('ix_extension_given_by_id'))

    op.drop_table('extension')
    with op.batch_alter_table('draft') as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_saved_at'))

    op.drop_table('draft')
    op.drop_table('reminder_run')
    with op.batch_alter_table('reason') as batch_op:
        batch_op.drop_index(batch_op.f('ix_reason_row_archived_at'))

    op.drop_table('reason')
