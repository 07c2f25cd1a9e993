"""Check that Python's Parquet readers see in a snapshot what its data package says.

    python check_snapshot.py SNAPSHOT

SNAPSHOT is the folder of a published snapshot. Every table is read with pyarrow,
with pandas and with polars: rows, columns, types, units, descriptions and values
have to agree. The first difference ends the check with exit code 1.
"""

import datetime
import decimal
import hashlib
import json
import pathlib
import re
import sys
import typing

import frictionless
import pandas
import polars
import pyarrow
import pyarrow.parquet

class Types(typing.NamedTuple):
    """What a type that stored_as names is for each reader."""

    frictionless: str
    pyarrow: pyarrow.DataType
    polars: polars.DataType
    pandas: str
    pandas_with_nulls: str
    pandas_object: type | None = None  # of the cells, where pandas has objects


TYPES = {
    "SMALLINT": Types("integer", pyarrow.int16(), polars.Int16(), "int16", "float64"),
    "INTEGER": Types("integer", pyarrow.int32(), polars.Int32(), "int32", "float64"),
    "BIGINT": Types("integer", pyarrow.int64(), polars.Int64(), "int64", "float64"),
    "UBIGINT": Types("integer", pyarrow.uint64(), polars.UInt64(), "uint64", "float64"),
    "DOUBLE": Types("number", pyarrow.float64(), polars.Float64(), "float64", "float64"),
    "BOOLEAN": Types("boolean", pyarrow.bool_(), polars.Boolean(), "bool", "object", bool),
    "VARCHAR": Types("string", pyarrow.string(), polars.String(), "str", "str"),
    "DATE": Types("date", pyarrow.date32(), polars.Date(), "object", "object", datetime.date),
    "TIMESTAMP WITH TIME ZONE": Types(
        "datetime",
        pyarrow.timestamp("us", tz="UTC"),
        polars.Datetime("us", "UTC"),
        "datetime64[us, UTC]",
        "datetime64[us, UTC]",
    ),
}


class Difference(Exception):
    """Something in the snapshot is not as its data package says."""


def expect(what, found, wanted):
    """Raise a Difference unless what was found is what was wanted."""
    if found != wanted:
        raise Difference(f"{what}: found {found!r}, expected {wanted!r}")


def expected_types(stored_as):
    """Return what a type that the data package names is for each reader."""
    match = re.fullmatch(r"DECIMAL\((\d+),(\d+)\)", stored_as)
    if match:
        precision, scale = int(match[1]), int(match[2])
        in_pyarrow, in_polars = pyarrow.decimal128(precision, scale), polars.Decimal(precision, scale)
        return Types("number", in_pyarrow, in_polars, "object", "object", decimal.Decimal)
    if stored_as not in TYPES:
        raise Difference(f"the data package names the type {stored_as}, which no published table should have")
    return TYPES[stored_as]


def check_bytes(folder, resource):
    """Compare size and SHA-256 of a table's file with the data package."""
    content = (folder / resource["path"]).read_bytes()
    expect(f"{resource['path']}, bytes", len(content), resource["bytes"])
    expect(f"{resource['path']}, hash", "sha256:" + hashlib.sha256(content).hexdigest(), resource["hash"])


def check_pyarrow(path, resource):
    """Read a table with pyarrow, compare it with the data package and return it."""
    table = pyarrow.parquet.ParquetFile(path).read()
    fields = resource["schema"]["fields"]
    where = f"{path.name} in pyarrow"
    expect(f"{where}, rows", table.num_rows, resource["rows"])
    expect(f"{where}, columns", table.column_names, [field["name"] for field in fields])
    for field in fields:
        name, found = field["name"], table.schema.field(field["name"])
        expect(f"{where}, type of {name}", found.type, expected_types(field["stored_as"]).pyarrow)
        metadata = found.metadata or {}
        for key in ("description", "unit"):
            text = metadata.get(key.encode())
            expect(f"{where}, {key} of {name}", text and text.decode(), field.get(key))
    return table


def check_polars(path, resource, table):
    """Read a table with polars' own reader and compare it with pyarrow's."""
    frame = polars.read_parquet(path, use_pyarrow=False)
    where = f"{path.name} in polars"
    expect(f"{where}, rows", frame.height, table.num_rows)
    expect(f"{where}, columns", frame.columns, table.column_names)
    for field in resource["schema"]["fields"]:
        name, types = field["name"], expected_types(field["stored_as"])
        expect(f"{where}, type of {name}", frame.schema[name], types.polars)
        compare_values(f"{where}, column {name}", frame[name].to_arrow().cast(types.pyarrow), table[name])


def check_pandas(path, resource, table):
    """Read a table with pandas as an analyst does and compare it with pyarrow's."""
    frame = pandas.read_parquet(path)
    where = f"{path.name} in pandas"
    expect(f"{where}, rows", len(frame), table.num_rows)
    expect(f"{where}, columns", list(frame.columns), table.column_names)
    for field in resource["schema"]["fields"]:
        name, types, column = field["name"], expected_types(field["stored_as"]), frame[field["name"]]
        wanted = types.pandas_with_nulls if table[name].null_count else types.pandas
        expect(f"{where}, type of {name}", str(column.dtype), wanted)
        if wanted == "object":
            found = {type(value) for value in column if value is not None}
            expect(f"{where}, other objects in {name}", found - {types.pandas_object}, set())
        compare_values(f"{where}, column {name}", pyarrow.Array.from_pandas(column, type=types.pyarrow), table[name])


def check_pandas_arrow(path, resource, table):
    """Read a table with pandas on Arrow types, which keeps every type as it is stored."""
    frame = pandas.read_parquet(path, dtype_backend="pyarrow")
    where = f"{path.name} in pandas on Arrow types"
    expect(f"{where}, columns", list(frame.columns), table.column_names)
    for field in resource["schema"]["fields"]:
        name, wanted = field["name"], expected_types(field["stored_as"]).pyarrow
        expect(f"{where}, type of {name}", frame[name].dtype, pandas.ArrowDtype(wanted))
        compare_values(f"{where}, column {name}", pyarrow.array(frame[name], type=wanted), table[name])


def compare_values(where, found, wanted):
    """Raise a Difference, with the first row that differs, unless two columns are equal."""
    wanted = wanted.combine_chunks()
    if isinstance(found, pyarrow.ChunkedArray):
        found = found.combine_chunks()
    if found.equals(wanted):
        return
    expect(f"{where}, nulls", found.null_count, wanted.null_count)
    for row, (one, other) in enumerate(zip(found.to_pylist(), wanted.to_pylist())):
        if one != other:
            raise Difference(f"{where}, row {row + 1}: {one!r}, in pyarrow {other!r}")
    raise Difference(f"{where}: differs from pyarrow's (type {found.type} and {wanted.type})")


def check_metadata(descriptor):
    """Let the frictionless package judge the data package's metadata."""
    report = frictionless.Package.validate_descriptor(descriptor)
    if not report.valid:
        notes = [row[-1] for row in report.flatten(["type", "note"])]
        raise Difference("frictionless finds datapackage.json not valid: " + "; ".join(notes))
    package = frictionless.Package.from_descriptor(descriptor)
    expect("tables that frictionless sees", package.resource_names, [r["name"] for r in descriptor["resources"]])
    for resource in descriptor["resources"]:
        seen = package.get_resource(resource["name"])
        expect(f"hash of {resource['name']} that frictionless sees", seen.hash, resource["hash"])
        for field in resource["schema"]["fields"]:
            found = seen.schema.get_field(field["name"])
            where = f"{resource['name']}.{field['name']} in frictionless"
            expect(f"{where}, type", found.type, expected_types(field["stored_as"]).frictionless)
            expect(f"{where}, unit", found.custom.get("unit"), field.get("unit"))
        for key in resource["schema"]["primaryKey"]:
            expect(f"key {key} of {resource['name']} is a field", seen.schema.has_field(key), True)


def check_snapshot(folder):
    """Check every table of a snapshot and return their number and their rows."""
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    check_metadata(descriptor)
    files = sorted(path.name for path in folder.glob("*.parquet"))
    expect("Parquet files", files, sorted(resource["path"] for resource in descriptor["resources"]))
    for resource in descriptor["resources"]:
        path = folder / resource["path"]
        check_bytes(folder, resource)
        table = check_pyarrow(path, resource)
        check_polars(path, resource, table)
        check_pandas(path, resource, table)
        check_pandas_arrow(path, resource, table)
    return len(files), sum(resource["rows"] for resource in descriptor["resources"])


def main(arguments):
    """Run the check from the command line and return the exit code."""
    if len(arguments) != 1:
        print("usage: check_snapshot.py SNAPSHOT", file=sys.stderr)
        return 2
    folder = pathlib.Path(arguments[0])
    try:
        tables, rows = check_snapshot(folder)
    except Difference as difference:
        print(f"{folder}: {difference}", file=sys.stderr)
        return 1
    print(
        f"{folder}: {tables} tables, {rows} rows: the same in pyarrow {pyarrow.__version__}, "
        f"pandas {pandas.__version__} and polars {polars.__version__}; "
        f"metadata valid for frictionless {frictionless.__version__}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
