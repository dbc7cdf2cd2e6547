"""What the sheet `Read me` says."""

from catalog.formats.template.cell import YES
from catalog.formats.template.columns import FREE, NONE, SHEETS, USUAL
from catalog.formats.template.values import UNCHANGED

_RULES = (
    ("What this is", "A row for each credential in Credentials, for each run in Offerings; their fees and meetings follow."),
    ("The example", "Rows whose ref begins with EXAMPLE- are never published. Write yours below, or over them."),
    ("ref", "Your own id. The same ref stays the same, whatever else changes: a run with a new date is a postponement."),
    ("A blank cell", "says that you no longer state this. It is shown as not known."),
    ("A missing column", "leaves its field as it was. Take out the columns that you do not use."),
    (UNCHANGED, "in a cell leaves this field of this row as it was."),
    (NONE, "in the column requirements says that nothing is required before. A blank cell does not say so."),
    (FREE, "as an amount says that there is nothing to pay. A blank cell does not say so."),
    (USUAL, "in place of a run's ref stands for what holds for every run."),
    (YES, "in the column delete: no longer offered. A row left out says so only where your source is declared complete."),
    ("Runs that have ended", "stay, whatever the file leaves out."),
    ("Codes", "are text: keep the format of their columns, or leading zeros are lost and some become dates."),
    ("Other languages", "have columns of their own: title_fr beside title."),
    ("Several values", "stand in one cell with ; between them."),
    ("People", "have no place here: name an office as the contact."),
    ("To try it", "catalog ingest FILE --dry-run --source KEY says all that would happen, and writes nothing."),
)
_COLUMNS = tuple((sheet, column) for sheet, columns in SHEETS.items() for column in columns)
INSTRUCTIONS: tuple[tuple[str, str], ...] = (
    *_RULES,
    ("", ""),
    *((f"{sheet}: {column.name}", f"{column.help} ({column.cells})") for sheet, column in _COLUMNS),
)
