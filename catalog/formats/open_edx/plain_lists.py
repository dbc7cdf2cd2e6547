"""Lists of executive education and of bootcamps: one object, at most one run."""

from catalog.formats.open_edx.fees import alternatives, plain_fee
from catalog.formats.open_edx.fields import Fields
from catalog.formats.open_edx.listings import Value, dated, listing_of
from catalog.formats.open_edx.runs import window
from catalog.model.reading.days import read_date
from catalog.model.reading.words import read_language


def read_executive(node: Fields) -> Value:
    """Id, title, description and address are all that such a list has."""
    value = listing_of(node, node.text("Course_Id"), "COURSE")
    value |= {"url": node.url("URL"), "title": node.line("Title"), "description": node.prose("Description")}
    node.end()
    return value


def read_bootcamp(node: Fields) -> Value | None:
    """One run, whose prices are for those who come early or late. None for what is not published."""
    if node.raw("published") is False:
        node.reading.drop("courses that are not published")
        return None
    zone = node.reading.told.time_zone
    priced = [
        (one.text("mode") or "", plain_fee(node.reading, "prices.price", one.text("price")))
        for one in node.objects("prices")
    ]
    place = node.line("location")
    run = {
        "startsOn": node.take("start_date", read_date, zone),
        "endsOn": node.take("end_date", read_date, zone),
        "registrationWindows": window(node, "enrollment_start", "enrollment_end"),
        "fees": alternatives(node.reading, [(mode, fee) for mode, fee in priced if fee]),
        "places": [{"community": place}] if place else None,
    }
    language = node.take("language", read_language)
    value = listing_of(node, node.text("course_id"), "COURSE")
    value |= {
        "url": node.url("url"),
        "title": node.line("title"),
        "summary": node.prose("short_description"),
        "description": node.prose("full_description"),
        "languages": [language] if language else None,
    }
    node.raw("learning_resource_type")
    node.end()
    return value | dated([run])
