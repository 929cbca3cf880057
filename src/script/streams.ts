/** The counter-based streams of random numbers, as Python: the same bits as `math/random`. */

/** Needs NumPy and the name SEED; `now` says the step and the draw. */
export const streams = `
# ---- Random numbers ----------------------------------------------------------------------------
# Counter-based streams: number i of the stream (seed, purpose, step, draw) is a function of these
# names and of i. Nothing is consumed, so every optimizer that plays this game gets the same draws.
# The bits are those of Saddle: only exactly rounded operations on float64 are used.

MASK = np.uint64(0xFFFFFFFF)


def threefry(key0, key1, counter0, counter1):
    """Threefry-2x32 with 20 rounds: Salmon, Moraes, Dror, Shaw, "Parallel random numbers", SC'11."""
    keys = [key0 & 0xFFFFFFFF, key1 & 0xFFFFFFFF]
    keys.append(0x1BD11BDA ^ keys[0] ^ keys[1])
    x = (np.asarray(counter0, dtype=np.uint64) + np.uint64(keys[0])) & MASK
    y = (np.asarray(counter1, dtype=np.uint64) + np.uint64(keys[1])) & MASK
    for group in range(5):
        for turn in ((13, 15, 26, 6), (17, 29, 16, 24))[group % 2]:
            x = (x + y) & MASK
            y = ((y << np.uint64(turn)) & MASK | (y >> np.uint64(32 - turn))) ^ x
        x = (x + np.uint64(keys[(group + 1) % 3])) & MASK
        y = (y + np.uint64(keys[(group + 2) % 3] + group + 1)) & MASK
    return x, y


class Stream:
    """The stream named by (seed, purpose, step, draw); its normals, uniforms and integers share words."""

    def __init__(self, seed, purpose, step=0, draw=0):
        name = 0x811C9DC5  # FNV-1a, 32 bits
        for byte in purpose.encode("ascii"):
            name = (name ^ byte) * 0x01000193 & 0xFFFFFFFF
        key = seed & 0xFFFFFFFF, name
        if seed >> 32:
            key = [int(word) for word in threefry(*key, seed >> 32, 0xFFFFFFFF)]
        self.key = [int(word) for word in threefry(*key, step, draw)]

    def words(self, count):
        """The first 32-bit words of the stream."""
        blocks = np.arange((count + 1) // 2, dtype=np.uint64)
        return np.stack(threefry(*self.key, blocks, np.zeros_like(blocks)), axis=1).ravel()[:count]

    def uniforms(self, count):
        """Multiples of 2^-24 in [0, 1)."""
        return (self.words(count) >> np.uint64(8)).astype(np.float64) * 2.0**-24

    def integers(self, count, below):
        """Whole numbers of [0, below)."""
        return ((self.words(count) * np.uint64(below)) >> np.uint64(32)).astype(np.int64)

    def normals(self, count):
        """Standard normals by Box and Muller (1958), rounded to float32."""
        words = self.words(count + count % 2)
        radius = np.sqrt(-2 * natural_log(words[0::2] | np.uint64(1)))
        quadrant = (words[1::2] >> np.uint64(30)).astype(np.int64)
        low = (words[1::2] & np.uint64(0x3FFFFFFF)).astype(np.int64)
        z = (np.where(low >= 2**29, low - 2**30, low) + 0.5) * (math.pi / 2**31)
        q = z * z
        cosine, sine = horner(q, COSINE), z * horner(q, SINE)
        x = np.choose(quadrant, [cosine, -sine, -cosine, sine])
        y = np.choose(quadrant, [sine, cosine, -sine, -cosine])
        pairs = np.stack([radius * x, radius * y], axis=1).ravel()[:count]
        return pairs.astype(np.float32).astype(np.float64)


SINE = [-1 / 39916800, 1 / 362880, -1 / 5040, 1 / 120, -1 / 6, 1]
COSINE = [1 / 479001600, -1 / 3628800, 1 / 40320, -1 / 720, 1 / 24, -1 / 2, 1]
INVERSE_TANH = [1 / 11, 1 / 9, 1 / 7, 1 / 5, 1 / 3, 1]


def horner(x, coefficients):
    """A polynomial, the coefficient of the highest power first."""
    value = coefficients[0]
    for coefficient in coefficients[1:]:
        value = value * x + coefficient
    return value


def natural_log(odd):
    """ln(odd / 2^32): odd / 2^32 = m 2^-k with m in [sqrt(1/2), sqrt(2)), and ln m = 2 artanh t."""
    m, exponent = np.frexp(odd.astype(np.float64))
    small = (np.ldexp(m, 32).astype(np.uint64) >> np.uint64(1)) < np.uint64(0x5A82799A)
    m = m * np.where(small, 2.0, 1.0)
    t = (m - 1) / (m + 1)
    return 2 * t * horner(t * t, INVERSE_TANH) - (32 - exponent + small) * math.log(2)
`;
