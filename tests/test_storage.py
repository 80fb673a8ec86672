"""Reports and tables in a bucket: the same bytes as on this machine, nothing made twice, and mistakes told."""

import shutil

import boto3
import pytest
from conftest import TINY, snakemake
from moto.server import ThreadedMotoServer
from test_flow import hashes

from pipeline import places
from pipeline.errors import InputError

RAW, PROCESSED = "s3://county-reports/reports 2023", "s3://county-reports/made/tables"


@pytest.fixture(scope="module")
def server():
    """Return the address of an S3 server on this machine."""
    running = ThreadedMotoServer(port=0)
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
        done = snakemake(*arguments, cwd=cwd, check=False, **({"raw": RAW, "processed": PROCESSED} | config))
        return done.returncode, done.stdout + done.stderr

    return of


def objects(bucket, prefix="made/tables/"):
    return {item.key.removeprefix(prefix): item for item in bucket.objects.filter(Prefix=prefix)}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Return the folder that all runs are started in: Snakemake keeps there what it knows of earlier runs."""
    return tmp_path_factory.mktemp("home")


def test_tables_are_those_of_a_local_run(run, bucket, home, flow):
    code, said = run(cwd=home)
    assert code == 0, said
    there = {
        name: item.get()["Body"].read()
        for name, item in objects(bucket).items()
        if not name.startswith("logs/")
    }
    local = {name: (flow / "processed" / name).read_bytes() for name in hashes(flow / "processed")}
    assert there == local
