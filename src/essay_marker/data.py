"""Reading the program's data files: TOML, YAML and JSON in, frozen records out, errors that a teacher can act on.

Every rubric, topic, language and corpus file passes through one of the ``load_`` functions. Types are declared once,
as msgspec structs; whatever does not fit them becomes a `DataError` that names the file, the line and the field. The
line is looked for only when something is wrong, so that a good file costs nothing extra.
"""

from __future__ import annotations

import difflib
import gc
import hashlib
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from essay_marker.errors import DataError

# The C parser is eight times as fast; a PyYAML built without it still works.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

T = TypeVar("T")
Step = str | int
LineOf = Callable[[str, list[Step]], int]


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of everything that is read from a data file: an unknown key is an error, not a silent nothing."""


def load_yaml(path: Path, type_: type[T]) -> T:
    """The YAML file at ``path`` as a ``type_``; `DataError` when it cannot be read or does not fit.

    The declared type decides what a scalar is, not YAML's guess: ``no`` stays text where text is wanted, and a date
    needs no quotation marks.
    """
    text = _read(path)
    try:
        with _no_collection():
            raw = _build(iter(_Loader(text).get_event, None))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", line {mark.line + 1}" if mark else ""
        raise DataError(f"{path}{where}: this is not valid YAML: {error.problem or error.context}.") from None
    except yaml.YAMLError as error:  # a character that YAML does not allow
        raise DataError(f"{path}: this is not valid YAML: {error}.") from None
    except RecursionError:
        raise DataError(f"{path}: the lists and tables are nested too deeply.") from None
    return _convert(raw, type_, path, text, _yaml_line, strict=False)


def load_toml(path: Path, type_: type[T]) -> T:
    """The TOML file at ``path`` as a ``type_``; `DataError` when it cannot be read or does not fit."""
    text = _read(path)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\s*\(at line (\d+), column \d+\)|\s*\(at end of document\)", str(error))
        problem = str(error) if found is None else str(error)[: found.start()]
        line = found[1] if found and found[1] else str(text.count("\n") + 1)
        raise DataError(f"{path}, line {line}: this is not valid TOML: {problem}.") from None
    return _convert(raw, type_, path, text, _toml_line, strict=True)


def load_json(path: Path, type_: type[T]) -> T:
    """The JSON file at ``path`` as a ``type_``; `DataError` when it cannot be read or does not fit."""
    return _from_json(_read(path), type_, str(path))


def load_jsonl(path: Path, type_: type[T]) -> tuple[T, ...]:
    """The lines of the file at ``path``, each a ``type_`` in JSON; blank lines are passed over.

    Raises:
        DataError: The file cannot be read, or a line (which is named) does not fit.
    """
    lines = _read(path).split("\n")  # and at nothing else: a text may hold any other kind of line end
    return tuple(
        _from_json(line, type_, f"{path}, line {number}") for number, line in enumerate(lines, 1) if line.strip()
    )


def sha256_of(paths: Iterable[Path], root: Path | None = None) -> str:
    """One hash over the files' contents and their names relative to ``root`` (default: the folder they share).

    The same on every platform: every line end counts as a line feed, names use ``/``, the order of ``paths`` does
    not matter.
    """
    files = [path.resolve() for path in paths]
    base = root.resolve() if root else Path(os.path.commonpath([file.parent for file in files])) if files else Path()
    digest = hashlib.sha256()
    for name, file in sorted((file.relative_to(base).as_posix(), file) for file in files):
        content = _read_bytes(file).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        # Lengths keep "ab" + "c" apart from "a" + "bc".
        digest.update(f"{len(name.encode())}:{name}:{len(content)}:".encode())
        digest.update(content)
    return digest.hexdigest()


# --- reading --------------------------------------------------------------------------------------------------------


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise DataError(f"{path}: there is no such file.") from None
    except OSError as error:
        raise DataError(f"{path}: the file cannot be read ({error.strerror}).") from None


def _read(path: Path) -> str:
    try:
        return _read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: the file is not in UTF-8 (byte {error.start}); save it as UTF-8.") from None


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hold the garbage collector still: ten thousand short-lived events make it run often, for nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


_NULLS = ("", "~", "null")


def _build(events: Iterator[Any]) -> Any:
    """Plain lists, dictionaries and texts from a stream of YAML events.

    Four times as fast as PyYAML's own way over a tree of nodes, and it refuses what that lets pass: a key given
    twice, where the last would win unseen, and aliases, which no data file here needs.
    """
    root: Any = None
    documents = 0
    for event in events:
        if event.__class__ is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise _problem("a second document begins", event)
            root = _value(next(events), events)
    return root


def _value(event: Any, events: Iterator[Any]) -> Any:
    """The value that begins with ``event``; reads ``events`` up to its end."""
    if event.__class__ is yaml.ScalarEvent:
        # Only an unquoted null is nothing: "" in quotation marks is an empty text.
        return None if not event.style and event.value in _NULLS else event.value
    if event.__class__ is yaml.SequenceStartEvent:
        items: list[Any] = []
        for item in events:
            if item.__class__ is yaml.SequenceEndEvent:
                break
            items.append(_value(item, events))
        return items
    if event.__class__ is yaml.MappingStartEvent:
        table: dict[str, Any] = {}
        for key in events:
            if key.__class__ is yaml.MappingEndEvent:
                break
            if key.__class__ is not yaml.ScalarEvent:
                raise _problem("a key must be plain text", key)
            if key.value in table:
                raise _problem(f"the key `{key.value}` stands here twice", key)
            table[key.value] = _value(next(events), events)
        return table
    raise _problem("an alias (*) is not allowed here", event)


def _problem(words: str, event: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=words, problem_mark=event.start_mark)


def _from_json(text: str, type_: type[T], where: str) -> T:
    try:
        return msgspec.json.decode(text, type=type_)
    except msgspec.ValidationError as error:
        raise DataError(f"{where}: {_in_words(*_split(str(error)), type_)}") from None
    except msgspec.DecodeError as error:
        raise DataError(f"{where}: this is not valid JSON: {error}.") from None


# --- from a msgspec error to words ----------------------------------------------------------------------------------

_AT = re.compile(r" - at `(?:key in )?`?\$(?P<path>.*?)`$", re.DOTALL)
_STEP = re.compile(r"\.(?P<name>[^.\[\]]+)|\[(?P<index>\d+)\]|\[\.\.\.\]")
_EXPECTED = re.compile(r"^Expected `(?P<wanted>[^`]+)`, got `(?P<got>[^`]+)`$")
_FIELD = re.compile(r"^Object (?P<what>missing required|contains unknown) field `(?P<name>[^`]+)`$")
_WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table of keys and values",
    "null": "nothing",
    "date": "a date",
    "datetime": "a date and time",
}


def _convert(raw: Any, type_: type[T], path: Path, text: str, line_of: LineOf, *, strict: bool) -> T:
    try:
        return msgspec.convert(raw, type_, strict=strict)
    except msgspec.ValidationError as error:
        message, steps = _split(str(error))
        unknown = _FIELD.match(message)
        target = [*steps, unknown["name"]] if unknown and unknown["what"] == "contains unknown" else steps
        line = line_of(text, target)
        where = f"{path}, line {line}" if line else str(path)
        raise DataError(f"{where}: {_in_words(message, steps, type_)}") from None


def _split(message: str) -> tuple[str, list[Step]]:
    """A msgspec message as its words and the steps to the place: ``$.themes[3].label`` -> themes, 3, label."""
    at = _AT.search(message)
    if at is None:
        return message, []
    steps: list[Step] = []
    for step in _STEP.finditer(at["path"]):
        if step["name"] is not None:
            steps.append(step["name"])
        elif step["index"] is not None:
            steps.append(int(step["index"]))
        else:  # "[...]": some entry of a table, msgspec does not say which
            break
    return message[: at.start()], steps


def _in_words(message: str, steps: list[Step], type_: type[Any]) -> str:
    place = _place(steps)
    field = _FIELD.match(message)
    if field and field["what"] == "missing required":
        return f"{place} lacks the field `{field['name']}`."
    if field:
        close = difflib.get_close_matches(field["name"], _known_fields(type_, steps), n=1)
        hint = f" Did you mean `{close[0]}`?" if close else ""
        return f"{place} has an unknown field `{field['name']}`.{hint}"
    if message.startswith("Invalid enum value"):
        legal = [str(value) for part in _parts_at(type_, steps) for value in getattr(part, "values", ())]
        given = message.removeprefix("Invalid enum value").strip()
        close = difflib.get_close_matches(given.strip("'"), legal, n=1)
        hint = f" Did you mean `{close[0]}`?" if close else ""
        return f"{place} should be one of {', '.join(legal)}, but is {given}.{hint}"
    kinds = _EXPECTED.match(message)
    if kinds:
        # An optional field reads "Expected `str | null`": the null is no help to anyone.
        wanted = " or ".join(_WORDS.get(kind, kind) for kind in kinds["wanted"].split(" | ") if kind != "null")
        quoting = "str" in kinds["wanted"].split(" | ") and kinds["got"] not in ("array", "object", "null")
        hint = " Put it in quotation marks." if quoting else ""
        return f"{place} should be {wanted}, but is {_WORDS.get(kinds['got'], kinds['got'])}.{hint}"
    return f"{place}: {message[:1].lower()}{message[1:].replace('`', '')}."


def _place(steps: list[Step]) -> str:
    """Steps as words: ``themes[4].label`` counted from one, as a person counts."""
    if not steps:
        return "the file"
    words = ""
    for step in steps:
        words += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return f"`{words.removeprefix('.')}`"


def _known_fields(type_: type[Any], steps: list[Step]) -> list[str]:
    """The field names that are allowed at the place where ``steps`` lead."""
    return [
        field.encode_name
        for place in _parts_at(type_, steps)
        if isinstance(place, msgspec.inspect.StructType)
        for field in place.fields
    ]


def _parts_at(type_: type[Any], steps: list[Step]) -> list[Any]:
    """What may stand at the place where ``steps`` lead: a type, or the alternatives of a union."""
    places = list(_structs_and_parts(msgspec.inspect.type_info(type_)))
    for step in steps:
        inner: list[Any] = []
        for place in places:
            if isinstance(place, msgspec.inspect.StructType):
                inner += [field.type for field in place.fields if field.encode_name == step]
            elif isinstance(place, msgspec.inspect.DictType):
                inner.append(place.value_type)
            elif isinstance(place, msgspec.inspect.TupleType):
                inner += place.item_types
            elif hasattr(place, "item_type"):
                inner.append(place.item_type)
        places = [part for found in inner for part in _structs_and_parts(found)]
    return places


def _structs_and_parts(info: Any) -> Iterator[Any]:
    """The alternatives of a union, or the type itself."""
    if isinstance(info, msgspec.inspect.UnionType):
        yield from info.types
    else:
        yield info


# --- from a path to a line ------------------------------------------------------------------------------------------


def _yaml_line(text: str, steps: list[Step]) -> int:
    """The line (from 1) where the value at ``steps`` begins, or as far along the way as the file goes."""
    node = yaml.compose(text, Loader=_Loader)
    if node is None:
        return 1
    line: int = node.start_mark.line
    for step in steps:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line
        elif isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == step), None)
            if pair is None:
                break
            line = pair[0].start_mark.line
            node = pair[1]
        else:
            break
    return line + 1


_TOML_HEADER = re.compile(r"^\s*(?P<open>\[\[?)\s*(?P<name>[\w.\"' -]+?)\s*\]\]?\s*(?:#.*)?$")
_TOML_KEY = re.compile(r"^\s*(?P<name>(?:[\w-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[\w-]+|\"[^\"]*\"|'[^']*'))*)\s*=")


def _toml_line(text: str, steps: list[Step]) -> int:
    """The line (from 1) of the key or header that leads furthest along ``steps``. tomllib keeps no positions."""
    best, best_line = 0, 1
    table: list[Step] = []
    counts: dict[tuple[Step, ...], int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _TOML_HEADER.match(line):
            table = _toml_table(_toml_names(header["name"]), header["open"] == "[[", counts)
            path = table
        elif key := _TOML_KEY.match(line):
            path = [*table, *_toml_names(key["name"])]
        else:
            continue
        # A key must lie on the way; a header also helps when it only shares the beginning of it.
        if path == steps[: len(path)] and len(path) > best:
            best, best_line = len(path), number
    return best_line


def _toml_table(names: list[str], is_array: bool, counts: dict[tuple[Step, ...], int]) -> list[Step]:
    """The full path of a header, with the index of each array of tables it lies in."""
    path: list[Step] = []
    for depth, name in enumerate(names):
        path.append(name)
        here = tuple(path)
        if is_array and depth == len(names) - 1:
            counts[here] = counts.get(here, -1) + 1
        if here in counts:
            path.append(counts[here])
    return path


def _toml_names(dotted: str) -> list[str]:
    return [name.strip().strip("\"'") for name in dotted.split(".")]
