"""Writes eigenvalues.json beside this file: spectra by numpy (LAPACK's dgeev) of matrices that tests/math/eigenvaluesGolden.test.ts
makes again, bit for bit. Run: python3 tests/reference/eigenvalues.py"""

import json
import pathlib

import numpy


def fractions(seed, count):
    """Fractions in [-1/2, 1/2) by x -> 1103515245 x + 12345 modulo 2^31, whose products stay below 2^63."""
    state, out = seed, []
    for _ in range(count):
        state = (1103515245 * state + 12345) % 2**31
        out.append(state / 2**31 - 0.5)
    return out


def matrix(kind, n):
    a = numpy.array(fractions(n, n * n)).reshape(n, n)
    if kind == "graded":  # rows of ever smaller size
        a *= 2.0 ** -(numpy.arange(n) // 8)[:, None]
    if kind == "sparse":
        a[numpy.abs(a) < 0.48] = 0
    return a


cases = []
for kind, n in [("full", 64), ("full", 97), ("full", 128), ("graded", 110), ("sparse", 120), ("full", 200), ("full", 350)]:
    values = [z for z in numpy.linalg.eigvals(matrix(kind, n)) if z.imag >= 0]
    values.sort(key=lambda z: (z.real, z.imag))
    rounded = [[float(f"{z.real:.14e}"), float(f"{z.imag:.14e}")] for z in values]
    cases.append({"kind": kind, "n": n, "upper": rounded})
text = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
pathlib.Path(__file__).with_suffix(".json").write_text(f"[\n{text}\n]\n")
