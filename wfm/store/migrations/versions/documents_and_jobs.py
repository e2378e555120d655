"""The first tables: documents, jobs, their events and checkpoints."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
DIGEST = sa.String(64)
WORD = sa.String(80)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "documents",
        sa.Column("digest", DIGEST, primary_key=True),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("created", sa.DateTime, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "jobs",
        sa.Column("id", WORD, primary_key=True),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("name", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("created", sa.DateTime, nullable=False),
        sa.Column("started", sa.DateTime),
        sa.Column("finished", sa.DateTime),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("stop_requested", sa.Boolean, nullable=False),
        sa.Column("phase", sa.String(200), nullable=False),
        sa.Column("tier", sa.Integer),
        sa.Column("best", sa.Float),
        sa.Column("bound", sa.Float),
        sa.Column("gap", sa.Float),
        sa.Column("request", DIGEST, sa.ForeignKey("documents.digest"), nullable=False),
        sa.Column("result", DIGEST, sa.ForeignKey("documents.digest")),
        sa.Column("checkpoint", DIGEST),
        sa.Column("problem", sa.Text),
        sa.Column("idempotency_key", sa.String(255), unique=True),
        sa.Column("owner", sa.String(255)),
        sa.Column("lease_until", sa.DateTime),
        sa.Column("token", sa.Integer, nullable=False),
        sa.Column("events", sa.Integer, nullable=False),
        sa.Index("jobs_by_state", "state", "created", "id"),
        sa.Index("jobs_by_kind", "kind", "created", "id"),
    )
    op.create_table(
        "events",
        sa.Column("job", WORD, sa.ForeignKey("jobs.id"), primary_key=True),
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "checkpoints",
        sa.Column("job", WORD, sa.ForeignKey("jobs.id"), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Remove the tables."""
    for table in ("checkpoints", "events", "jobs", "documents"):
        op.drop_table(table)
