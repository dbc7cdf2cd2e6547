"""Tables of what is made of credentials, pays for them or counts them elsewhere."""

from sqlmodel import Field, SQLModel


class PathwayRow(SQLModel, table=True):
    __tablename__ = "pathway"
    id: str = Field(primary_key=True)
    award: str = Field(index=True)
    owner: str


class PathwayItemRow(SQLModel, table=True):
    """Every credential that a pathway's parts name, also in their rules."""

    __tablename__ = "pathway_item"
    pathway: str = Field(primary_key=True)
    credential: str = Field(primary_key=True, index=True)


class MenuItemRow(SQLModel, table=True):
    __tablename__ = "menu_item"
    menu: str = Field(primary_key=True)
    credential: str = Field(primary_key=True, index=True)


class EquivalenceRow(SQLModel, table=True):
    """One member of a group of credentials that count as the same."""

    __tablename__ = "equivalence"
    equivalence: str = Field(primary_key=True)
    member: str = Field(primary_key=True, index=True)
    basis: str


class RecognitionRow(SQLModel, table=True):
    __tablename__ = "recognition"
    id: str = Field(primary_key=True)
    from_credential: str = Field(index=True)
    to_credential: str = Field(index=True)
    institution: str | None = None
    kind: str | None = None


class FundingDesignationRow(SQLModel, table=True):
    """Where a funding program may be spent."""

    __tablename__ = "funding_designation"
    program: str = Field(primary_key=True)
    credential: str = Field(primary_key=True, index=True)


class DemandRow(SQLModel, table=True):
    """Forecast openings; `occupation` and `sector` are codes, and null stands for all of them."""

    __tablename__ = "demand"
    id: str = Field(primary_key=True)
    occupation: str | None = Field(default=None, index=True)
    sector: str | None = Field(default=None, index=True)
    from_year: int
    to_year: int
    value: float
    per_year: float | None = None


class DemandRegionRow(SQLModel, table=True):
    """The regions that share a figure."""

    __tablename__ = "demand_region"
    demand: str = Field(primary_key=True)
    region: str = Field(primary_key=True, index=True)
