"""One leader by a lease in the database; its fence grows with every change of hands."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from catalog.db.engine import Database
from catalog.db.transactions import write_transaction
from catalog.model.bulk import table_of
from catalog.model.tables import LeaseRow

LEASE = table_of(LeaseRow)


class Lease:
    """Times are the machine's, never the catalogue's clock: that may stand still for a demonstration."""

    def __init__(self, database: Database, name: str, holder: str, seconds: float) -> None:
        self._database = database
        self._name = name
        self._holder = holder
        self._span = timedelta(seconds=seconds)
        self.fence: int | None = None

    def acquire(self) -> bool:
        """Takes the lease if nobody holds it, or whoever held it has been silent for too long."""
        now = datetime.now(UTC)
        try:
            with write_transaction(self._database) as connection:
                if connection.execute(select(LEASE.c.name).where(LEASE.c.name == self._name)).first() is None:
                    values = {"name": self._name, "holder": "", "fence": 0, "expires_at": now - self._span}
                    connection.execute(insert(LEASE).values(values))
                free = or_(LEASE.c.expires_at < now, LEASE.c.holder == self._holder)
                taken = connection.execute(
                    update(LEASE)
                    .where(LEASE.c.name == self._name, free)
                    .values(holder=self._holder, fence=LEASE.c.fence + 1, expires_at=now + self._span)
                    .returning(LEASE.c.fence)
                ).scalar_one_or_none()
        except IntegrityError:  # another process wrote the first row at the same moment
            return False
        self.fence = taken
        return taken is not None

    def renew(self) -> bool:
        """Whether the lease is still ours; an outlived fence never renews."""
        now = datetime.now(UTC)
        with write_transaction(self._database) as connection:
            ours = (LEASE.c.name == self._name) & (LEASE.c.holder == self._holder) & (LEASE.c.fence == self.fence)
            renewed = connection.execute(
                update(LEASE).where(ours).values(expires_at=now + self._span).returning(LEASE.c.fence)
            ).scalar_one_or_none()
        return renewed is not None

    def release(self) -> None:
        """Lets another worker begin at once."""
        if self.fence is None:
            return
        with write_transaction(self._database) as connection:
            ours = (LEASE.c.name == self._name) & (LEASE.c.holder == self._holder) & (LEASE.c.fence == self.fence)
            connection.execute(update(LEASE).where(ours).values(expires_at=datetime.now(UTC) - self._span))
        self.fence = None
