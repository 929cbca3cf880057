"""Runs exported scripts and compares every point that they pass with the run that they were exported from.

    python3 compare.py FOLDER [DEVICE]

FOLDER holds NAME.py and NAME.json, {"steps": n, "tolerance": t, "points": [[...], ...]} or, with "average", the
average that the run ends with. Scripts of PyTorch run on DEVICE (cpu, cuda). Prints one JSON object a line, and leaves with 1 when one of them differs.
"""
import io
import json
import math
import sys
from contextlib import redirect_stdout
from pathlib import Path

import numpy as np


def difference(found, wanted):
    """The largest distance of two points at the same step, in units of the point's length (at least 1)."""
    found, wanted = np.asarray(found, dtype=np.float64), np.asarray(wanted, dtype=np.float64)
    if found.shape != wanted.shape:
        return math.inf
    found, wanted = np.atleast_2d(found), np.atleast_2d(wanted)
    lengths = np.maximum(1, np.linalg.norm(wanted, axis=1))
    worst = np.max(np.linalg.norm(found - wanted, axis=1) / lengths)
    return float(worst) if math.isfinite(worst) else math.inf


def compare(path, device):
    """What became of one script."""
    wanted = json.loads(path.with_suffix(".json").read_text())
    names = {"__name__": path.stem, "__file__": str(path)}
    said = io.StringIO()
    try:
        with redirect_stdout(said):
            text = path.read_text(encoding="utf-8").replace('DEVICE = "cpu"', f'DEVICE = "{device}"')
            exec(compile(text, str(path), "exec"), names)
            tell = lambda step, w, losses: said.write(f"{step} {losses}")  # noqa: E731
            points = names["run"](wanted["steps"], tell)
        found = difference(points, wanted["points"])
        if "average" in wanted:
            average = names["average"]
            average = average.cpu().numpy() if hasattr(average, "cpu") else average
            found = max(found, difference(average, wanted["average"]))
    except Exception as error:  # whatever it is, the others are still to be run
        return {"name": path.stem, "isSame": False, "error": f"{type(error).__name__}: {error}"}
    return {
        "name": path.stem,
        "isSame": found <= wanted["tolerance"],
        "difference": found if math.isfinite(found) else "infinite",
        "tolerance": wanted["tolerance"],
    }


def main():
    device = sys.argv[2] if len(sys.argv) > 2 else "cpu"
    results = []
    for path in sorted(Path(sys.argv[1]).glob("*.py")):
        results.append(compare(path, device))
        print(json.dumps(results[-1]), flush=True)
    sys.exit(0 if all(result["isSame"] for result in results) else 1)


if __name__ == "__main__":
    main()
