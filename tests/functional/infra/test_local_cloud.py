"""Two checkouts that start at once each get a cloud of their own."""

import itertools
import os
import subprocess
from pathlib import Path

import pytest

from infra.local import cloud
from infra.paths import CLOUD_PYTHON
from tests.support.absent import absent


def test_port_that_another_checkout_took_meanwhile_is_left_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not CLOUD_PYTHON.exists():
        absent("the local cloud is not installed: scripts/install does it")
    with cloud.running_cloud(tmp_path / "first") as first:
        answers = itertools.chain([first.port, first.port], iter(cloud.free_port, 0))
        monkeypatch.setattr(cloud, "free_port", lambda _preferred=0: next(answers))
        with cloud.running_cloud(tmp_path / "second") as second:
            assert second.port != first.port
            assert first.running()
            assert second.running()
            assert not cloud.Cloud(tmp_path / "third").running()
        assert first.running()
        assert not second.running()


LATE_COPY = """
import pathlib, threading, time
import launcher

state = pathlib.Path(launcher.persistence.STATE_DIR)
begun = state.with_name("begun")
newest = "as of the copy"

def slow_where_copied():
    if launcher.os.getpid() != server:
        begun.touch()
        time.sleep(1)
    return {"seen": newest}

server = launcher.os.getpid()
launcher.server._build_persistence_save_dict = lambda: {"kept": slow_where_copied}
snapshots = launcher.Snapshots()
copying = threading.Thread(target=snapshots.take)
copying.start()
while not begun.exists():
    time.sleep(0.01)
newest = "as of the end"
launcher.server.save_all({"kept": slow_where_copied})
copying.join()
time.sleep(1.5)
print((state / "kept.json").read_text())
"""


def test_copy_that_was_being_saved_does_not_replace_what_the_end_saved(tmp_path: Path) -> None:
    if not CLOUD_PYTHON.exists():
        absent("the local cloud is not installed: scripts/install does it")
    environment = {
        **os.environ,
        "PYTHONPATH": str(cloud.LAUNCHER.parent),
        "PERSIST_STATE": "1",
        "STATE_DIR": str(tmp_path / "state"),
        "MINGA_CODE_DIR": str(tmp_path / "code"),
    }
    ended = subprocess.run(
        [str(CLOUD_PYTHON), "-c", LATE_COPY], env=environment, capture_output=True, text=True, check=True
    )
    assert "as of the end" in ended.stdout
