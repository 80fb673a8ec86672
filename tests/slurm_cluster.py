"""Start a real Slurm on this machine's loopback: two nodes, no system service touched, everything ended by process id."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

PROGRAMS = ("munged", "mungekey", "slurmctld", "slurmd", "sinfo", "squeue", "sbatch", "srun")
HOW_TO_GET = "apt-get install slurmctld slurmd slurm-client slurm-wlm-basic-plugins munge"
NODES = {"n1": 17001, "n2": 17002}

CONF = """\
ClusterName=loop
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/run/munge.socket,cred_expire=10
CredType=cred/munge
SlurmctldPort=16817
SlurmctldPidFile={folder}/run/slurmctld.pid
SlurmdPidFile={folder}/run/slurmd.%n.pid
SlurmctldLogFile={folder}/log/slurmctld.log
SlurmdLogFile={folder}/log/slurmd.%n.log
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool/%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/none
SchedulerType=sched/backfill
SchedulerParameters=bf_interval=5,sched_min_interval=100000
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
DefMemPerCPU=100
ReturnToService=2
EnforcePartLimits=ALL
SlurmctldTimeout=10
SlurmdTimeout=10
MinJobAge=600
KillWait=2
SlurmdParameters=config_overrides
NodeName=n1 NodeHostname=localhost NodeAddr=127.0.0.1 Port=17001 CPUs=2 RealMemory=6000 State=UNKNOWN
NodeName=n2 NodeHostname=localhost NodeAddr=127.0.0.1 Port=17002 CPUs=2 RealMemory=6000 State=UNKNOWN
PartitionName=main Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
"""

# The executor plugin drops SLURM_CONF before its inner srun; a wrapper first in PATH gives it back.
SRUN = '#!/bin/sh\nSLURM_CONF={folder}/etc/slurm.conf exec {srun} "$@"\n'


def missing() -> str:
    """Say what is needed to start Slurm here, or return an empty string when all is there."""
    lacking = [program for program in PROGRAMS if not shutil.which(program, path=_path())]
    if lacking:
        return f"Slurm is not installed ({', '.join(lacking)}): {HOW_TO_GET}"
    return "" if os.geteuid() == 0 else "Slurm's daemons need to be started as root"


def _path() -> str:
    return os.environ["PATH"] + ":/usr/sbin:/sbin"


class Cluster:
    """A running Slurm: `environment` for its clients, and the power to kill a node."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.environment = os.environ | {
            "SLURM_CONF": str(folder / "etc" / "slurm.conf"),
            "PATH": f"{folder / 'bin'}:{_path()}",
        }

    def __enter__(self):
        self._lay_out()
        run = self.folder / "run"
        key = self.folder / "munge" / "munge.key"
        self._call("mungekey", "--create", f"--keyfile={key}")
        self._call(
            "munged",
            f"--key-file={key}",
            f"--socket={run / 'munge.socket'}",
            f"--pid-file={run / 'munged.pid'}",
            f"--log-file={self.folder / 'log' / 'munged.log'}",
            f"--seed-file={self.folder / 'munge' / 'seed'}",
        )
        self._call("slurmctld", "-c", "-f", self.environment["SLURM_CONF"])
        for node in NODES:
            self._call("slurmd", "-N", node, "-f", self.environment["SLURM_CONF"])
        self._wait_for_nodes()
        return self

    def __exit__(self, *_):
        for name in ("slurmctld", "slurmd.n1", "slurmd.n2", "munged"):
            for process in [*self._steps(name), self._pid(name)]:
                _end(process)

    def kill_node(self, node: str) -> None:
        """Kill a node at once, with the jobs it runs, as a power cut would."""
        for process in [*self._steps(f"slurmd.{node}"), self._pid(f"slurmd.{node}")]:
            _end(process)

    def busy_nodes(self) -> list[str]:
        """Name the nodes that run a job at this moment."""
        listed = self._call("squeue", "--noheader", "--states=RUNNING", "--format=%N").stdout.split()
        return sorted(set(listed))

    def _lay_out(self) -> None:
        for name in ("etc", "log", "state", "run", "munge", "bin", "spool/n1", "spool/n2"):
            (self.folder / name).mkdir(parents=True, mode=0o755)
        self.folder.chmod(0o755)  # munge refuses a socket that others cannot reach
        (self.folder / "munge").chmod(0o700)
        host = socket.gethostname().split(".")[0]
        (self.folder / "etc" / "slurm.conf").write_text(CONF.format(host=host, folder=self.folder))
        wrapper = self.folder / "bin" / "srun"
        wrapper.write_text(SRUN.format(folder=self.folder, srun=shutil.which("srun", path=_path())))
        wrapper.chmod(0o755)

    def _call(self, *command: str):
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=30)
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {done.stderr or done.stdout}")
        return done

    def _wait_for_nodes(self) -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            states = self._call("sinfo", "--noheader", "--Node", "--format=%T").stdout.split()
            if states.count("idle") == len(NODES):
                return
            time.sleep(0.5)
        raise TimeoutError(f"Slurm's nodes did not come up; see {self.folder / 'log'}")

    def _pid(self, name: str) -> int | None:
        path = self.folder / "run" / f"{name}.pid"
        return int(path.read_text()) if path.exists() and path.read_text().strip() else None

    def _steps(self, name: str) -> list[int]:
        """List the processes of the jobs a node runs, and the Slurm step daemons that watch them."""
        if not name.startswith("slurmd."):
            return []
        parents = _parents()
        tasks = [pid for pid in parents if _runs_on(pid, name.removeprefix("slurmd."))]
        watchers = {parents[pid] for pid in tasks if "slurmstepd" in _read(parents[pid], "cmdline")}
        return [*sorted(watchers), *tasks]


def _parents() -> dict[int, int]:
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    stats = {pid: _read(pid, "stat").rpartition(")")[2].split() for pid in pids}
    return {pid: int(fields[1]) for pid, fields in stats.items() if len(fields) > 1}


def _runs_on(pid: int, node: str) -> bool:
    return f"SLURMD_NODENAME={node}" in _read(pid, "environ").split("\0")


def _read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes().decode(errors="replace")
    except OSError:  # the process has ended meanwhile
        return ""


def _end(process: int | None) -> None:
    if process is None:
        return
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return
