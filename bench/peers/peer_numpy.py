"""Times numpy's eigenvalues of dense random matrices: a line of JSON {task, n, seconds} in, the median ms out."""

import json
import sys
import time

import numpy

matrices = {}
for line in sys.stdin:
    wish = json.loads(line)
    n = wish["n"]
    if n not in matrices:
        matrices[n] = numpy.random.default_rng(1).standard_normal((n, n))
    solve = getattr(numpy.linalg, wish["task"])
    times = []
    end = time.perf_counter() + wish["seconds"]
    while True:
        start = time.perf_counter()
        solve(matrices[n])
        times.append(1000 * (time.perf_counter() - start))
        if time.perf_counter() >= end:
            break
    print(sorted(times)[len(times) // 2], flush=True)
