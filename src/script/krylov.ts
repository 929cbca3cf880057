/** Linear systems and eigenvalues of what is only known by its products, as Python: those of `math/krylov`. */

/** The solver that implicit steps and Newton-like directions use. */
export const gmres = `
def gmres(apply, b, iterations, tolerance):
    """x with the least ||b - A x|| in span{b, A b, ...}, apply(v) = A v: Saad and Schultz 1986."""
    start = float(np.linalg.norm(b))
    if start == 0 or not math.isfinite(start):
        return b.copy()
    most = min(iterations, len(b))
    basis, columns, turns, right = [b / start], [], [], [start]
    while len(turns) < most and abs(right[-1]) > tolerance * start:
        v = apply(basis[-1])
        before = float(np.linalg.norm(v))
        column = []
        for u in basis:
            column.append(float(v @ u))
            v = v - column[-1] * u
        length = float(np.linalg.norm(v))
        column.append(length)
        for i, (cosine, sine) in enumerate(turns):  # Givens rotations
            top = column[i]
            column[i] = cosine * top + sine * column[i + 1]
            column[i + 1] = cosine * column[i + 1] - sine * top
        size = math.sqrt(column[-2] * column[-2] + column[-1] * column[-1])
        if not size > 1e-13 * before or not math.isfinite(size):
            break  # singular on this space
        cosine, sine = column[-2] / size, column[-1] / size
        columns.append([*column[:-2], size])
        turns.append((cosine, sine))
        right[-1:] = [cosine * right[-1], -sine * right[-1]]
        if length <= 1e-13 * before:
            break  # the space is invariant
        basis.append(v / length)
    weights = [0.0] * len(turns)
    for i in reversed(range(len(turns))):
        rest = right[i]
        for j in range(i + 1, len(turns)):
            rest -= columns[j][i] * weights[j]
        weights[i] = rest / columns[i][i]
    x = np.zeros(len(b))
    for weight, v in zip(weights, basis):
        x = x + weight * v
    return x
`;

/** The eigenvalues that a few products find. */
export const ritz = `
def ritz_values(apply, b, dimensions):
    """The eigenvalues of A on span{b, A b, ...}, apply(v) = A v: Arnoldi's, the outer ones first."""
    start = float(np.linalg.norm(b))
    most = min(dimensions, len(b)) if start > 0 and math.isfinite(start) else 0
    basis, columns = [b / start] if most else [], []
    while len(columns) < most:
        v = apply(basis[-1])
        before = float(np.linalg.norm(v))
        column = [0.0] * (most + 1)
        for _ in range(2):  # twice, for rounding
            for i, u in enumerate(basis):
                along = float(v @ u)
                column[i] += along
                v = v - along * u
        length = float(np.linalg.norm(v))
        column[len(columns) + 1] = length
        columns.append(column)
        if not length > 1e-13 * before:
            break
        basis.append(v / length)
    n = len(columns)
    return EIGENVALUES([[columns[j][i] for j in range(n)] for i in range(n)])
`;
