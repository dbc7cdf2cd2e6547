"""What the columns of strangers are called, and what is understood by it: the table of docs/FORMATS.md.

Only names that mean one thing wherever they stand. Of several columns for one field the first name here is taken.
"""

import re
import unicodedata

SYNONYMS: dict[str, str] = {
    "title": "title coursetitle programtitle programmetitle credentialtitle coursename programname programmename "
    "credentialname officialname officialtitle longtitle titre titreducours nomducours name",
    "id": "id courseid programid programmeid credentialid identifier externalidentifier externalid uniqueid uuid recordid "
    "listingid productid sku",
    "code": "code coursecode programcode programmecode credentialcode coursekey coursenumber programnumber number",
    "summary": "shortdescription summary abstract",
    "description": "description coursedescription programdescription programmedescription fulldescription longdescription",
    "url": "url courseurl programurl programmeurl link courselink programlink weblink webpage coursepage subjectwebpage "
    "marketingurl pageurl",
    "provider": "provider providername institution institutionname school schoolname college university organization "
    "organisation organizationname organisationname offeredby organizer organiser",
    "totalHours": "totalhours totalnumberofhours",
    "instructionalHours": "instructionalhours instructionhours contacthours classhours classroomhours",
    "statedHours": "hours coursehours programhours numberofhours totalclockhours clockhours durationhours durationinhours",
    "weeklyHours": "hoursperweek weeklyhours",
    "weeks": "weeks numberofweeks durationweeks durationinweeks lengthinweeks weekstocomplete",
    "duration": "duration courseduration programduration programmeduration length courselength programlength "
    "lengthofprogram lengthofcourse",
    "tuition": "tuition tuitionfee tuitionfees tuitioncost",
    "price": "price courseprice cost coursecost coursefee programfee totalcost totalprice fee fees",
    "mandatory": "mandatoryfees mandatoryfee studentfees fees",
    "materials": "materialscost materialsfee materialfee booksmaterialscost bookscost textbookcost",
    "equipment": "equipmentcost toolscost suppliestoolscost",
    "application": "applicationfee",
    "exam": "examfee examcost examinationfee",
    "otherFee": "othercosts otherfees",
    "currency": "currency pricecurrency costcurrency",
    "language": "language courselanguage languageofinstruction instructionlanguage contentlanguage langue",
    "start": "startdate start starts startson coursestart coursestartdate datestart datededebut",
    "end": "enddate end ends endson courseend courseenddate dateend datedefin",
    "mode": "deliverymode deliverymethod modeofdelivery delivery instructionmode modeofinstruction learningformat "
    "courseformat modality",
    "online": "online isonline",
    "cip": "cip cipcode",
    "noc": "noc noccode noc2021 noccodes",
    "prerequisites": "prerequisites prerequisite prereqs prerequisitesraw prealables entryrequirements "
    "admissionrequirements",
    "kind": "kind credentialtype typeofcredential awardtype producttype",
    "deleted": "isdeleted deleted",
}
NAMES: dict[str, list[tuple[str, int]]] = {}
for _field, _names in SYNONYMS.items():
    for _rank, _name in enumerate(_names.split()):
        NAMES.setdefault(_name, []).append((_field, _rank))

NO_LISTINGS: dict[str, str] = {
    "pathwaycomponenttype": "parts of pathways",
    "cfitemtype": "items of a framework of competencies",
    "doi": "publications or materials",
}
"""Columns that say that the rows are something else."""


def plain(header: str) -> str:
    """A name without case, accents, spaces and signs: `Course_Title` and `COURSE TITLE` are one name."""
    letters = unicodedata.normalize("NFKD", header[:200]).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", letters.lower())
