"""Execute the notebooks on a snapshot; the first cell that fails ends it with exit code 1.

    python notebooks/run.py SNAPSHOT...

Each SNAPSHOT is a folder or an address, as SAMKRAFT_SNAPSHOT is (see samkraft.py). The notebooks' files are not changed;
a notebook is opened to work in with Jupyter, or with an editor that knows notebooks.
"""

import os
import pathlib
import sys
import time

import nbclient
import nbformat


def run(path):
    """Execute a notebook in its folder and return the seconds that it took."""
    began = time.monotonic()
    notebook = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    return time.monotonic() - began


def main(snapshots):
    """Run every notebook on every snapshot and return the exit code."""
    if not snapshots:
        print("usage: run.py SNAPSHOT...", file=sys.stderr)
        return 2
    for snapshot in snapshots:
        remote = snapshot.startswith(("http://", "https://"))
        os.environ["SAMKRAFT_SNAPSHOT"] = snapshot if remote else str(pathlib.Path(snapshot).resolve())
        for path in sorted(pathlib.Path(__file__).resolve().parent.glob("*.ipynb")):
            try:
                print(f"{path.name} on {snapshot}: {run(path):.1f} s", flush=True)
            except nbclient.exceptions.CellExecutionError as error:
                print(f"{path.name} on {snapshot}:\n{error}", file=sys.stderr)
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
