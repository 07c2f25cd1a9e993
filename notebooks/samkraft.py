"""Read the tables of a snapshot, with the units and descriptions that its files carry.

SAMKRAFT_SNAPSHOT says where the snapshot is:

    samkraft-sample/snapshots/kobenhavn-syd          a plan: its latest snapshot
    samkraft-sample/snapshots/kobenhavn-syd/ID       one snapshot
    http://localhost:8080/snapshots/goda-grannar/latest    a server

Without it the sample's latest snapshot of København Syd is read.
"""

import functools
import hashlib
import json
import os
import pathlib
import urllib.error
import urllib.request

import duckdb
import pandas
import polars
import pyarrow
import pyarrow.parquet

SAMPLE = pathlib.Path(__file__).resolve().parent.parent / "samkraft-sample" / "snapshots" / "kobenhavn-syd"


class SnapshotError(Exception):
    """A snapshot cannot be read; the message says which file and what to do."""


@functools.cache
def place():
    """Return where the snapshot is: its address, or its folder with the id resolved."""
    named = os.environ.get("SAMKRAFT_SNAPSHOT") or str(SAMPLE)
    if named.startswith(("http://", "https://")):
        return named.rstrip("/")
    folder = pathlib.Path(named)
    latest = folder / "latest"
    if latest.is_file():
        folder = folder / latest.read_text(encoding="utf-8").strip()
    if not (folder / "datapackage.json").is_file():
        raise SnapshotError(
            f"{folder} is no snapshot: make the sample with 'samkraft run --sample', "
            "or let SAMKRAFT_SNAPSHOT name a snapshot's folder or its address on a server"
        )
    return str(folder)


def read_bytes(name):
    """Return the content of a file of the snapshot."""
    if not place().startswith("http"):
        return (pathlib.Path(place()) / name).read_bytes()
    address = f"{place()}/{name}"
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.read()
    except urllib.error.URLError as error:
        raise SnapshotError(f"{address}: {error}") from error


@functools.cache
def package():
    """Return the snapshot's data package: what it holds, from which sources, under which licences."""
    return json.loads(read_bytes("datapackage.json"))


@functools.cache
def arrow(table):
    """Return a table as an Arrow table, whose fields carry description and unit.

    The file has to be the one that the data package was written with. On a server,
    "latest" can become another snapshot between two tables: their figures must not be mixed.
    """
    resource = next((r for r in package()["resources"] if r["name"] == table), None)
    if resource is None:
        names = ", ".join(r["name"] for r in package()["resources"])
        raise SnapshotError(f"the snapshot has no table {table}; it has {names}")
    content = read_bytes(resource["path"])
    if "sha256:" + hashlib.sha256(content).hexdigest() != resource["hash"]:
        raise SnapshotError(
            f"{resource['path']} is not the file that the data package names: "
            "there is a newer snapshot. Restart the notebook, or name a snapshot by its id"
        )
    return pyarrow.parquet.read_table(pyarrow.BufferReader(content))


def load(table):
    """Return a table as a pandas DataFrame on Arrow types, where missing stays missing (NA).

    attrs holds what the file says: "description" of the table, its "key" (a list of
    columns), and "units" and "descriptions" by column.
    """
    source = arrow(table)
    about = {k.decode(): v.decode() for k, v in (source.schema.metadata or {}).items()}
    frame = source.to_pandas(types_mapper=pandas.ArrowDtype)
    frame.attrs = {
        "table": table,
        "description": about["description"],
        "key": about["key"].split(", "),
        "units": columns(table, b"unit"),
        "descriptions": columns(table, b"description"),
    }
    return frame


def load_polars(table):
    """Return a table as a polars DataFrame; units are in units(table)."""
    return polars.from_arrow(arrow(table))


def connect(*tables):
    """Return a DuckDB connection that sees the named tables, and leaves null as null."""
    connection = duckdb.connect()
    for table in tables:
        connection.register(table, arrow(table))
    return connection


def columns(table, what):
    """Return what the fields of a table say, b"unit" or b"description", by column."""
    return {f.name: f.metadata[what].decode() for f in arrow(table).schema if f.metadata and what in f.metadata}


def units(table):
    """Return the units of a table's columns that have one."""
    return columns(table, b"unit")


def label(table, column, words, thousands=False):
    """Return an axis label: words and the unit that the file states, or a thousand of it."""
    unit = units(table)[column]
    if thousands:
        unit = {"MWh": "GWh", "EUR": "1000 EUR"}[unit]
    return f"{words} [{unit}]"
