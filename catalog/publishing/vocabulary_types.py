"""The types of records that are codes: skills, occupations, sectors, regions and themes."""

from catalog.model.vocabulary import RecordType

VOCABULARY = (RecordType.SKILL, RecordType.OCCUPATION, RecordType.SECTOR, RecordType.REGION, RecordType.THEME)
