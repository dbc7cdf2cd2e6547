"""Our hostile corpus against a served process: coded answers at once, no 5xx, no growth, and well afterwards."""

import base64
import json

import pytest

from tests.http.hostile.corpus import GROUPS, make_corpus, make_forged, make_plans
from tests.http.hostile.request import document
from tests.http.hostile.wire import send

MOST_GROWTH = 60  # megabytes over three rounds; documents, plans and answers that are kept take most of it
ROUNDS = 3


def test_the_corpus_is_large_and_names_each_request_once():
    names = [one.name for one in make_corpus()]
    assert len(names) > 200
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize("group", GROUPS)
def test_each_is_answered_at_once_with_its_code(target, group):
    complaints = [found for one in GROUPS[group]() if (found := target.complaint(one))]
    assert complaints == []
    assert target.is_well()


def test_forged_cursors_of_this_epoch_are_refused_or_are_places_in_a_list(target):
    answer = target.send(document("a cursor", "", "{credentials(first:1){pageInfo{endCursor}}}"))
    cursor = json.loads(answer.body)["data"]["credentials"]["pageInfo"]["endCursor"]
    epoch, *_ = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    assert [found for one in make_forged(epoch) if (found := target.complaint(one))] == []


def test_memory_does_not_grow_with_attacks(target):
    corpus = make_corpus()
    for one in corpus:
        target.send(one)
    before = target.megabytes()
    for _ in range(ROUNDS):
        for one in corpus:
            target.send(one)
    assert target.megabytes() - before < MOST_GROWTH
    assert target.is_well()


def test_plans_of_small_documents_do_not_fill_the_memory(target):
    target.send(make_plans(0))
    before = target.megabytes()
    for number in range(40):
        for switches in range(8):
            send(target.port, make_plans(switches).wire(number))
    assert target.megabytes() - before < MOST_GROWTH
