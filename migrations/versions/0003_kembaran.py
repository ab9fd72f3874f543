"""kembaran: dokumen dengan nomor dan tanggal yang sama dicari lewat indeks"""
from alembic import op

revision = '0003'
down_revision = '0002'


def upgrade():
    with op.batch_alter_table('document_version') as batch_op:
        batch_op.create_index(batch_op.f('ix_document_version_dated_on_doc_number'), ['dated_on', 'doc_number'], unique=False)


def downgrade():
    with op.batch_alter_table('document_version') as batch_op:
        batch_op.drop_index(batch_op.f('ix_document_version_dated_on_doc_number'))
