"""jaga: rantai log, langkah kedua saat masuk, umur kata sandi, orang yang disamarkan, draf instrumen yang dihapus"""
import hashlib
import json
from datetime import UTC

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
FINAL = 'yang sudah dicatat tidak diubah atau dihapus'
SENT = 'yang sudah dikirim tidak diubah atau dihapus'
FROZEN = 'entry_id, period_id, sent_at, sent_by_id, name, unit_name, main_affair, maturity, snapshot, checksum, pdf_id'  # of what was sent
UNTOLD = ('totp_on', 'totp_off', 'person_anonymised', 'data_taken', 'backup_restored', 'version_changed')  # no sentence in the older program


def upgrade():
    with op.batch_alter_table('user') as batch_op:
        batch_op.add_column(sa.Column('password_changed_at', sa.DateTime(), nullable=False, server_default=sa.func.current_timestamp()))
        batch_op.add_column(sa.Column('totp_secret', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('totp_since', sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column('totp_step', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('anonymised_at', sa.DateTime(), nullable=True))
    with op.batch_alter_table('user') as batch_op:
        batch_op.alter_column('password_changed_at', server_default=None)
    with op.batch_alter_table('instrument') as batch_op:
        batch_op.add_column(sa.Column('discarded_at', sa.DateTime(), nullable=True))
    with op.batch_alter_table('event') as batch_op:
        batch_op.add_column(sa.Column('hash', sa.String(length=64), nullable=False, server_default=''))
    chain()
    with op.batch_alter_table('event') as batch_op:
        batch_op.alter_column('hash', server_default=None)
    close()


def downgrade():
    open_again()
    names = ', '.join(f"'{name}'" for name in UNTOLD)
    op.execute(f'DELETE FROM notification WHERE event_id IN (SELECT id FROM event WHERE what IN ({names}))')
    op.execute(f'DELETE FROM event WHERE what IN ({names})')
    op.execute('DELETE FROM notification WHERE event_id IN (SELECT id FROM event WHERE instrument_id IN '
               '(SELECT id FROM instrument WHERE discarded_at IS NOT NULL))')
    op.execute("UPDATE event SET instrument_id = NULL WHERE instrument_id IN (SELECT id FROM instrument WHERE discarded_at IS NOT NULL)")
    op.execute('DELETE FROM instrument WHERE discarded_at IS NOT NULL')
    with op.batch_alter_table('event') as batch_op:
        batch_op.drop_column('hash')
    with op.batch_alter_table('instrument') as batch_op:
        batch_op.drop_column('discarded_at')
    with op.batch_alter_table('user') as batch_op:
        for name in ('anonymised_at', 'totp_step', 'totp_since', 'totp_secret', 'password_changed_at'):
            batch_op.drop_column(name)


def chain():
    """What was written so far, linked in the order it was written; as app/rules/chain.py does, by the columns there are here."""
    connection = op.get_bind()
    event = sa.Table('event', sa.MetaData(), autoload_with=connection)
    event.c.details.type = sa.JSON()
    before, last = '0' * 64, 0
    while rows := connection.execute(sa.select(event).where(event.c.id > last).order_by(event.c.id).limit(5000)).mappings().all():
        linked = []
        for row in rows:
            facts = {name: value for name, value in row.items() if name not in ('id', 'hash', 'at') and value is not None}
            told = [before, row['at'].replace(tzinfo=UTC).isoformat(timespec='microseconds'), facts]
            words = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(',', ':'))
            before, last = hashlib.sha256(words.encode('utf-8', 'surrogatepass')).hexdigest(), row['id']
            linked.append({'this': last, 'hash': before})
        connection.execute(event.update().where(event.c.id == sa.bindparam('this')), linked)


def close():
    """From here on the database itself refuses. A later migration that builds one of these tables anew must do this again."""
    if op.get_bind().dialect.name == 'sqlite':
        for verb in ('UPDATE', 'DELETE'):
            refuse_on_sqlite(f'event_no_{verb.lower()}', f'{verb} ON event', FINAL)
        refuse_on_sqlite('sending_no_update', f'UPDATE OF {FROZEN} ON sending', SENT)
        refuse_on_sqlite('sending_no_delete', 'DELETE ON sending', SENT)
        # INSERT OR REPLACE removes what stands in its way, and asks no trigger for deleting
        refuse_on_sqlite('event_no_replace', 'INSERT ON event WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id)', FINAL)
        refuse_on_sqlite('sending_no_replace', 'INSERT ON sending WHEN EXISTS (SELECT 1 FROM sending WHERE id = NEW.id OR entry_id = NEW.entry_id '
                         'OR (period_id = NEW.period_id AND number = NEW.number))', SENT)
        return
    for table, words in (('event', FINAL), ('sending', SENT)):
        op.execute(f"CREATE FUNCTION {table}_is_final() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{words}' "
                   "USING ERRCODE = 'integrity_constraint_violation'; END $$")
        op.execute(f'CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_is_final()')
        op.execute(f'CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_final()')
    op.execute('CREATE TRIGGER event_no_update BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION event_is_final()')
    op.execute(f'CREATE TRIGGER sending_no_update BEFORE UPDATE OF {FROZEN} ON sending FOR EACH ROW EXECUTE FUNCTION sending_is_final()')


def refuse_on_sqlite(name, when, words):
    op.execute(f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{words}'); END")


def open_again():
    sqlite = op.get_bind().dialect.name == 'sqlite'
    for table in ('event', 'sending'):
        for verb in ('update', 'delete', 'replace' if sqlite else 'truncate'):
            op.execute(f'DROP TRIGGER IF EXISTS {table}_no_{verb}' + ('' if sqlite else f' ON {table}'))
        if not sqlite:
            op.execute(f'DROP FUNCTION {table}_is_final()')
