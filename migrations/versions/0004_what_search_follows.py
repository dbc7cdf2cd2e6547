"""when a confirmation was counted, and on which landmass a campus lies

Revision ID: 0004
Revises: 0003
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel.sql.sqltypes


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('statement', schema=None) as batch_op:
        batch_op.add_column(sa.Column('confirmation', sa.Integer(), nullable=True))
        batch_op.create_index('ix_statement_confirmation', ['confirmation'], unique=False)
    with op.batch_alter_table('campus', schema=None) as batch_op:
        batch_op.add_column(sa.Column('landmass', sqlmodel.sql.sqltypes.AutoString(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('campus', schema=None) as batch_op:
        batch_op.drop_column('landmass')
    with op.batch_alter_table('statement', schema=None) as batch_op:
        batch_op.drop_index('ix_statement_confirmation')
        batch_op.drop_column('confirmation')
