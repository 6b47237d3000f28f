"""The Lambda zip: what goes in, and that the same inputs give the same bytes."""

import gzip
import json
import re
import struct
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import botocore
import pytest
from botocore.model import ServiceModel

from infra import bytecode, pruning, zip
from infra.zip import ZipTooLarge


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("botocore/data/dynamodb/2012-08-10/service-2.json.gz", True),
        ("botocore/data/ec2/2016-11-15/service-2.json.gz", False),
        ("botocore/data/endpoints.json", True),
        ("babel/locale-data/es_EC.dat", True),
        ("babel/locale-data/en.dat", True),
        ("babel/locale-data/fr.dat", False),
        ("chalice/app.py", True),
        ("chalice/cli/__init__.py", False),
        ("stdnum/luhn.py", True),
        ("stdnum/ec/ruc.py", True),
        ("stdnum/cn/loc.dat", False),
        ("openpyxl/tests/test_x.py", False),
        ("pydantic/__pycache__/main.cpython-311.pyc", False),
        ("bin/jp.py", False),
        ("cffi/api.py", False),
        ("_cffi_backend.cpython-311-x86_64-linux-gnu.so", True),
        ("aws_lambda_powertools/logging/logger.py", True),
        ("aws_lambda_powertools/event_handler/api_gateway.py", False),
        ("orjson-3.13.0.dist-info/RECORD", False),
    ],
)
def test_only_what_runs_goes_into_the_zip(path: str, kept: bool) -> None:
    assert pruning.wanted(Path(path)) is kept


def test_symbols_of_a_library_are_blanked_and_its_loaded_parts_are_not() -> None:
    header = bytearray(64)
    header[:5] = b"\x7fELF\x02"
    struct.pack_into("<Q", header, 40, 64 + 8)
    struct.pack_into("<3H", header, 58, 64, 3, 2)
    contents = b"codesyms"
    loaded, symbols, names = bytearray(64), bytearray(64), bytearray(64)
    struct.pack_into("<IQ", loaded, 4, 1, 2)
    struct.pack_into("<2Q", loaded, 24, 64, 4)
    struct.pack_into("<IQ", symbols, 4, 2, 0)
    struct.pack_into("<2Q", symbols, 24, 68, 4)
    struct.pack_into("<IQ", names, 4, 3, 0)
    struct.pack_into("<2Q", names, 24, 64, 8)
    library = bytes(header) + contents + bytes(loaded) + bytes(symbols) + bytes(names)

    blanked = pruning.blanked(library)

    assert len(blanked) == len(library)
    assert blanked[64:72] == b"code\0\0\0\0"
    assert pruning.blanked(b"import this") == b"import this"


def test_lock_is_read_package_by_package() -> None:
    boto3 = "boto3==1.43 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n"
    six = "six==1.17 \\\n    --hash=sha256:cc\n"
    assert zip.locked(f"# note\n{boto3}    # via x\n{six}") == {"boto3": boto3, "six": six}


def test_lock_of_the_project_gives_pinned_botocore_and_chalice_without_pillow() -> None:
    names = set(zip.locked(zip.requirements()))
    assert {"botocore", "boto3", "chalice"} <= names
    assert "pillow" not in names


@pytest.fixture
def small_application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    layer = tmp_path / "layer.zip"
    with zipfile.ZipFile(layer, "w") as archive:
        archive.writestr("dependency.py", "1")
    monkeypatch.setattr(zip, "dependency_layer", lambda root: layer)
    (tmp_path / "chalicelib" / "platform" / "texts" / "es").mkdir(parents=True)
    (tmp_path / "chalicelib" / "__pycache__").mkdir()
    (tmp_path / "app.py").write_text("app = 1\n")
    (tmp_path / "chalicelib" / "__init__.py").write_text("")
    (tmp_path / "chalicelib" / "notes.md").write_text("no")
    (tmp_path / "chalicelib" / "__pycache__" / "x.py").write_text("no")
    (tmp_path / "chalicelib" / "platform" / "texts" / "es" / "common.json").write_text("{}")
    return tmp_path


def test_zip_holds_dependencies_code_and_data_with_plain_modes(small_application: Path) -> None:
    made = zip.build(small_application / "build" / "lambda.zip", small_application)
    with zipfile.ZipFile(made) as archive:
        entries = archive.infolist()
    assert [entry.filename for entry in entries] == [
        "dependency.py",
        "app.py",
        "chalicelib/platform/texts/es/common.json",
        "chalicelib/__init__.pyc",
    ]
    assert {entry.external_attr >> 16 & 0o777 for entry in entries[1:]} == {0o644}


SOURCES = {
    "bank/__init__.py": b'"""Words."""\n\nKINDS = {"a", "b", "c"}\n',
    "bank/teller.py": b"""from bank import KINDS


def pay(kind):
    if kind in {"x", "y", "z"}:
        raise LookupError(kind)
    return KINDS
""",
}


def test_a_function_runs_from_bytecode_alone_and_its_traces_say_where(tmp_path: Path) -> None:
    made = dict(bytecode.compiled(SOURCES))
    assert list(made) == ["bank/__init__.pyc", "bank/teller.pyc"]
    for name, content in made.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", "from bank.teller import pay; assert pay('a'); pay('x')"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 'File "/var/task/bank/teller.py", line 6, in pay' in done.stderr
    assert "LookupError: x" in done.stderr
    assert not list(tmp_path.rglob("*.py"))


def test_the_same_sources_give_the_same_bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    first = dict(bytecode.compiled(SOURCES))
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    assert dict(bytecode.compiled(dict(reversed(SOURCES.items())))) == first


def test_a_faulty_source_and_another_python_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuntimeError, match=r"faulty\.py"):
        list(bytecode.compiled({"faulty.py": b"def ("}))
    monkeypatch.setattr(bytecode, "PYTHON_VERSION", "3.10")
    with pytest.raises(RuntimeError, match=r"built with Python 3\.10"):
        list(bytecode.compiled(SOURCES))


def test_bytecode_is_for_the_python_of_the_functions() -> None:
    stack = (zip.ROOT / "infra" / "stacks" / "function.py").read_text()
    assert f"Runtime.PYTHON_{bytecode.PYTHON_VERSION.replace('.', '_')}," in stack


def test_same_inputs_give_the_same_bytes_and_leave_the_file_alone(small_application: Path) -> None:
    target = small_application / "build" / "lambda.zip"
    first = zip.build(target, small_application).stat()
    (small_application / "app.py").touch()
    again = zip.build(target, small_application).stat()
    assert (first.st_mtime_ns, first.st_ino) == (again.st_mtime_ns, again.st_ino)
    (small_application / "app.py").write_text("app = 2\n")
    assert zip.build(target, small_application).stat().st_ino != first.st_ino


def test_too_large_a_zip_is_refused_and_leaves_nothing_behind(
    small_application: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zip, "MAX_BYTES", 100)
    with pytest.raises(ZipTooLarge):
        zip.build(small_application / "build" / "lambda.zip", small_application)
    assert list((small_application / "build").iterdir()) == []


def test_every_service_that_the_bank_calls_is_in_the_zip() -> None:
    code = "\n".join(path.read_text() for path in (zip.ROOT / "chalicelib").rglob("*.py"))
    called = set(re.findall(r"""\b(?:client|_made)\(\s*["']([a-z0-9-]+)["']""", code))
    assert "dynamodb" in called
    assert called <= pruning.BOTOCORE_SERVICES


@pytest.mark.parametrize("service", sorted(pruning.BOTOCORE_SERVICES))
def test_the_model_of_a_service_still_makes_a_request(service: str) -> None:
    """botocore reads some of the documentation, and only once a request is made."""
    folder = Path(botocore.__file__).parent / "data" / service
    model = max(folder.glob("*/service-2.json.gz"))
    name = PurePosixPath("botocore/data", service, model.parent.name, model.name)
    _, slim = pruning.slimmed(name, model.read_bytes())
    described = ServiceModel(json.loads(slim), service)
    whole = ServiceModel(json.loads(gzip.decompress(model.read_bytes())), service)
    assert described.client_context_parameters == whole.client_context_parameters
    for operation in described.operation_names:
        found = described.operation_model(operation)
        assert (found.context_parameters, found.static_context_parameters) == (
            whole.operation_model(operation).context_parameters,
            whole.operation_model(operation).static_context_parameters,
        )
