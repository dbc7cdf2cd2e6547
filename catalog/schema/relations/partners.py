"""Who stands beside the provider, with the public money that was given for exactly this."""

from collections.abc import Sequence
from typing import Any

from catalog.model.funding import Award, load_awards
from catalog.model.vocabulary import PartnershipRole
from catalog.schema.context import RequestContext


def of_credentials(parents: Sequence[Any], context: RequestContext) -> list[list[Any]]:
    """An award for one offering of a credential, and for nothing else, shows its amount here too, and says for which."""
    awards = _awards([parent["id"] for parent in parents], context)
    found: list[list[Any]] = []
    for parent in parents:
        own = awards.get(parent["id"], [])
        whole = [(award, None) for award in own if award.covers_only(parent["id"]) or award.covers_several]
        labels = {one["id"]: one["label"] or one["ref"] for one in parent["offerings"]}
        parts = [(award, labels[only]) for award in own if (only := award.only_offering()) in labels]
        found.append(_with_awards(parent["partnerships"], [*whole, *parts]))
    return found


def of_offerings(parents: Sequence[Any], context: RequestContext) -> list[list[Any]]:
    awards = _awards([parent["credential"] for parent in parents], context)
    found: list[list[Any]] = []
    for parent in parents:
        own = [(award, None) for award in awards.get(parent["credential"], []) if award.only_offering() == parent["id"]]
        found.append(_with_awards(parent["partnerships"], own))
    return found


def awards_of_credentials(parents: Sequence[Any], context: RequestContext) -> list[list[Any]]:
    """Every award that pays for a credential or a part of it, each with its own amount and what else it covers."""
    awards = _awards([parent["id"] for parent in parents], context)
    return [[award.document for award in awards.get(parent["id"], [])] for parent in parents]


def _awards(credentials: list[str], context: RequestContext) -> dict[str, list[Award]]:
    return load_awards(context.connection, credentials, context.documents)


def _with_awards(stated: list[dict[str, Any]], awards: Sequence[tuple[Award, str | None]]) -> list[dict[str, Any]]:
    """Each award is one FUNDER; where the funder is stated as a partner already, the amount joins that."""
    shown = [dict(one) for one in stated]
    for award, offering in awards:
        note = award.document["note"] or (f"for {offering}" if offering else None)
        same = (one for one in shown if one["role"] == PartnershipRole.FUNDER and one["institution"] == award.funder)
        entry = next((one for one in same if not one.get("amount")), None)
        if entry is None:
            entry = {"role": str(PartnershipRole.FUNDER), "institution": award.funder, "text": None, "note": note}
            shown.append(entry)
        elif offering:
            entry["note"] = f"{entry['note']}; the amount is for {offering}" if entry["note"] else f"for {offering}"
        entry["amount"] = None if award.covers_several else award.document["amount"]
    return shown


def covers(parents: Sequence[Any], context: RequestContext) -> list[list[Any]]:
    """What awards pay for, without what cannot be shown."""
    credentials = context.documents(cover["credential"] for parent in parents for cover in parent["covers"])
    offerings = {offering["id"]: offering for one in credentials.values() for offering in one["offerings"]}
    return [
        [
            {"credential": cover["credential"], "offering": offerings.get(cover["offering"])}
            for cover in parent["covers"]
            if cover["credential"] in credentials
        ]
        for parent in parents
    ]
