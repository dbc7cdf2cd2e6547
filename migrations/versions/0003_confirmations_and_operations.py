"""how often confirmations moved, and operations that may be asked

Revision ID: 0003
Revises: 0002
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel.sql.sqltypes

import catalog.db.types


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('operation',
    sa.Column('hash', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('added_at', catalog.db.types.Instant(), nullable=False),
    sa.PrimaryKeyConstraint('hash')
    )
    with op.batch_alter_table('seat_event', schema=None) as batch_op:
        batch_op.create_index('ix_seat_event_at', ['at'], unique=False)
    with op.batch_alter_table('catalog_state', schema=None) as batch_op:
        batch_op.add_column(sa.Column('confirmations', sa.Integer(), nullable=False, server_default='0'))
    with op.batch_alter_table('catalog_state', schema=None) as batch_op:
        batch_op.alter_column('confirmations', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('seat_event', schema=None) as batch_op:
        batch_op.drop_index('ix_seat_event_at')
    with op.batch_alter_table('catalog_state', schema=None) as batch_op:
        batch_op.drop_column('confirmations')
    op.drop_table('operation')
