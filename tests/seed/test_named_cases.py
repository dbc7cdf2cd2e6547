"""Cases that the catalogue was built for, asked through the API as a learner, an institution or the ministry would."""

PARTS = "parts { title order within mayShare unlisted pick { unit min max } items { slug } rule { __typename text } }"


def pathway(seeded, slug):
    query = f'{{ pathway(slug: "{slug}") {{ title owner {{ slug }} award {{ slug }} {PARTS} limits {{ kind unit min max except {{ slug }} text }} }} }}'
    return seeded.data(query)["pathway"]


def test_four_courses_in_fixed_order_within_two_years(seeded):
    found = pathway(seeded, "ubc/forest-carbon-management")
    (part,) = found["parts"]
    assert (part["order"], part["within"]) == ("FIXED", "P2Y")
    assert [item["slug"] for item in part["items"]] == [
        "ubc/carbon-accounting", "ubc/carbon-data", "ubc/carbon-initiatives", "ubc/carbon-policy",
    ]  # fmt: skip
    assert pathway(seeded, "ubc/foundations-of-advanced-silviculture")["parts"][0]["order"] is None, "no order is stated"


def test_four_required_and_one_optional(seeded):
    required, optional = pathway(seeded, "bcit/essentials-of-net-zero-and-passive-house-construction")["parts"]
    assert (len(required["items"]), required["pick"]) == (4, {"unit": "COUNT", "min": 4.0, "max": 4.0})
    assert (len(optional["items"]), optional["pick"]) == (1, {"unit": "COUNT", "min": 0.0, "max": 1.0})


def test_a_sum_of_credits(seeded):
    core, electives = pathway(seeded, "uvic/adult-and-continuing-education")["parts"]
    assert core["pick"] == {"unit": "COUNT", "min": 4.0, "max": 4.0}
    assert electives["pick"] == {"unit": "CREDITS", "min": 4.0, "max": None}
    assert electives["within"] == "P5Y"
    assert electives["items"] == []
    assert electives["unlisted"] == "any mix of 1.0 and 0.5 courses"


def test_a_ticket_or_the_course(seeded):
    courses, tickets = pathway(seeded, "north-island-college/coastal-forest-worker")["parts"]
    assert courses["unlisted"].startswith("CFW-100")
    assert tickets["rule"]["__typename"] == "AllOf"
    assert "(WSF-019 WHMIS Online or WHMIS)" in tickets["rule"]["text"]


def test_one_micro_credential_at_seven_colleges(seeded):
    query = '{ credential(slug: "selkirk-college/rural-economic-development") { kind provider { slug } equivalents { totalCount edges { node { slug provider { slug } } } } } }'
    found = seeded.data(query)["credential"]
    assert found["equivalents"]["totalCount"] == 6
    providers = {edge["node"]["provider"]["slug"] for edge in found["equivalents"]["edges"]}
    assert providers == {
        "north-island-college", "coast-mountain-college", "cnc", "college-of-the-rockies", "northern-lights-college", "okanagan-college",
    }  # fmt: skip


def test_any_one_of_several_courses_towards_the_provincial_certificate(seeded):
    query = """{ menu(slug: "bc-ece-registry/ece-assistant") { illustration award { title provider { slug } } sections { pick { unit min max } items { slug provider { slug } } } }
      credential(slug: "dea-college/early-childhood-educator-assistant") { stacksInto { edges { node { slug } } } } }"""
    found = seeded.data(query)
    assert found["menu"]["illustration"] is False
    assert found["menu"]["award"]["provider"] == {"slug": "bc-ece-registry"}
    (section,) = found["menu"]["sections"]
    assert section["pick"] == {"unit": "COUNT", "min": 1.0, "max": None}
    providers = {item["provider"]["slug"] for item in section["items"]}
    assert providers == {"ubc", "dea-college", "vanwest-college"}, "Royal Metro's courses are reviewed case by case"
    stacks = [edge["node"]["slug"] for edge in found["credential"]["stacksInto"]["edges"]]
    assert stacks == ["bc-ece-registry/ece-assistant-certificate"]
    assert (
        "from any other accepted provider"
        in pathway(seeded, "bc-ece-registry/ece-assistant-certificate")["parts"][0]["unlisted"]
    )


def test_limits_on_counting_twice(seeded):
    limits = pathway(seeded, "vcc/gladue-report-writing-certificate")["limits"]
    assert [(one["kind"], one["unit"], one["min"], one["max"], one["except"]) for one in limits] == [
        ("PRIOR_LEARNING", "FRACTION", None, 0.5, [{"slug": "vcc/gldu-1211"}]),
        ("NEW", "FRACTION", 0.5, None, []),
    ]


def test_credit_is_not_a_waiver(seeded):
    query = '{ credential(slug: "outside/%s") { stacksInto { totalCount } recognitions { edges { node { kind guaranteed to { slug } institution { slug } } } } } }'
    credit = seeded.data(query % "ics-training-for-credit")["credential"]
    waiver = seeded.data(query % "ics-training-for-waiver")["credential"]
    jibc = {"slug": "jibc"}
    assert credit["recognitions"]["edges"] == [
        {"node": {"kind": "COURSE", "guaranteed": True, "to": {"slug": "jibc/ics-courses"}, "institution": jibc}}
    ]
    assert waiver["recognitions"]["edges"] == [
        {"node": {"kind": "WAIVER", "guaranteed": None, "to": {"slug": "jibc/higher-ics-courses"}, "institution": jibc}}
    ]
    assert (credit["stacksInto"]["totalCount"], waiver["stacksInto"]["totalCount"]) == (1, 0)


def test_what_counts_towards_a_degree_can_be_asked_from_the_degree(seeded):
    found = seeded.data('{ credential(slug: "royal-roads/mba") { recognised { edges { node { kind from { slug } } } } } }')
    assert found["credential"]["recognised"]["edges"] == [
        {"node": {"kind": "CASE_BY_CASE", "from": {"slug": "royal-roads/graduate-certificate-in-project-management"}}}
    ]


def test_what_the_province_pays_is_no_price(seeded):
    """A tuition that is fully funded is free to learners; it is not a price of 0."""
    found = seeded.data(
        '{ credential(slug: "north-island-college/seaweed-industry-pilot") { lastKnownPrice { min { amount } } offerings(when: ALL) { fees { amount { amount } covers { audience by { slug } } } } } }'
    )["credential"]
    assert found["lastKnownPrice"] is None
    assert found["offerings"][0]["fees"] == [
        {"amount": None, "covers": [{"audience": "ALL", "by": {"slug": "province-of-british-columbia"}}]}
    ]


def test_a_past_pilot_is_past(seeded):
    found = seeded.data(
        '{ credential(slug: "unbc/land-reclamation") { status offerings(when: ALL) { places { community } } } }'
    )
    assert found["credential"] == {"status": "ENDED", "offerings": [{"places": [{"community": "Fort St. John"}]}]}


def test_a_ladder_of_five(seeded):
    found = pathway(seeded, "bcit/computing-ladder")
    (part,) = found["parts"]
    ladder = [*(item["slug"] for item in part["items"]), found["award"]["slug"]]
    assert ladder == [
        "bcit/applied-software-development", "bcit/applied-computer-information-systems", "bcit/computer-systems-certificate",
        "bcit/cst-diploma", "bcit/cst-btech",
    ]  # fmt: skip
    assert part["order"] == "FIXED"


def test_an_explicit_no_is_kept(seeded):
    nodes = [
        edge["node"]
        for edge in seeded.data(
            "{ recognitions(first: 100) { edges { node { kind guaranteed from { slug } to { slug } } } } }"
        )["recognitions"]["edges"]
    ]
    assert {
        "kind": "NONE",
        "guaranteed": True,
        "from": {"slug": "ubc/okanagan-non-credit-courses"},
        "to": {"slug": "ubc/degree-credit"},
    } in nodes


def test_copies_are_marked_and_not_linked(seeded):
    query = '{ credential(slug: "camosun-college/arc-welding") { url sources: provenance { field source sourceKind url quality chosen evidence asOf } } institution(slug: "ubc") { provenance { field url quality } } }'
    found = seeded.data(query)
    assert found["credential"]["url"] is None
    titles = [one for one in found["credential"]["sources"] if one["field"] == "title.en"]
    assert titles == [
        {
            "field": "title.en", "source": "mirror/times-colonist", "sourceKind": "MIRROR", "url": None, "quality": "MIRROR", "chosen": True,
            "evidence": "a stored copy; the original host could not be read", "asOf": "2024-07",
        }
    ]  # fmt: skip
    (city,) = (one for one in found["institution"]["provenance"] if one["field"] == "campuses[vancouver].city")
    assert (city["url"], city["quality"]) == (None, "MIRROR")


def test_nothing_of_the_real_seed_is_open_and_it_says_so(seeded):
    query = "query($a: String) { credentials(first: 100, after: $a) { pageInfo { hasNextPage endCursor } edges { node { slug status statusText } } } }"
    seen, after = {}, None
    while True:
        page = seeded.data(query, {"a": after})["credentials"]
        seen |= {edge["node"]["slug"]: edge["node"] for edge in page["edges"]}
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == 206
    assert {one["status"] for one in seen.values()} == {"UNKNOWN", "ENDED"}
    assert (
        seen["cnc/core-skills-for-a-digital-world"]["statusText"]
        == "Nothing is known to be open; last confirmed 2021; ask the provider."
    )
    silent = "Nothing is known to be open; no source says when it was last confirmed; ask the provider."
    assert seen["bcit/electric-vehicle-maintenance-training"]["statusText"] == silent
    french = seeded.data('{ credential(slug: "cnc/core-skills-for-a-digital-world") { statusText(language: "fr-CA") } }')[
        "credential"
    ]["statusText"]
    assert french.startswith("Rien n\u2019est ouvert")


def test_what_is_near_victoria(seeded):
    query = "query($n: NearInput) { credentials(filter: {near: $n, includeUnknown: false}, first: 100) { edges { node { slug } } } }"
    near = {"latitude": 48.43, "longitude": -123.36, "km": 60, "includeOnline": False}
    slugs = [edge["node"]["slug"] for edge in seeded.data(query, {"n": near})["credentials"]["edges"]]
    assert "camosun-college/electric-vehicle-maintenance-training" in slugs
    assert "viu/agroecology" in slugs, "Duncan lies within 60 km"
    assert "bcit/electric-vehicle-maintenance-training" not in slugs


def test_the_grant_names_where_it_may_be_spent_and_assumes_nothing_open(seeded):
    query = '{ fundingProgram(slug: "strongerbc-future-skills-grant") { cap { amount } capPer decision covers windows { status } rule { text } designations { totalCount } } }'
    found = seeded.data(query)["fundingProgram"]
    assert (found["cap"], found["capPer"], found["decision"]) == ({"amount": "3500"}, "LIFETIME", "FIRST_COME")
    assert found["covers"] == ["TUITION", "MANDATORY", "MATERIALS"]
    assert found["windows"] == [], "one page says: closed, waitlist; no day is given"
    assert found["designations"]["totalCount"] == 29


def test_every_classified_field_says_so(seeded):
    found = seeded.data(
        '{ credential(slug: "bcit/electric-vehicle-maintenance-training") { classified occupations { code title(language: "fr") } themes { code } sectorText } }'
    )
    assert found["credential"] == {
        "classified": ["occupations", "sectorText", "themes"],
        "occupations": [{"code": "72410", "title": "M\u00e9caniciens/m\u00e9caniciennes et r\u00e9parateurs/r\u00e9paratrices de v\u00e9hicules automobiles, de camions et d'autobus"}],
        "themes": [{"code": "cleanbc-and-climate"}],
        "sectorText": "Transportation / clean energy",
    }  # fmt: skip
