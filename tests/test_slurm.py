"""A real Slurm on loopback gives the same bytes as this machine alone, also when a node dies in the middle."""

import subprocess
import tempfile
import time
from pathlib import Path

import pytest
import slurm_cluster
from conftest import ROOT, snakemake
from test_flow import hashes

from evaluation import corpora

PROFILE = ROOT / "profiles" / "slurm"
# What a cluster without accounting, on one small machine, needs beside the project's own profile.
LOCAL = [
    "--slurm-status-command",
    "squeue",
    "--slurm-init-seconds-before-status-checks",
    "8",
    "--latency-wait",
    "5",
]
RESOURCES = ["--default-resources", "slurm_partition='main'", "mem_mb=500", "runtime=10"]
# Each job of a submission starts Snakemake again (3 s). So a batch's first tables must do to show what a dead node costs,
# and what is laid out for readers from the tables is left out.
CHAIN = ("--until", "sentences")
CHAINED = ("texts", "sections", "paragraphs", "sentences")
TABLES = ("--omit-from", "exports", "figures", "hanlp_documents")
BOUND = 900  # seconds for one run: a job lost by Slurm would be waited for for ever

pytestmark = pytest.mark.skipif(
    bool(slurm_cluster.missing()), reason=slurm_cluster.missing() or "Slurm is here"
)
RAW = ROOT / "data" / "raw"


@pytest.fixture(scope="module")
def cluster():
    # Not pytest's own folder: munge wants a socket that every user can reach.
    with tempfile.TemporaryDirectory(prefix="slurm-") as folder:
        with slurm_cluster.Cluster(Path(folder)) as running:
            yield running


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    """Return the tables of the five reports in three batches, made on this machine alone."""
    folder = tmp_path_factory.mktemp("local")
    snakemake(*TABLES, cwd=folder, raw=RAW, processed=folder / "processed", batch_size=2)
    return hashes(folder / "processed")


def start(cluster, folder, *until):
    """Start the flow on the cluster, in `folder`, and return the process."""
    of_each = ("--cores", "1")  # of each submission
    command = corpora.flow(
        *("--profile", str(PROFILE), *LOCAL, *RESOURCES, *of_each, *until),
        raw=RAW,
        processed=folder / "processed",
        batch_size=2,
    )
    log = (folder / "run.log").open("w")
    environment = corpora.environment() | cluster.environment
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)


def finished(process, folder):
    try:
        assert process.wait(BOUND) == 0, (folder / "run.log").read_text()
    finally:
        process.kill()
    return hashes(folder / "processed")


def test_slurm_gives_every_table_with_the_same_bytes(cluster, local, tmp_path):
    assert finished(start(cluster, tmp_path, *TABLES), tmp_path) == local


def test_node_killed_in_the_middle_costs_nothing_but_time(cluster, local, tmp_path):
    process = start(cluster, tmp_path, *CHAIN)
    while process.poll() is None and not (busy := cluster.busy_nodes()):
        time.sleep(0.2)
    cluster.kill_node(busy[0])
    made = finished(process, tmp_path)
    assert made == {name: local[name] for name in local if name.startswith(("batches", *CHAINED))}
