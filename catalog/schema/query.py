"""The root of all queries."""

import graphene

from catalog.model.vocabulary import RecordType
from catalog.schema import enums, inputs, scalars
from catalog.schema.fields import DocumentType, Relation, forward_arguments, name_arguments, page_arguments
from catalog.schema.node import Node
from catalog.schema.relations import demand, eligibility, impact, listing, log, lookup, unlocks
from catalog.schema.relations.counting import coverage as counting
from catalog.schema.relations.counting import gaps as needs
from catalog.schema.relations.counting import oversupply as surplus
from catalog.schema.relations.counting import trends, unmet
from catalog.schema.relations.planning import plan
from catalog.schema.relations.searching import results, suggestions


class Query(DocumentType):
    """Everything that can be asked."""

    node = Relation(Node, many=lookup.node, id=graphene.Argument(graphene.ID, required=True))
    nodes = Relation(
        graphene.List(Node),
        many=lookup.nodes,
        ids=graphene.Argument(graphene.List(graphene.NonNull(graphene.ID)), required=True),
    )
    catalog = Relation("catalog.schema.changes.CatalogInfo", many=log.catalog_info, required=True)
    search = Relation(
        "catalog.schema.search.SearchConnection",
        description="What learners look for. Phrases in quotes, -words to leave out; the last word may be unfinished. Counts and orders hang on `filter` and `sort` alone; all conditions on offerings hold for ONE offering.",
        many=results.search,
        query=graphene.Argument(graphene.String),
        filter=graphene.Argument(inputs.CredentialFilter),
        profile=graphene.Argument(inputs.ProfileInput),
        sort=graphene.Argument(enums.SearchSort, default_value=enums.SearchSort.RELEVANCE),
        facets=graphene.Argument(graphene.List(graphene.NonNull(enums.FacetField))),
        **page_arguments(),
    )
    suggest = Relation(
        graphene.List(graphene.NonNull("catalog.schema.search.Suggestion")),
        description="Names that go on from what was typed: credentials, skills, occupations and institutions, mixed.",
        many=suggestions.suggest,
        prefix=graphene.Argument(graphene.String, required=True),
        first=graphene.Argument(graphene.Int, default_value=8),
    )
    credential = Relation(
        "catalog.schema.credential.Credential",
        many=lookup.credential,
        **name_arguments(),
        at=graphene.Argument(scalars.DateTime),
    )
    credentials = Relation(
        "catalog.schema.credential.CredentialConnection",
        many=listing.credentials,
        filter=graphene.Argument(inputs.CredentialFilter),
        profile=graphene.Argument(inputs.ProfileInput),
        **page_arguments(),
    )
    institution = Relation(
        "catalog.schema.institution.Institution",
        many=lookup.by_name(RecordType.INSTITUTION),
        **name_arguments(),
    )
    institutions = Relation(
        "catalog.schema.institution.InstitutionConnection",
        many=listing.things(RecordType.INSTITUTION),
        **page_arguments(),
    )
    pathway = Relation(
        "catalog.schema.pathway.Pathway",
        many=lookup.by_name(RecordType.PATHWAY),
        **name_arguments(),
    )
    pathways = Relation(
        "catalog.schema.pathway.PathwayConnection", many=listing.things(RecordType.PATHWAY), **page_arguments()
    )
    menu = Relation(
        "catalog.schema.menu.Menu",
        many=lookup.by_name(RecordType.MENU),
        **name_arguments(),
    )
    menus = Relation("catalog.schema.menu.MenuConnection", many=listing.things(RecordType.MENU), **page_arguments())
    eligibility = Relation(
        graphene.List("catalog.schema.rules.Verdict"),
        many=eligibility.eligibility,
        credentials=graphene.Argument(graphene.List(graphene.NonNull(graphene.ID)), required=True),
        profile=graphene.Argument(inputs.ProfileInput, required=True),
    )
    unlocks = Relation(
        "catalog.schema.planning.UnlockConnection",
        many=unlocks.unlocks,
        description="What the held credentials open: what may be taken now, then what one more opens. What asks for nothing that is held is not among them.",
        held=graphene.Argument(graphene.List(graphene.NonNull(inputs.HeldInput)), required=True),
        profile=graphene.Argument(inputs.ProfileInput),
        filter=graphene.Argument(inputs.CredentialFilter),
        include_unknown=graphene.Argument(
            graphene.Boolean,
            default_value=False,
            description="Also what may be open: where a fact, or somebody's decision, is still unknown.",
        ),
        **forward_arguments(),
    )
    impact = Relation(
        graphene.List(graphene.NonNull("catalog.schema.planning.Impact")),
        many=impact.impact,
        description="What the withdrawal of a credential would break, or take a choice from: look before it is done.",
        credential=graphene.Argument(graphene.ID, required=True),
    )
    plan = Relation(
        "catalog.schema.planning.PlanResult",
        many=plan.plan,
        description="The best dated plan towards a goal, from offerings that can still be got into; where nothing is dated, by typical lengths, which are marked.",
        goal=graphene.Argument(inputs.PlanGoal, required=True),
        profile=graphene.Argument(inputs.ProfileInput),
        constraints=graphene.Argument(inputs.PlanConstraints),
        objective=graphene.Argument(enums.PlanObjective, default_value=enums.PlanObjective.CHEAPEST),
        alternatives=graphene.Argument(
            graphene.Int,
            default_value=0,
            description="How many others, from 0 to 5: each takes other credentials, or mostly other runs.",
        ),
    )
    coverage = Relation(
        "catalog.schema.coverage.Coverage",
        many=counting.coverage,
        description="What is offered, counted by one to three dimensions at once: every number with the listings behind it.",
        by=graphene.Argument(graphene.List(graphene.NonNull(enums.CoverageDimension)), required=True),
        filter=graphene.Argument(inputs.CredentialFilter),
        include_empty=graphene.Argument(graphene.Boolean, default_value=True),
        at=graphene.Argument(
            scalars.DateTime, description="A moment of the past: what has changed since is counted as it was."
        ),
    )
    trend = Relation(
        graphene.List(graphene.NonNull("catalog.schema.coverage.Coverage")),
        many=trends.trend,
        description="Coverage at up to 24 moments, first to last.",
        by=graphene.Argument(graphene.List(graphene.NonNull(enums.CoverageDimension)), required=True),
        since=graphene.Argument(scalars.DateTime, required=True, name="from"),
        until=graphene.Argument(scalars.DateTime, required=True, name="to"),
        interval=graphene.Argument(enums.TrendInterval, default_value=enums.TrendInterval.MONTH),
        filter=graphene.Argument(inputs.CredentialFilter),
        include_empty=graphene.Argument(graphene.Boolean, default_value=False),
    )
    gaps = Relation(
        "catalog.schema.coverage.GapConnection",
        many=needs.gaps,
        description="Needs ranked by yearly openings for each yearly seat: first those that no seat serves. Forecast openings, not vacancies.",
        by=graphene.Argument(
            enums.CoverageDimension,
            required=True,
            description="OCCUPATION, SECTOR, REGION or DELIVERY_REGION: others have no figures.",
        ),
        filter=graphene.Argument(
            inputs.CredentialFilter, description="Which listings may serve; one region of it stands for `region`."
        ),
        region=graphene.Argument(graphene.String, description="The code of a region; absent: the whole province."),
        year=graphene.Argument(graphene.String, description="A fiscal year, such as 2026/27; absent: the present one."),
        teers=graphene.Argument(
            graphene.List(graphene.NonNull(graphene.String)),
            description="In place of those that short training serves (docs/COVERAGE.md): 0 to 5.",
        ),
        **forward_arguments(),
    )
    oversupply = Relation(
        "catalog.schema.coverage.OversupplyConnection",
        many=surplus.oversupply,
        description="Near-identical listings of one kind that are taught in one region and are not over; most institutions first.",
        filter=graphene.Argument(inputs.CredentialFilter),
        **forward_arguments(),
    )
    unmet_demand = Relation(
        "catalog.schema.coverage.UnmetDemandConnection",
        many=unmet.unmet_demand,
        description="What people searched for and did not find, where the installation counts that: topics with ten distinct askers or more on one day.",
        kind=graphene.Argument(enums.UnmetKind),
        region=graphene.Argument(graphene.String),
        since=graphene.Argument(scalars.Date, description="The first day that is counted; absent: all there are."),
        **forward_arguments(),
    )
    changes = Relation(
        "catalog.schema.changes.ChangeConnection",
        many=log.changes,
        after=graphene.Argument(graphene.String),
        first=graphene.Argument(graphene.Int),
    )
    funding_award = Relation(
        "catalog.schema.award.FundingAward",
        many=lookup.by_name(RecordType.FUNDING_AWARD),
        **name_arguments(),
    )
    funding_awards = Relation(
        "catalog.schema.award.FundingAwardConnection",
        many=listing.things(RecordType.FUNDING_AWARD),
        **page_arguments(),
    )
    funding_program = Relation(
        "catalog.schema.funding.FundingProgram",
        many=lookup.by_name(RecordType.FUNDING_PROGRAM),
        **name_arguments(),
    )
    funding_programs = Relation(
        "catalog.schema.funding.FundingProgramConnection",
        many=listing.things(RecordType.FUNDING_PROGRAM),
        **page_arguments(),
    )
    recognitions = Relation(
        "catalog.schema.recognition.RecognitionConnection", many=listing.things(RecordType.RECOGNITION), **page_arguments()
    )
    equivalences = Relation(
        "catalog.schema.recognition.EquivalenceConnection", many=listing.things(RecordType.EQUIVALENCE), **page_arguments()
    )
    skills = Relation("catalog.schema.coded.SkillConnection", many=listing.things(RecordType.SKILL), **page_arguments())
    occupations = Relation(
        "catalog.schema.coded.OccupationConnection", many=listing.things(RecordType.OCCUPATION), **page_arguments()
    )
    sectors = Relation("catalog.schema.coded.SectorConnection", many=listing.things(RecordType.SECTOR), **page_arguments())
    regions = Relation("catalog.schema.coded.RegionConnection", many=listing.things(RecordType.REGION), **page_arguments())
    themes = Relation("catalog.schema.coded.ThemeConnection", many=listing.things(RecordType.THEME), **page_arguments())
    demand = Relation(
        "catalog.schema.demand.DemandConnection",
        many=demand.demand,
        description="Forecast openings, never vacancies. A figure that regions share stands once, for all of them; the whole province has figures of its own only where the outlook publishes them.",
        occupations=graphene.Argument(
            graphene.List(graphene.NonNull(graphene.String)),
            description="NOC codes; `all` for the figures over all occupations",
        ),
        sectors=graphene.Argument(
            graphene.List(graphene.NonNull(graphene.String)),
            description="codes of industries; `all` for the figures over all industries",
        ),
        regions=graphene.Argument(graphene.List(graphene.NonNull(graphene.String)), description="codes of regions"),
        **page_arguments(),
    )
