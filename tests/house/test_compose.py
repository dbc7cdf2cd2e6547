"""docker-compose.yml: parsed, without default secrets, and our own commands started as plain processes."""

import re

import pytest
import yaml

from tests.conftest import database_url, run_on
from tests.processes import ROOT, ask, environment, free_port, read_log, run, running, wait_for, wait_until_ready

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if "build" in service]


def test_the_services_are_those_of_the_design():
    assert set(SERVICES) == {"postgres", "meilisearch", "migrate", "seed", "worker", "api"}
    assert set(COMPOSE["volumes"]) == {"postgres", "meilisearch"}


@pytest.mark.parametrize("name", ["postgres", "meilisearch", "worker", "api"])
def test_what_keeps_running_has_a_health_check(name):
    assert SERVICES[name]["healthcheck"]["test"]


def test_there_is_no_default_secret():
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert re.findall(r"\$\{POSTGRES_PASSWORD[^}]*\}", text) == ["${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD}"] * 2
    assert SERVICES["postgres"]["environment"]["POSTGRES_PASSWORD"].startswith("${")
    assert re.findall(r"\$\{(MEILI_[A-Z_]+):\?", text) == ["MEILI_SEARCH_KEY", "MEILI_MASTER_KEY", "MEILI_INDEX_KEY"]


def test_the_api_may_only_search_and_the_master_key_stays_where_it_is():
    assert SERVICES["api"]["environment"]["CATALOG_SEARCH_KEY"].startswith("${MEILI_SEARCH_KEY:?")
    assert SERVICES["worker"]["environment"]["CATALOG_SEARCH_KEY"].startswith("${MEILI_INDEX_KEY:?")
    for name in OURS:
        assert not any("MASTER" in str(value) for value in SERVICES[name]["environment"].values())


@pytest.mark.parametrize("name", OURS)
def test_our_services_run_with_least_privilege(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "USER catalog" in (ROOT / "Dockerfile").read_text()


def test_our_command_lines_start_with_their_environment(postgres_server, tmp_path):
    """Host, password and folders are those of the test, and the embedded engine; everything else is as the file says."""
    run_on(postgres_server, "CREATE DATABASE compose_catalog")
    url = database_url(postgres_server, "compose_catalog")
    port = str(free_port())

    def env(name):
        stated = dict(SERVICES[name]["environment"])
        assert stated.pop("CATALOG_DATABASE_URL") == "postgresql+psycopg://catalog@postgres:5432/catalog"
        assert stated.pop("PGPASSWORD").startswith("${POSTGRES_PASSWORD:?")
        assert stated.pop("CATALOG_SEARCH_URL") == "http://meilisearch:7700"
        assert stated.pop("CATALOG_SEARCH_KEY").startswith("${MEILI_")
        return {**environment(url, tmp_path), **stated, "CATALOG_PORT": port}

    def command(name):
        program, *arguments = SERVICES[name]["command"]
        assert program == "catalog"
        return arguments

    assert "is at" in run(command("migrate"), env("migrate"), tmp_path).stdout
    assert "created" in run(command("seed"), env("seed"), tmp_path).stdout
    with running(command("worker"), env("worker"), tmp_path) as worker, running(command("api"), env("api"), tmp_path) as api:
        wait_until_ready(int(port), api)
        wait_for((tmp_path / "index" / "current.json").exists, what="the index")
        assert worker.poll() is None, read_log(worker)
        found = wait_for(
            lambda: ask(int(port), '{ search(query: "forest") { totalCount } }')["search"]["totalCount"], what="hits"
        )
        assert found > 0
    run_on(postgres_server, "DROP DATABASE compose_catalog WITH (FORCE)")


def test_migrate_is_what_the_others_wait_for():
    for name in ("seed", "worker", "api"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
