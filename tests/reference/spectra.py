"""Matrices and their eigenvalues as numpy (LAPACK) finds them: python3 tests/reference/spectra.py > tests/reference/spectra.json"""
import json

import numpy as np

draw = np.random.RandomState(7).randn


def grcar(n):
    """Toeplitz: -1 below the diagonal, 1 on it and on three above: eigenvalues that are far from orthogonal."""
    return np.eye(n) - np.eye(n, k=-1) + sum(np.eye(n, k=k) for k in (1, 2, 3))


def game(n, m):
    """The Jacobian of a zero-sum game: symmetric blocks, and opposite ones across."""
    a, b, c = draw(n, n), draw(n, m), draw(m, m)
    return np.block([[a @ a.T / n, b], [-b.T, c @ c.T / m]])


symmetric = draw(16, 16)
matrices = {
    "random": draw(24, 24),
    "symmetric": symmetric + symmetric.T,
    "game": game(14, 10),
    "low rank": np.rint(2 * draw(26, 7)) @ np.rint(2 * draw(7, 26)),
    "Grcar": grcar(18),
    "badly scaled": draw(12, 12) * 10.0 ** np.linspace(-3, 3, 12)[:, None],
}
out = {}
for name, matrix in matrices.items():
    matrix = np.array([[float(f"{x:.4g}") for x in row] for row in matrix])
    values = np.linalg.eigvals(matrix)
    values = values[np.lexsort((-values.imag, -values.real.round(9)))]
    out[name] = {
        "n": len(matrix),
        "matrix": matrix.ravel().tolist(),
        "re": values.real.tolist(),
        "im": values.imag.tolist(),
        # By how much rounding of the matrix may move an eigenvalue: the condition of the eigenvectors.
        "condition": float(f"{np.linalg.cond(np.linalg.eig(matrix)[1]):.3g}"),
    }
print("{" + ",\n".join(f"{json.dumps(name)}: {json.dumps(each)}" for name, each in out.items()) + "}")
