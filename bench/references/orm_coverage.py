"""Coverage by region and sector counted from ORM objects, as it is first written with SQLAlchemy and written well.

It has normalised tables of its own in the same database, filled from the Documents and the seat events of the catalogue:
institutions, sectors, credentials, their offerings (seats, seats left as last counted, price in cents, when registration
opens and closes), awards with what they cover, forecast openings, and pairs of runs that are bought together. What the
catalogue works out when it is asked (price from fees, the newest seat event, instants from days in time zones) is a column
here: less work for the reference, not more. It makes no GraphQL and no JSON.
"""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median
from typing import TypeAlias

from sqlalchemy import BigInteger, Column, Engine, ForeignKey, Select, Table, select, union_all
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, load_only, mapped_column, relationship, selectinload

TUNING = (
    "normalised tables of its own with an index for every foreign key, ANALYZE",
    "credentials and offerings each streamed as objects (yield_per 5,000, load_only of what is counted), put together in dictionaries",
    "links between them as tuples; all this takes half the time of selectinload, which takes less than joinedload",
    "institutions and sectors are in the session beforehand, so that links make no further objects",
    "money as whole cents and instants as whole microseconds: no Decimal and no datetime for a row",
    "price, status instants and seats left are columns; region and sector hold for all runs of a credential, which are added up once",
    "the garbage collector is off while it counts; no JSON is made of what was counted",
)
YIELDED = 5_000
NOWHERE: frozenset[str] = frozenset()
SHARED = "SHARED_NOT_SPLIT"
CENTS = Decimal(100)
CENT = Decimal("0.01")
MOST_SHOWN = 50
Key: TypeAlias = tuple[str | None, str | None]
Shown: TypeAlias = dict[str, object]


class Base(DeclarativeBase):
    pass


credential_institution = Table(
    "ref_credential_institution",
    Base.metadata,
    Column("credential_id", ForeignKey("ref_credential.id"), primary_key=True),
    Column("institution_id", ForeignKey("ref_institution.id"), primary_key=True, index=True),
)
credential_sector = Table(
    "ref_credential_sector",
    Base.metadata,
    Column("credential_id", ForeignKey("ref_credential.id"), primary_key=True),
    Column("sector_id", ForeignKey("ref_sector.id"), primary_key=True, index=True),
)


class Institution(Base):
    __tablename__ = "ref_institution"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    region: Mapped[str | None]


class Sector(Base):
    __tablename__ = "ref_sector"
    id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str]


class Credential(Base):
    __tablename__ = "ref_credential"
    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    provider_id: Mapped[str] = mapped_column(ForeignKey("ref_institution.id"), index=True)
    hours: Mapped[float | None]
    """Where one number is stated."""
    provider: Mapped[Institution] = relationship()
    institutions: Mapped[list[Institution]] = relationship(secondary=credential_institution)
    sectors: Mapped[list[Sector]] = relationship(secondary=credential_sector)
    offerings: Mapped[list["Offering"]] = relationship()


class Offering(Base):
    """Also the run of a credential that has only `usual`."""

    __tablename__ = "ref_offering"
    id: Mapped[str] = mapped_column(primary_key=True)
    credential_id: Mapped[str] = mapped_column(ForeignKey("ref_credential.id"), index=True)
    is_offering: Mapped[bool]
    mode: Mapped[str | None]
    seats: Mapped[int | None]
    seats_left: Mapped[int | None]
    price: Mapped[int | None]
    is_cancelled: Mapped[bool]
    opens_at: Mapped[int | None] = mapped_column(BigInteger)
    closes_at: Mapped[int | None] = mapped_column(BigInteger)
    started_at: Mapped[int | None] = mapped_column(BigInteger)
    ended_at: Mapped[int | None] = mapped_column(BigInteger)


class Same(Base):
    """Runs that are bought together: where the whole says how many seats, or hours, it has, the part's are not added."""

    __tablename__ = "ref_same"
    whole_id: Mapped[str] = mapped_column(primary_key=True)
    part_id: Mapped[str] = mapped_column(primary_key=True)


class Award(Base):
    __tablename__ = "ref_award"
    id: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[int | None] = mapped_column(BigInteger)
    seats: Mapped[int | None]
    is_shared: Mapped[bool]
    covers: Mapped[list["Cover"]] = relationship()


class Cover(Base):
    __tablename__ = "ref_cover"
    award_id: Mapped[str] = mapped_column(ForeignKey("ref_award.id"), primary_key=True)
    credential_id: Mapped[str] = mapped_column(ForeignKey("ref_credential.id"), primary_key=True, index=True)


class Openings(Base):
    __tablename__ = "ref_openings"
    region: Mapped[str] = mapped_column(primary_key=True)
    sector: Mapped[str] = mapped_column(primary_key=True)
    per_year: Mapped[float]


@dataclass(slots=True)
class Part:
    """What one credential brings to each of its cells."""

    institutions: list[str]
    hours: float | None
    offerings: int = 0
    open_offerings: int = 0
    seats: int = 0
    seats_known: int = 0
    seats_unknown: int = 0
    left: int = 0
    left_known: int = 0
    left_unknown: int = 0
    counts_hours: bool = True
    prices: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Cell:
    credentials: int = 0
    offerings: int = 0
    open_offerings: int = 0
    institutions: set[str] = field(default_factory=set)
    seats: int = 0
    seats_known: int = 0
    seats_unknown: int = 0
    left: int = 0
    left_known: int = 0
    left_unknown: int = 0
    hours: float = 0.0
    hours_known: int = 0
    hours_unknown: int = 0
    prices: list[int] = field(default_factory=list)
    price_unknown: int = 0
    awards: list[Award] = field(default_factory=list)

    def add(self, part: Part) -> None:
        self.credentials += 1
        self.offerings += part.offerings
        self.open_offerings += part.open_offerings
        self.institutions.update(part.institutions)
        self.seats += part.seats
        self.seats_known += part.seats_known
        self.seats_unknown += part.seats_unknown
        self.left += part.left
        self.left_known += part.left_known
        self.left_unknown += part.left_unknown
        if part.hours is None:
            self.hours_unknown += 1
        elif part.counts_hours:
            self.hours += part.hours
            self.hours_known += 1
        if part.prices:
            self.prices += part.prices
        else:
            self.price_unknown += 1

    def show(self, per_year: float | None = None) -> Shown:
        """Every measure by its name in the API; money as it is written."""
        whole = self.credentials
        return {
            "credentials": whole,
            "offerings": self.offerings,
            "openOfferings": self.open_offerings,
            "institutions": len(self.institutions),
            "seats": self.seats if self.seats_known else None,
            "seatsUnknown": self.seats_unknown,
            "seatsLeft": self.left if self.left_known else None,
            "seatsLeftUnknown": self.left_unknown,
            "hours": self.hours if self.hours_known else None,
            "hoursUnknown": self.hours_unknown,
            "price": {"min": _money(min(self.prices)), "max": _money(max(self.prices))} if self.prices else None,
            "medianPrice": _money(median(self.prices)) if self.prices else None,
            "priceUnknown": self.price_unknown,
            **_funding(self.awards),
            "sharedAmount": None,  # everything that awards pay for is counted
            "openingsPerYear": per_year,
            "openingsSharedBy": [],
            "priceStated": round((whole - self.price_unknown) / whole, 4) if whole else None,
            "hoursStated": round((whole - self.hours_unknown) / whole, 4) if whole else None,
        }


def _funding(awards: list[Award]) -> Shown:
    amounts = [one.amount for one in awards]
    known = [one for one in amounts if one is not None]
    seats = [one.seats for one in awards if one.seats is not None]
    is_whole = bool(awards) and len(known) == len(amounts) and len(seats) == len(awards) and sum(seats) > 0
    return {
        "fundedAmount": _money(sum(known)) if known else None,
        "awards": sorted(one.id for one in awards)[:MOST_SHOWN],
        "awardsCount": len(awards),
        "awardsUnknown": len(amounts) - len(known),
        "amountPerSeat": _money(Decimal(sum(known)) / sum(seats)) if is_whole else None,
    }


def _money(cents: float | Decimal) -> str:
    return str((Decimal(str(cents)) / CENTS).quantize(CENT))


@dataclass(slots=True)
class Listing:
    """One credential with what counting asks for."""

    id: str
    hours: float | None
    region: str | None
    institutions: list[str]
    sectors: list[str]
    offerings: Sequence[Offering]


RUN = (
    Offering.credential_id,
    Offering.is_offering,
    Offering.seats,
    Offering.seats_left,
    Offering.price,
    Offering.is_cancelled,
    Offering.opens_at,
    Offering.closes_at,
    Offering.started_at,
    Offering.ended_at,
)


def by_streams(session: Session) -> Iterator[Listing]:
    institutions = {one.id: one for one in session.scalars(select(Institution))}
    sectors = {one.id: one for one in session.scalars(select(Sector))}
    named: dict[str, list[str]] = defaultdict(list)
    for credential, institution in session.execute(select(credential_institution)):
        named[credential].append(institution)
    filed: dict[str, list[str]] = defaultdict(list)
    for credential, sector in session.execute(select(credential_sector)):
        filed[credential].append(sectors[sector].code)
    runs: dict[str, list[Offering]] = defaultdict(list)
    for run in session.scalars(select(Offering).options(load_only(*RUN)).execution_options(yield_per=YIELDED)):
        runs[run.credential_id].append(run)
    for one in session.scalars(_credentials().execution_options(yield_per=YIELDED)):
        own, region = one.id, institutions[one.provider_id].region
        yield Listing(own, one.hours, region, named[own], filed.get(own, []), runs.pop(own, ()))


def by_selectinload(session: Session) -> Iterator[Listing]:
    """As it is written first."""
    known = [*session.scalars(select(Institution)), *session.scalars(select(Sector))]
    offerings = selectinload(Credential.offerings).load_only(*RUN)
    links = (selectinload(Credential.institutions), selectinload(Credential.sectors))
    for one in session.scalars(_credentials().options(offerings, *links).execution_options(yield_per=YIELDED)):
        named, filed = [own.id for own in one.institutions], [own.code for own in one.sectors]
        yield Listing(one.id, one.hours, one.provider.region, named, filed, one.offerings)
    known.clear()


def _credentials() -> Select[Credential]:
    return select(Credential).options(load_only(Credential.provider_id, Credential.hours))


class Reference:
    def __init__(self, engine: Engine, load: Callable[[Session], Iterator[Listing]] = by_streams) -> None:
        self._engine = engine
        self._load = load

    def count(self, now: int) -> tuple[dict[Key, Shown], Shown]:
        """Measures by region and sector, and of everything; `now` in microseconds since 1970."""
        gc.disable()
        try:
            with Session(self._engine) as session:
                return _Counting(session, now).count(self._load(session))
        finally:
            gc.enable()


class _Counting:
    def __init__(self, session: Session, now: int) -> None:
        self._session = session
        self._now = now
        self._cells: dict[Key, Cell] = defaultdict(Cell)
        self._total = Cell()
        self._awards = session.scalars(select(Award).options(selectinload(Award.covers))).all()
        self._paid: dict[str, list[Award]] = defaultdict(list)
        for award in self._awards:
            for cover in award.covers:
                self._paid[cover.credential_id].append(award)
        self._same = list(session.execute(select(Same.whole_id, Same.part_id)).tuples())
        runs = union_all(select(Same.whole_id), select(Same.part_id))
        self._tied = set(session.scalars(select(Offering.credential_id).where(Offering.id.in_(runs))))
        """Credentials that have such runs."""
        self._waiting: list[tuple[Listing, list[Key]]] = []
        """Those, which are added when it is known what lies in their cells."""
        self._touched: dict[str, set[Key]] = defaultdict(set)

    def count(self, listings: Iterator[Listing]) -> tuple[dict[Key, Shown], Shown]:
        for one in listings:
            keys: list[Key] = [(one.region, sector) for sector in one.sectors] or [(one.region, None)]
            for award in self._paid.get(one.id, ()):
                self._touched[award.id].update(keys)
            if one.id in self._tied:
                self._waiting.append((one, keys))
                continue
            part = self._part(one)
            for key in keys:
                self._cells[key].add(part)
            self._total.add(part)
        self._add_tied()
        shared = self._add_awards()
        found = {(one.region, one.sector): one.per_year for one in self._session.scalars(select(Openings))}
        needed = {key: found.get((key[0], key[1])) if key[0] and key[1] else None for key in self._cells}
        shown = {key: cell.show(needed[key]) for key, cell in self._cells.items()}
        return shown | {key: cell.show() for key, cell in shared.items()}, self._total.show()

    def _part(self, listing: Listing, elsewhere: frozenset[str] = NOWHERE, *, counts_hours: bool = True) -> Part:
        """`elsewhere` are runs whose seats another run of the cell brings. What is cancelled has no seats."""
        part = Part(listing.institutions, listing.hours, counts_hours=counts_hours)
        for run in listing.offerings:
            price = run.price
            if price is not None:
                part.prices.append(price)
            if not run.is_offering:
                continue
            seats, left = run.seats, run.seats_left
            part.offerings += 1
            if self._is_open(run, left):
                part.open_offerings += 1
            if run.is_cancelled or (elsewhere and run.id in elsewhere):
                continue
            if seats is None:
                part.seats_unknown += 1
            else:
                part.seats += seats
                part.seats_known += 1
            if left is None:
                part.left_unknown += 1
            else:
                part.left += left
                part.left_known += 1
        return part

    def _is_open(self, run: Offering, left: int | None) -> bool:
        now, opens = self._now, run.opens_at
        if opens is None or now < opens:
            return False
        closes = run.closes_at
        if closes is None or closes <= now or run.is_cancelled or (left is not None and left <= 0):
            return False
        started, ended = run.started_at, run.ended_at
        return (started is None or now < started) and (ended is None or now < ended)

    def _add_tied(self) -> None:
        """Seats of a run are left out of a cell in which a whole that it is part of states its own; so are hours."""
        wholes: dict[str, list[str]] = defaultdict(list)
        for whole, part in self._same:
            wholes[part].append(whole)
        with_seats: dict[Key | None, set[str]] = defaultdict(set)
        with_hours: dict[Key | None, set[str]] = defaultdict(set)
        for listing, keys in self._waiting:
            seated = [run.id for run in listing.offerings if run.seats is not None]
            for key in (*keys, None):
                with_seats[key].update(seated)
                with_hours[key].update(run.id for run in listing.offerings if listing.hours is not None)
        for listing, keys in self._waiting:
            runs = [run.id for run in listing.offerings]
            for key in (*keys, None):
                elsewhere = frozenset(one for one in runs if not with_seats[key].isdisjoint(wholes.get(one, ())))
                brought = all(not with_hours[key].isdisjoint(wholes.get(one, ())) for one in runs)
                cell = self._total if key is None else self._cells[key]
                cell.add(self._part(listing, elsewhere, counts_hours=not brought))

    def _add_awards(self) -> dict[Key, Cell]:
        """Rows of money that several cells share."""
        shared: dict[Key, Cell] = defaultdict(Cell)
        for award in self._awards:
            keys = self._touched.get(award.id)
            if not keys:
                continue
            self._total.awards.append(award)
            if award.is_shared and len(keys) > 1:
                regions, sectors = {one[0] for one in keys}, {one[1] for one in keys}
                key = (regions.pop() if len(regions) == 1 else SHARED, sectors.pop() if len(sectors) == 1 else SHARED)
                shared[key].awards.append(award)
                continue
            for one in keys:
                self._cells[one].awards.append(award)
        return shared
