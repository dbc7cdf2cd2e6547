"""files as they came, what became of them, feeds, and proposals of who is the same

Revision ID: 0007
Revises: 0006
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel.sql.sqltypes

import catalog.db.types


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('commit', schema=None) as batch_op:
        batch_op.add_column(sa.Column('declares', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('commit', schema=None) as batch_op:
        batch_op.alter_column('declares', server_default=None)
    op.create_table('feed',
    sa.Column('name', sa.String().with_variant(sa.String(collation='C'), 'postgresql'), nullable=False),
    sa.Column('address', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('how', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('format', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('source', catalog.db.types.JsonText(), nullable=False),
    sa.Column('told', catalog.db.types.JsonText(), nullable=False),
    sa.Column('every_minutes', sa.Integer(), nullable=False),
    sa.Column('headers', catalog.db.types.JsonText(), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('validators', catalog.db.types.JsonText(), nullable=True),
    sa.Column('added_at', catalog.db.types.Instant(), nullable=False),
    sa.Column('due_at', catalog.db.types.Instant(), nullable=False),
    sa.Column('pulled_at', catalog.db.types.Instant(), nullable=True),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('outcome', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.PrimaryKeyConstraint('name')
    )
    op.create_index(op.f('ix_feed_due_at'), 'feed', ['due_at'], unique=False)
    op.create_table('follower',
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('epoch', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('format', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name')
    )
    op.create_table('likeness',
    sa.Column('one', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('other', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('score', sa.Float(), nullable=False),
    sa.Column('reasons', catalog.db.types.JsonText(), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('titles', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('proposed_at', catalog.db.types.Instant(), nullable=False),
    sa.Column('decided_at', catalog.db.types.Instant(), nullable=True),
    sa.Column('decided_by', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.PrimaryKeyConstraint('one', 'other')
    )
    op.create_index(op.f('ix_likeness_other'), 'likeness', ['other'], unique=False)
    op.create_index(op.f('ix_likeness_state'), 'likeness', ['state'], unique=False)
    op.create_table('pull',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('feed', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', catalog.db.types.Instant(), nullable=False),
    sa.Column('outcome', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('message', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('submission', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_pull_feed_at', 'pull', ['feed', 'at'], unique=False)
    op.create_table('staged',
    sa.Column('hash', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('part', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('hash', 'part')
    )
    op.create_table('submission',
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', catalog.db.types.Instant(), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('feed', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('format', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('hash', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('told', catalog.db.types.JsonText(), nullable=False),
    sa.Column('report', catalog.db.types.JsonText(), nullable=True),
    sa.Column('ended_at', catalog.db.types.Instant(), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_submission_feed'), 'submission', ['feed'], unique=False)
    op.create_index(op.f('ix_submission_hash'), 'submission', ['hash'], unique=False)
    op.create_index('ix_submission_source_at', 'submission', ['source', 'at'], unique=False)
    op.create_index(op.f('ix_submission_state'), 'submission', ['state'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('commit', schema=None) as batch_op:
        batch_op.drop_column('declares')
    op.drop_index(op.f('ix_submission_state'), table_name='submission')
    op.drop_index('ix_submission_source_at', table_name='submission')
    op.drop_index(op.f('ix_submission_hash'), table_name='submission')
    op.drop_index(op.f('ix_submission_feed'), table_name='submission')
    op.drop_table('submission')
    op.drop_table('staged')
    op.drop_index('ix_pull_feed_at', table_name='pull')
    op.drop_table('pull')
    op.drop_index(op.f('ix_likeness_state'), table_name='likeness')
    op.drop_index(op.f('ix_likeness_other'), table_name='likeness')
    op.drop_table('likeness')
    op.drop_table('follower')
    op.drop_index(op.f('ix_feed_due_at'), table_name='feed')
    op.drop_table('feed')
