"""Inputs."""

import graphene

from catalog.schema import enums, scalars


class FloatRangeInput(graphene.InputObjectType):
    """Bounds, each of them inclusive and optional."""

    min = graphene.InputField(graphene.Float)
    max = graphene.InputField(graphene.Float)


class DecimalRangeInput(graphene.InputObjectType):
    """Bounds of an amount, each of them inclusive and optional."""

    min = graphene.InputField(scalars.Decimal)
    max = graphene.InputField(scalars.Decimal)


class NearInput(graphene.InputObjectType):
    """A circle on the map."""

    latitude = graphene.InputField(graphene.Float, required=True)
    longitude = graphene.InputField(graphene.Float, required=True)
    km = graphene.InputField(graphene.Float, required=True)
    include_online = graphene.InputField(graphene.Boolean, default_value=True)
    landmass = graphene.InputField(
        graphene.String,
        description="On which island or mainland you are, as campuses state it (`Vancouver Island`); absent: that of the nearest campus inside, where it states one. What lies on another is not promised to be near, however short the way by air.",
    )


class CredentialFilter(graphene.InputObjectType):
    """Which credentials: within a field OR, between fields AND; offering conditions must all hold for ONE offering."""

    kinds = graphene.InputField(graphene.List(graphene.NonNull(enums.CredentialKind)))
    institutions = graphene.InputField(
        graphene.List(graphene.NonNull(graphene.ID)),
        description="Ids or slugs: the provider, or who provides it together with them.",
    )
    regions = graphene.InputField(
        graphene.List(graphene.NonNull(graphene.String)),
        description="Codes of `regions`; ONLINE for what is taught online without a campus.",
    )
    cities = graphene.InputField(
        graphene.List(graphene.NonNull(graphene.String)),
        description="Names; ONLINE for what is taught online without a campus.",
    )
    campuses = graphene.InputField(
        graphene.List(graphene.NonNull(graphene.ID)), description="Ids; ONLINE for what is taught online without a campus."
    )
    modes = graphene.InputField(graphene.List(graphene.NonNull(enums.DeliveryMode)))
    attendance = graphene.InputField(
        graphene.List(graphene.NonNull(enums.Attendance)), description="Every required meeting must lie inside these."
    )
    skills = graphene.InputField(graphene.List(graphene.NonNull(graphene.ID)), description="Ids or slugs (scheme:code).")
    occupations = graphene.InputField(
        graphene.List(graphene.NonNull(graphene.String)), description="NOC 2021 codes of `occupations`."
    )
    sectors = graphene.InputField(
        graphene.List(graphene.NonNull(graphene.String)),
        description="NAICS codes; a code inside an industry of `sectors` finds that industry.",
    )
    themes = graphene.InputField(graphene.List(graphene.NonNull(graphene.String)), description="Codes of `themes`.")
    languages = graphene.InputField(
        graphene.List(graphene.NonNull(graphene.String)), description="BCP 47; fr also finds fr-CA."
    )
    credit_status = graphene.InputField(graphene.List(graphene.NonNull(enums.CreditStatus)))
    audiences = graphene.InputField(graphene.List(graphene.NonNull(enums.Audience)))
    price = graphene.InputField(
        DecimalRangeInput, description="In Canadian dollars, for a domestic learner. A known fee counts as a lower bound."
    )
    hours = graphene.InputField(FloatRangeInput, description="totalHours, else instructionalHours, else statedHours.")
    weeks = graphene.InputField(FloatRangeInput)
    starts_after = graphene.InputField(scalars.Date)
    starts_before = graphene.InputField(scalars.Date)
    status = graphene.InputField(graphene.List(graphene.NonNull(enums.OfferingStatus)), description="The status now.")
    no_cost_to_learner = graphene.InputField(graphene.Boolean)
    near = graphene.InputField(
        NearInput, description="Distance to campuses with coordinates. Send it whole as a variable, by POST."
    )
    eligible_now = graphene.InputField(
        graphene.Boolean,
        description="What the profile meets every stated requirement for; needs `profile`. Listings that say nothing are unknown.",
    )
    menu = graphene.InputField(graphene.ID, description="Id or slug.")
    pathway = graphene.InputField(graphene.ID, description="Id or slug; what is not catalogued is not listed.")
    include_unknown = graphene.InputField(
        graphene.Boolean, default_value=True, description="Keeps, for each condition, what does not say."
    )


class HeldInput(graphene.InputObjectType):
    """A credential that the learner holds or will hold."""

    credential = graphene.InputField(graphene.ID, required=True, description="Id or slug.")
    completed_on = graphene.InputField(
        scalars.Date, description="Up to the day asked about; without one its age is not known where that matters."
    )
    grade = graphene.InputField(graphene.String, description="As the requirement's scale writes it: 75, B+, 3.0.")
    expected_on = graphene.InputField(scalars.Date, description="In progress: when it is expected, instead of completedOn.")


class FundingUsedInput(graphene.InputObjectType):
    """Funding already used."""

    program = graphene.InputField(graphene.ID, required=True, description="Id or slug of a FundingProgram.")
    amount = graphene.InputField(scalars.Decimal, required=True, description="In Canadian dollars, so far.")


class LanguageTestInput(graphene.InputObjectType):
    """A language test result."""

    language = graphene.InputField(graphene.String, required=True, description="BCP 47: en, fr.")
    test = graphene.InputField(graphene.String, required=True, description="IELTS, TOEFL, ...")
    score = graphene.InputField(graphene.Float, required=True)


class ProfileInput(graphene.InputObjectType):
    """What a learner tells about themselves: as variables over POST only; never stored, logged or cached.

    What is left out is unknown, and not taken to be none: `held: []` says that nothing is held.
    """

    held = graphene.InputField(graphene.List(graphene.NonNull(HeldInput)))
    skills = graphene.InputField(
        graphene.List(graphene.NonNull(graphene.ID)), description="Ids or slugs (scheme:code) of skills besides those held."
    )
    age = graphene.InputField(graphene.Int, description="On the day asked about.")
    birth_year = graphene.InputField(graphene.Int, description="Where the age is not told; it leaves a year open.")
    bc_resident = graphene.InputField(graphene.Boolean)
    citizenship = graphene.InputField(enums.Citizenship)
    education = graphene.InputField(enums.Education, description="The highest that is completed.")
    high_school_graduate = graphene.InputField(graphene.Boolean)
    licences = graphene.InputField(
        graphene.List(graphene.NonNull(graphene.String)), description="By name, as requirements write them."
    )
    years_of_experience = graphene.InputField(graphene.Float, description="In the field that is asked about.")
    employment = graphene.InputField(enums.Employment)
    language_tests = graphene.InputField(graphene.List(graphene.NonNull(LanguageTestInput)))
    grade_average = graphene.InputField(graphene.Float, description="On the scale of the requirement: a percentage mostly.")
    benefits = graphene.InputField(
        graphene.List(graphene.NonNull(graphene.String)),
        description="Received now, such as EI or INCOME_ASSISTANCE: they warn of programs that must approve training first.",
    )
    region = graphene.InputField(graphene.String, description="Code of a region where the learner lives.")
    hours_per_week = graphene.InputField(graphene.Float, description="Free for learning: a limit of plans.")
    budget = graphene.InputField(scalars.Decimal, description="In Canadian dollars, after funding: a limit of plans.")
    cash_now = graphene.InputField(scalars.Decimal, description="What can be paid up front, in Canadian dollars.")
    funding_used = graphene.InputField(graphene.List(graphene.NonNull(FundingUsedInput)))
    on = graphene.InputField(
        scalars.Date, description="The day asked about; today in British Columbia where it is left out."
    )


class PlanGoal(graphene.InputObjectType):
    """What to plan for: exactly one of these."""

    credential = graphene.InputField(graphene.ID, description="Id or slug.")
    pathway = graphene.InputField(graphene.ID, description="Id or slug.")
    menu = graphene.InputField(graphene.ID, description="Id or slug.")
    skills = graphene.InputField(
        graphene.List(graphene.NonNull(graphene.ID)), description="All of them, from 1 to 20: ids or slugs (scheme:code)."
    )
    occupation = graphene.InputField(graphene.String, description="NOC 2021 code.")


class PlanConstraints(graphene.InputObjectType):
    """What a plan must respect. An offering that does not say whether it does is planned with, and says so."""

    hours_per_week = graphene.InputField(
        graphene.Float,
        description="Of all that runs in the same week; else as in the profile. Unstated hours count as none.",
    )
    budget = graphene.InputField(
        scalars.Decimal, description="In Canadian dollars, after funding; else as in the profile. Unpriced steps are named."
    )
    regions = graphene.InputField(
        graphene.List(graphene.NonNull(graphene.String)), description="Codes of `regions`, or ONLINE."
    )
    near = graphene.InputField(NearInput, description="How far a step may be; also where LEAST_TRAVEL starts from.")
    modes = graphene.InputField(graphene.List(graphene.NonNull(enums.DeliveryMode)))
    attendance = graphene.InputField(graphene.List(graphene.NonNull(enums.Attendance)))
    languages = graphene.InputField(graphene.List(graphene.NonNull(graphene.String)))
    start_after = graphene.InputField(scalars.Date, description="The first day that will do, itself included.")
    finish_before = graphene.InputField(scalars.Date, description="The last day that will do, itself included.")
    at_once = graphene.InputField(graphene.Int, description="How many may run at the same time.")
    prefer_institutions = graphene.InputField(
        graphene.List(graphene.NonNull(graphene.ID)), description="Ids or slugs: decides between plans that are as good."
    )
    avoid_institutions = graphene.InputField(
        graphene.List(graphene.NonNull(graphene.ID)), description="Ids or slugs: nothing of theirs is planned."
    )
