"""Name the files a rule depends on besides its tables: the modules it imports and the codebook files it loads.

Snakemake notices an edit to a stage's own file, not to what that file imports. Reading the imports from the code itself
keeps the rules right without a list that someone must remember to extend.
"""

import ast
import hashlib
from functools import cache
from itertools import chain
from pathlib import Path

PACKAGE = Path(__file__).parent


def uses(stage: str, *more: str) -> dict[str, list[str]]:
    """Return `{"code": [...], "codebook": [...]}`: files that stage `stage`, and modules `more`, reach by import."""
    code: set[Path] = set()
    books: set[Path] = set()
    for module in (stage, *more, "stage", *_schemas(stage)):
        _reach(_file(f"pipeline.{module}"), code, books)
    code.discard(_file(f"pipeline.{stage}"))  # Snakemake watches the script itself
    return {"code": sorted(map(_shown, code)), "codebook": sorted(map(_shown, books))}


def fingerprint(stage: str) -> bytes:
    """Return a hash of all code and codebook files of a stage, for what is kept from one run to the next."""
    files = {_file(f"pipeline.{stage}"), *map(Path, chain(*uses(stage).values()))}
    contents = (path.read_bytes() for path in sorted(path.resolve() for path in files))
    return hashlib.blake2b(b"".join(contents), digest_size=16).digest()


def beside(*patterns: str) -> list[str]:
    """Name the files of the package that match, for rules that read more than code and codebook."""
    return [_shown(path) for pattern in patterns for path in sorted(PACKAGE.glob(pattern))]


def _shown(path: Path) -> str:
    """Write a path from where Snakemake runs, if it lies below: a clone that is moved has nothing to run again."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _schemas(stage: str) -> list[str]:
    """Name the schemas of the tables a stage makes: its own, and those of its `COMPANIONS`."""
    made = [stage, *_companions(_file(f"pipeline.{stage}"))]
    return [f"schemas.{name}" for name in made if (PACKAGE / "schemas" / f"{name}.py").exists()]


def _companions(path: Path) -> tuple[str, ...]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "COMPANIONS":
            return ast.literal_eval(node.value)
    return ()


def _reach(path: Path | None, code: set[Path], books: set[Path]) -> None:
    waiting = [path]
    while waiting:
        path = waiting.pop()
        if path is None or path in code:
            continue
        code.add(path)
        modules, names = _read(path)
        waiting += [_file(module) for module in modules]
        books.update(PACKAGE / "codebook" / f"{name}.yaml" for name in names)


@cache
def _read(path: Path) -> tuple[list[str], list[str]]:
    """Return the project's modules a file imports, anywhere in it, and the codebook files it loads by name."""
    modules, books = [], []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("codebook.load", "load"):
            books += [arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)]
    return [module for module in modules if module.startswith("pipeline")], books


@cache
def _file(module: str) -> Path | None:
    """Return the file of a module of this package, or None where the name is a function or a constant."""
    place = PACKAGE.joinpath(*module.split(".")[1:])
    for path in (place.with_suffix(".py"), place / "__init__.py"):
        if module != "pipeline" and path.exists():
            return path
    return None
