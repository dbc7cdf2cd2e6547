"""The root of all queries."""

import graphene

from catalog.model.vocabulary import RecordType
from catalog.schema import enums, inputs, scalars
from catalog.schema.fields import DocumentType, Relation, forward_arguments, not_available, page_arguments
from catalog.schema.node import Node
from catalog.schema.relations import finding, listing, log, lookup


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
        many=finding.search,
        query=graphene.Argument(graphene.String),
        filter=graphene.Argument(inputs.CredentialFilter),
        profile=graphene.Argument(inputs.ProfileInput),
        sort=graphene.Argument(enums.SearchSort, default_value=enums.SearchSort.RELEVANCE),
        facets=graphene.Argument(graphene.List(graphene.NonNull(enums.FacetField))),
        **page_arguments(),
    )
    suggest = Relation(
        graphene.List(graphene.NonNull("catalog.schema.search.Suggestion")),
        many=not_available("Query.suggest"),
        prefix=graphene.Argument(graphene.String, required=True),
        first=graphene.Argument(graphene.Int, default_value=8),
    )
    credential = Relation(
        "catalog.schema.credential.Credential",
        many=lookup.credential,
        slug=graphene.Argument(graphene.String),
        id=graphene.Argument(graphene.ID),
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
        many=lookup.institution,
        slug=graphene.Argument(graphene.String),
        id=graphene.Argument(graphene.ID),
    )
    institutions = Relation(
        "catalog.schema.institution.InstitutionConnection",
        many=listing.things(RecordType.INSTITUTION),
        **page_arguments(),
    )
    pathway = Relation(
        "catalog.schema.pathway.Pathway",
        many=not_available("Query.pathway"),
        slug=graphene.Argument(graphene.String),
        id=graphene.Argument(graphene.ID),
    )
    pathways = Relation(
        "catalog.schema.pathway.PathwayConnection",
        many=not_available("Query.pathways"),
        **page_arguments(),
    )
    menu = Relation(
        "catalog.schema.menu.Menu",
        many=not_available("Query.menu"),
        slug=graphene.Argument(graphene.String),
        id=graphene.Argument(graphene.ID),
    )
    menus = Relation(
        "catalog.schema.menu.MenuConnection",
        many=not_available("Query.menus"),
        **page_arguments(),
    )
    eligibility = Relation(
        graphene.List("catalog.schema.rules.Verdict"),
        many=not_available("Query.eligibility"),
        credentials=graphene.Argument(graphene.List(graphene.NonNull(graphene.ID)), required=True),
        profile=graphene.Argument(inputs.ProfileInput, required=True),
    )
    unlocks = Relation(
        "catalog.schema.planning.UnlockConnection",
        many=not_available("Query.unlocks"),
        held=graphene.Argument(graphene.List(graphene.NonNull(inputs.HeldInput)), required=True),
        profile=graphene.Argument(inputs.ProfileInput),
        filter=graphene.Argument(inputs.CredentialFilter),
        **forward_arguments(),
    )
    plan = Relation(
        "catalog.schema.planning.PlanResult",
        many=not_available("Query.plan"),
        goal=graphene.Argument(inputs.PlanGoal, required=True),
        profile=graphene.Argument(inputs.ProfileInput),
        constraints=graphene.Argument(inputs.PlanConstraints),
        objective=graphene.Argument(enums.PlanObjective, default_value=enums.PlanObjective.CHEAPEST),
        alternatives=graphene.Argument(graphene.Int, default_value=0),
    )
    coverage = Relation(
        "catalog.schema.coverage.Coverage",
        many=not_available("Query.coverage"),
        by=graphene.Argument(graphene.List(graphene.NonNull(enums.CoverageDimension)), required=True),
        filter=graphene.Argument(inputs.CredentialFilter),
        include_empty=graphene.Argument(graphene.Boolean, default_value=True),
        at=graphene.Argument(scalars.DateTime),
    )
    gaps = Relation(
        "catalog.schema.coverage.GapConnection",
        many=not_available("Query.gaps"),
        by=graphene.Argument(enums.CoverageDimension, required=True),
        filter=graphene.Argument(inputs.CredentialFilter),
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
        many=lookup.funding_award,
        slug=graphene.Argument(graphene.String),
        id=graphene.Argument(graphene.ID),
    )
    funding_awards = Relation(
        "catalog.schema.award.FundingAwardConnection",
        many=listing.things(RecordType.FUNDING_AWARD),
        **page_arguments(),
    )
