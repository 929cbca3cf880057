"""The peer: the same GAN step in JAX, the whole step jitted, on the CPU.

Reads one JSON object a line from standard input: {"name", "shape", "consensus", "penalty", "seconds"}, where the shape is
that of workloads.ts; answers each with {"name", "parameters": how many numbers are learnt, "ms": the median step}. The same name again
goes on with the same networks.
"""

import json
import sys
import time

import jax
import jax.numpy as jnp

RATE, BETA1, BETA2, EPSILON = 1e-4, 0.5, 0.999, 1e-8
LAID = ("NHWC", "HWIO", "NHWC")


def leaky_relu(x):
    return jax.nn.leaky_relu(x, 0.2)


ACTIVATIONS = {"tanh": jnp.tanh, "relu": jax.nn.relu, "leakyRelu": leaky_relu}


def dense(key, widths, activation, last=lambda x: x):
    """Parameters, and the function of them and of a batch that is the network."""
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        key, own = jax.random.split(key)
        bound = (6 / (inputs + outputs)) ** 0.5
        layers.append((jax.random.uniform(own, (inputs, outputs), minval=-bound, maxval=bound), jnp.zeros(outputs)))

    def apply(layers, signal):
        for weight, bias in layers[:-1]:
            signal = ACTIVATIONS[activation](signal @ weight + bias)
        weight, bias = layers[-1]
        return last(signal @ weight + bias)

    return layers, apply


def drawing(key, latent, side, channels):
    """DCGAN's generator: a dense layer, two transposed convolutions, batch norm before each relu."""
    first = side // 4
    keys = jax.random.split(key, 3)
    normals = lambda key, *sizes: 0.02 * jax.random.normal(key, sizes)
    layers = (
        (normals(keys[0], latent, first * first * 2 * channels), jnp.ones(2 * channels), jnp.zeros(2 * channels)),
        (normals(keys[1], 4, 4, channels, 2 * channels), jnp.ones(channels), jnp.zeros(channels)),
        (normals(keys[2], 4, 4, 1, channels), jnp.zeros(1)),
    )

    def normed(signal, scale, shift):
        mean, variance = jnp.mean(signal, (0, 1, 2)), jnp.var(signal, (0, 1, 2))
        return jax.nn.relu((signal - mean) / jnp.sqrt(variance + 1e-5) * scale + shift)

    def grown(signal, filters):
        return jax.lax.conv_transpose(
            signal, filters, (2, 2), "SAME", dimension_numbers=LAID, transpose_kernel=True
        )

    def apply(layers, z):
        (start, scale1, shift1), (middle, scale2, shift2), (end, bias) = layers
        signal = normed((z @ start).reshape(-1, first, first, 2 * channels), scale1, shift1)
        signal = normed(grown(signal, middle), scale2, shift2)
        return jnp.tanh(grown(signal, end) + bias).reshape(-1, side * side)

    return layers, apply


def reading(key, side, channels):
    """DCGAN's discriminator: two convolutions and a dense layer."""
    width = (side // 4) ** 2 * 2 * channels
    keys = jax.random.split(key, 3)
    normals = lambda key, *sizes: 0.02 * jax.random.normal(key, sizes)
    layers = (
        (normals(keys[0], 4, 4, 1, channels), jnp.zeros(channels)),
        (normals(keys[1], 4, 4, channels, 2 * channels), jnp.zeros(2 * channels)),
        (normals(keys[2], width, 1), jnp.zeros(1)),
    )

    def apply(layers, x):
        signal = x.reshape(-1, side, side, 1)
        for filters, bias in layers[:-1]:
            signal = jax.lax.conv_general_dilated(signal, filters, (2, 2), "SAME", dimension_numbers=LAID)
            signal = leaky_relu(signal + bias)
        weight, bias = layers[-1]
        return signal.reshape(-1, width) @ weight + bias

    return layers, apply


def make(shape, gamma, penalty):
    batch, latent, hidden = shape["batch"], shape["latent"], shape["hidden"]
    pictures = shape.get("pictures")
    keys = jax.random.PRNGKey(0), jax.random.PRNGKey(1)
    if pictures and "channels" in pictures:
        g, generate = drawing(keys[0], latent, pictures["side"], pictures["channels"])
        d, judge = reading(keys[1], pictures["side"], pictures["channels"])
    else:
        size = pictures["side"] ** 2 if pictures else 2
        last = jnp.tanh if pictures else lambda x: x
        g, generate = dense(keys[0], [latent, *hidden, size], shape["activation"], last)
        d, judge = dense(keys[1], [size, *hidden, 1], shape["activation"])

    def generator_loss(g, d, z):
        return jnp.mean(jax.nn.softplus(-judge(d, generate(g, z))))

    def discriminator_loss(d, g, x, z):
        loss = jnp.mean(jax.nn.softplus(-judge(d, x))) + jnp.mean(jax.nn.softplus(judge(d, generate(g, z))))
        if penalty:
            slopes = jax.grad(lambda real: jnp.sum(judge(d, real)))(x)
            loss = loss + penalty / 2 * jnp.mean(jnp.sum(slopes**2, 1))
        return loss

    def field(point, x, z):
        g, d = point
        return jax.grad(generator_loss)(g, d, z), jax.grad(discriminator_loss)(d, g, x, z)

    def half_square(point, x, z):
        return 0.5 * sum(jnp.sum(leaf**2) for leaf in jax.tree_util.tree_leaves(field(point, x, z)))

    if pictures:  # noise in their place
        data = jax.random.uniform(keys[0], (pictures["count"], pictures["side"] ** 2), minval=-1, maxval=1)
    else:
        angles = 2 * jnp.pi * (jnp.arange(batch) % 8) / 8
        data = jnp.stack([jnp.cos(angles), jnp.sin(angles)], 1)

    @jax.jit
    def step(point, mean, square, count, key):
        key, first, second = jax.random.split(key, 3)
        if pictures:
            x = data[jax.random.randint(first, (batch,), 0, len(data))]
        else:
            x = data + 0.05 * jax.random.normal(first, (batch, 2))
        z = jax.random.normal(second, (batch, latent))
        direction = field(point, x, z)
        if gamma:
            turned = jax.grad(half_square)(point, x, z)
            direction = jax.tree_util.tree_map(lambda f, t: f + gamma * t, direction, turned)
        count = count + 1
        mean = jax.tree_util.tree_map(lambda m, f: BETA1 * m + (1 - BETA1) * f, mean, direction)
        square = jax.tree_util.tree_map(lambda v, f: BETA2 * v + (1 - BETA2) * f * f, square, direction)
        scale_mean, scale_square = 1 - BETA1**count, 1 - BETA2**count

        def moved(w, m, v):
            return w - RATE * (m / scale_mean) / (jnp.sqrt(v / scale_square) + EPSILON)

        return jax.tree_util.tree_map(moved, point, mean, square), mean, square, count, key

    point = (g, d)
    zeros = jax.tree_util.tree_map(jnp.zeros_like, point)
    parameters = sum(leaf.size for leaf in jax.tree_util.tree_leaves(point))
    return step, (point, zeros, zeros, jnp.zeros(()), keys[0]), parameters


def main():
    made = {}
    for line in sys.stdin:
        task = json.loads(line)
        name = task["name"]
        if name not in made:
            made.clear()
            made[name] = make(task["shape"], task["consensus"], task["penalty"])
        step, state, parameters = made[name]
        state = jax.block_until_ready(step(*state))
        times, end = [], time.perf_counter() + task["seconds"]
        while time.perf_counter() < end or len(times) < 3:
            start = time.perf_counter()
            state = jax.block_until_ready(step(*state))
            times.append(1e3 * (time.perf_counter() - start))
        made[name] = step, state, parameters
        times.sort()
        print(json.dumps({"name": name, "parameters": parameters, "ms": times[len(times) // 2]}), flush=True)


if __name__ == "__main__":
    main()
