"""Reports and tables in a bucket: the same bytes as on this machine, nothing made twice, and mistakes told."""

import logging
import time

import boto3
import pytest
from conftest import TINY, snakemake
from moto.server import ThreadedMotoServer
from test_flow import hashes

from pipeline import places
from pipeline.errors import InputError

# Two reports to a batch: the tiny set is one batch, and a third report a batch of its own.
PLACES = {
    "raw": "s3://county-reports/reports 2023",
    "processed": "s3://county-reports/made/tables",
    "batch_size": 2,
}


@pytest.fixture(scope="module")
def server():
    """Return the address of an S3 server on this machine."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # not a line for each of thousands of requests
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture(scope="module")
def bucket(server):
    """Return a bucket that holds the two tiny reports."""
    made = boto3.resource(
        "s3",
        endpoint_url=server,
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        region_name="us-east-1",
    ).Bucket("county-reports")
    made.create()
    for path in sorted((TINY / "raw").iterdir()):
        made.upload_file(str(path), f"reports 2023/{path.name}")
    return made


@pytest.fixture
def run(server, monkeypatch):
    """Return a function that runs the flow with the server's address and keys in the environment, as the docs say."""
    monkeypatch.setenv("SNAKEMAKE_STORAGE_S3_ENDPOINT_URL", server)
    monkeypatch.setenv("SNAKEMAKE_STORAGE_S3_ACCESS_KEY", "key")
    monkeypatch.setenv("SNAKEMAKE_STORAGE_S3_SECRET_KEY", "secret")

    def of(*arguments, cwd, **config):
        done = snakemake(*arguments, cwd=cwd, check=False, **(PLACES | config))
        return done.returncode, done.stdout + done.stderr

    return of


def objects(bucket, prefix="made/tables/"):
    return {item.key.removeprefix(prefix): item for item in bucket.objects.filter(Prefix=prefix)}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Return the folder that all runs are started in: Snakemake keeps there what it knows of earlier runs."""
    return tmp_path_factory.mktemp("home")


def said_by(outcome):
    code, said = outcome
    assert code == 0, said
    return said


def test_tables_are_those_of_a_local_run(run, bucket, home, flow):
    said_by(run(cwd=home))
    there = {
        name: item.get()["Body"].read()
        for name, item in objects(bucket).items()
        if not name.startswith("logs/")
    }
    local = {name: (flow / "processed" / name).read_bytes() for name in hashes(flow / "processed")}
    assert there == local


def test_second_run_has_nothing_to_do(run, bucket, home):
    assert "Nothing to be done" in said_by(run(cwd=home))


def test_a_page_in_several_files_lies_in_the_bucket_and_goes_when_it_is_one_again(run, bucket, home):
    (home / "several.yaml").write_text("page: {inline_reports: 0}")
    page = bucket.Object("made/tables/report.html")
    page.delete()
    said_by(run("--configfile", "several.yaml", cwd=home))
    assert {"report_data/0001/0.js", "report_data/page/table-metrics.js"} <= objects(bucket).keys()
    page.delete()
    said_by(run(cwd=home))
    assert not [name for name in objects(bucket) if name.startswith("report_data")]


def test_an_added_report_makes_its_own_batch_only(run, bucket, home):
    said_by(run("--until", "sections", cwd=home))
    before = {name: item.last_modified for name, item in objects(bucket).items()}
    rows = (TINY / "raw" / "manifest.csv").read_text(encoding="utf-8")
    time.sleep(1)  # a bucket tells whole seconds
    bucket.put_object(
        Key="reports 2023/乡镇/第三.txt", Body="青山县2023年法治政府建设工作总结\n依法行政。".encode()
    )
    bucket.put_object(Key="reports 2023/manifest.csv", Body=f"{rows.rstrip()}\n第三,乡镇/第三.txt\n".encode())
    said_by(run("--until", "sections", cwd=home))
    after = {name: item.last_modified for name, item in objects(bucket).items()}
    changed = {name for name in after if after[name] != before.get(name) and not name.startswith("logs/")}
    assert changed == {
        "batches/0002.csv",
        "texts/0002.parquet",
        "sections/0002.parquet",
        "paragraphs/0002.parquet",
    }


def test_mistakes_in_a_bucket_are_told_as_in_a_folder(run, bucket, home):
    bucket.put_object(Key="wrong/manifest.csv", Body=b"report_id,file\na,a.txt\nb,b#1.txt\n")
    bucket.put_object(Key="wrong/b#1.txt", Body=b"text")
    bucket.put_object(Key="wrong/c.txt", Body=b"text")
    code, said = run("-n", cwd=home, raw="s3://county-reports/wrong")
    assert code != 0
    assert (
        "s3://county-reports/wrong/manifest.csv, row 2: file 'a.txt' is not in s3://county-reports/wrong"
        in said
    )
    assert "row 3: file 'b#1.txt' holds '#', which a bucket's addresses cannot (rename the file)" in said
    assert "s3://county-reports/wrong/c.txt: has no row in manifest.csv" in said


def test_a_bucket_that_cannot_be_reached_is_told(run, home, monkeypatch):
    monkeypatch.setenv("SNAKEMAKE_STORAGE_S3_ENDPOINT_URL", "http://127.0.0.1:9")
    code, said = run("-n", cwd=home)
    assert code != 0
    assert "s3://county-reports/reports 2023: cannot be reached: Could not connect" in said
    assert "docs/storage.md" in said


class WithoutPlugin:
    """Snakemake's registry where the plugin is not installed."""

    def register_storage(self, provider):
        raise LookupError(f"no plugin {provider}")


@pytest.mark.parametrize(
    "where, storage, told",
    [
        ("s3://b/p", WithoutPlugin(), "python -m pip install snakemake-storage-plugin-s3"),
        ("s3://", WithoutPlugin(), "names no bucket"),
        ("s3://b/p", None, "only a run of the pipeline reads a bucket"),
    ],
)
def test_what_is_missing_is_told_before_any_job(where, storage, told):
    with pytest.raises(InputError, match=told):
        places.at(where, storage)
