"""The register of processing: the same facts on the page and in the files, and what the jobs did."""

import csv
import io

import pytest

from democratic.kernel.clock import FixedClock
from democratic.kernel.data_classes import ALL_CLASSES
from democratic.stewardship.models import RetentionRun
from democratic.stewardship.retention import all_terms, forget
from factories import NOW

PAGE = "/registre-des-traitements"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_each_class_is_a_line_with_its_basis_and_its_people(territory, read, prefix):
    page = read(f"{prefix}{PAGE}")
    for kind in ALL_CLASSES:
        assert f'id="{kind.key}"' in page
    assert page.count("RGPD, article") + page.count("GDPR, Article") == len(ALL_CLASSES)
    assert "people_contactaddress" in page


def test_the_last_passage_and_what_it_erased_are_shown(territory, read):
    assert "premier passage la nuit prochaine" in read(PAGE)
    forget(all_terms(), clock=FixedClock(NOW))
    RetentionRun.objects.filter(data_class="messages").update(forgotten=1234)
    page = read(PAGE)
    assert "premier passage" not in page
    assert "90 jours après l’envoi" in page
    assert page.count("dernier passage le 1er mars 2026") == len(all_terms())
    assert "lignes effacées : 1 234<" in page


@pytest.mark.parametrize("nights", [1, 3])
def test_it_asks_one_question_whatever_the_number_of_passages(
    territory, read, nights, django_assert_num_queries
):
    for _ in range(nights):
        forget(all_terms(), clock=territory.clock)
    read("/mentions-legales")
    with django_assert_num_queries(1):
        read(PAGE)


def test_the_files_say_the_same_in_both_shapes(territory, client):
    forget(all_terms(), clock=territory.clock)
    told = client.get(f"{PAGE}.json").json()
    assert told["controller"] == "Val-d’Orbe"
    assert [line["key"] for line in told["processings"]] == [kind.key for kind in ALL_CLASSES]
    table = client.get(f"{PAGE}.csv")
    assert table.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [row["key"] for row in rows] == [line["key"] for line in told["processings"]]
    messages = next(line for line in told["processings"] if line["key"] == "messages")
    assert messages["terms"][0]["days"] == 90
    assert messages["terms"][0]["last_run"].startswith("2026-03-01")
    assert messages["legal_basis"] == "consent"
    assert "body" in messages["tables"]["messaging_outgoingmessage"]
    account = next(line for line in told["processings"] if line["key"] == "account")
    assert "email" in account["tables"]["people_account"]
    assert "password" not in account["tables"]["people_account"], "what opens something is not told"


def test_the_impact_model_lists_what_may_show_an_opinion(territory, read):
    page = read("/analyse-d-impact")
    assert "article 9" in page
    assert page.count("Ce que la collectivité décide") == 4
