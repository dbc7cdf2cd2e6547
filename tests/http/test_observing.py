"""What is told of requests, and what never is."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from prometheus_client import generate_latest

from catalog.errors import StorageError
from catalog.http.tracing import open_tracing
from catalog.publishing.apply import apply_records
from tests.conftest import NOW
from tests.http.asking import Asked
from tests.processes import environment, free_port, read_log, running, wait_until_ready
from tests.records import SOURCE, credential, institution

SECRET = "SECRET-OF-A-LEARNER"
QUERY = "query Names($p: ProfileInput) { credentials(profile: $p) { totalCount } }"


@pytest.fixture
def asked(database, tmp_path):
    apply_records(database, [institution(), credential("a")], SOURCE, lambda: NOW)
    with Asked(database, tmp_path / "index", NOW).open() as opened:
        yield opened


def test_a_line_of_the_log_has_exactly_these_facts(asked):
    asked.post("query Count { catalog { credentials } }")
    (line,) = asked.log.lines
    assert line.pop("ms") > 0
    assert line.pop("timestamp").endswith("Z")
    assert (line.pop("event"), line.pop("level")) == ("request", "info")
    assert len(line.pop("id")) == 16
    assert len(line.pop("hash")) == 64
    assert line == {"method": "POST", "status": 200, "operation": "Count", "cost": 2, "cache": "miss", "codes": []}


def test_refusals_are_told_by_their_codes(asked):
    for text, codes in (
        ("{ nothing }", ["GRAPHQL_VALIDATION_FAILED"]),
        ('{ credential(slug: "x", at: "2026-01-01T00:00:00Z") { slug } }', ["NOT_AVAILABLE"]),
    ):
        asked.post(text)
        assert asked.log.lines[-1]["codes"] == codes


def test_neither_documents_nor_variables_are_told(asked):
    asked.post(QUERY, {"p": {"region": SECRET}})
    asked.post(f'{{ credential(slug: "{SECRET}") {{ slug }} }}')
    asked.post(f"{{ {SECRET} }}")
    asked.get(f'{{ credential(slug: "{SECRET}") {{ slug }} }}')
    assert len(asked.log.lines) == 4
    assert SECRET not in json.dumps(asked.log.lines)
    assert SECRET not in generate_latest(asked.registry).decode()


def test_numbers_for_prometheus(asked):
    for _ in range(3):
        asked.post("query Count { catalog { credentials } }")
    asked.post("{ nothing }")
    shown = generate_latest(asked.registry).decode()
    assert 'catalog_request_seconds_count{cache="miss",operation="Count"} 1.0' in shown
    assert 'catalog_request_seconds_count{cache="hit",operation="Count"} 2.0' in shown
    assert 'catalog_request_seconds_count{cache="off",operation="anonymous"} 1.0' in shown
    assert 'catalog_request_errors_total{code="GRAPHQL_VALIDATION_FAILED"} 1.0' in shown


def test_names_from_outside_make_a_bounded_number_of_series(asked, monkeypatch):
    monkeypatch.setattr("catalog.http.observing.MOST_OPERATIONS", 5)
    for number in range(12):
        asked.post(f"query Name{number} {{ catalog {{ credentials }} }}")
    shown = generate_latest(asked.registry).decode()
    assert 'operation="Name4"' in shown
    assert 'operation="Name5"' not in shown
    assert 'catalog_request_seconds_count{cache="miss",operation="other"} 7.0' in shown


def serve(url, folder, **more):
    port = free_port()
    return port, running(["serve", "--no-worker"], environment(url, folder, CATALOG_PORT=str(port), **more), folder)


def test_a_served_process_logs_json_lines_and_shows_metrics_to_its_own_machine(database, url, tmp_path):
    apply_records(database, [institution(), credential("a")], SOURCE, lambda: NOW)
    port, process = serve(url, tmp_path)
    with process as running_process:
        wait_until_ready(port, running_process)
        address = f"http://127.0.0.1:{port}"
        httpx.post(
            f"{address}/graphql", json={"query": "query Count { catalog { credentials } }", "variables": {"x": SECRET}}
        )
        metrics = httpx.get(f"{address}/metrics").text
        told = read_log(running_process).splitlines()
        lines = [json.loads(line) for line in told if line.startswith("{")]
    assert [line for line in told if not line.startswith(("{", "serving on http://127.0.0.1:"))] == []  # no access log
    assert [line["operation"] for line in lines if line["event"] == "request"] == ["Count"]
    assert SECRET not in read_log(running_process)
    for shown in (
        "catalog_revision 1.0",
        "catalog_index_lag_revisions 1.0",
        "catalog_jobs_waiting 2.0",
        "catalog_database_up 1.0",
    ):
        assert shown in metrics
    assert 'catalog_request_seconds_count{cache="miss",operation="Count"} 1.0' in metrics


def test_metrics_need_the_token_where_one_is_set(sqlite_url, tmp_path):
    port, process = serve(sqlite_url, tmp_path, CATALOG_METRICS_TOKEN="a token", CATALOG_WORKERS="2")
    with process as running_process:
        wait_until_ready(port, running_process)
        address = f"http://127.0.0.1:{port}/metrics"
        assert httpx.get(address).status_code == 401
        assert httpx.get(address, headers={"authorization": "Bearer another"}).status_code == 401
        for _ in range(20):
            httpx.post(f"http://127.0.0.1:{port}/graphql", json={"query": "query Count { catalog { credentials } }"})
        shown = httpx.get(address, headers={"authorization": "Bearer a token"}).text
    counted = [float(line.split()[-1]) for line in shown.splitlines() if line.startswith("catalog_request_seconds_count")]
    assert sum(counted) == 20  # of both processes together


class Collector(BaseHTTPRequestHandler):
    """Stands for whoever collects spans."""

    received = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.received.append(ExportTraceServiceRequest.FromString(body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


def test_spans_are_sent_where_they_are_asked_for():
    server = HTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    tell, end = open_tracing(f"http://127.0.0.1:{server.server_port}/v1/traces")
    tell(
        {
            "id": "i" * 16,
            "method": "POST",
            "status": 200,
            "operation": "Count",
            "hash": "h",
            "cost": 2,
            "cache": "hit",
            "codes": (),
        },
        0.25,
    )
    end()
    server.shutdown()
    server.server_close()
    (span,) = Collector.received[0].resource_spans[0].scope_spans[0].spans
    assert span.name == "graphql Count"
    assert (span.end_time_unix_nano - span.start_time_unix_nano) / 1e9 == 0.25
    attributes = {one.key: one.value.string_value or one.value.int_value for one in span.attributes}
    assert attributes["graphql.operation.name"] == "Count"
    assert attributes["catalog.operation.cost"] == 2


def test_without_an_address_no_spans_and_without_the_packages_a_clear_word(monkeypatch):
    tell, end = open_tracing(None)
    assert tell is None
    end()
    monkeypatch.setattr("catalog.http.tracing.PACKAGES", ("opentelemetry.sdk", "nowhere.at.all"))
    with pytest.raises(StorageError, match="catalog\\[telemetry\\]") as refused:
        open_tracing("http://127.0.0.1:1/v1/traces")
    assert refused.value.code == "SETTING_INVALID"
