"""The peer: the same GAN step in JAX, the whole step jitted, on the CPU.

Reads one JSON object a line from standard input: {"name", "shape": {"batch", "latent", "hidden", "activation"},
"consensus", "seconds"}; answers each with {"name", "consensus", "ms": median, "low", "high"} (quartiles).
"""

import json
import sys
import time

import jax
import jax.numpy as jnp

RATE, BETA1, BETA2, EPSILON = 1e-4, 0.5, 0.999, 1e-8


def network(key, widths):
    layers = []
    for inputs, outputs in zip(widths, widths[1:]):
        key, own = jax.random.split(key)
        bound = (6 / (inputs + outputs)) ** 0.5
        layers.append((jax.random.uniform(own, (inputs, outputs), minval=-bound, maxval=bound), jnp.zeros(outputs)))
    return layers


def make(shape, gamma):
    activation = jnp.tanh if shape["activation"] == "tanh" else jax.nn.relu
    batch, latent, hidden = shape["batch"], shape["latent"], shape["hidden"]

    def apply(layers, signal):
        for weight, bias in layers[:-1]:
            signal = activation(signal @ weight + bias)
        weight, bias = layers[-1]
        return signal @ weight + bias

    def generator_loss(g, d, z):
        return jnp.mean(jax.nn.softplus(-apply(d, apply(g, z))))

    def discriminator_loss(d, g, x, z):
        return jnp.mean(jax.nn.softplus(-apply(d, x))) + jnp.mean(jax.nn.softplus(apply(d, apply(g, z))))

    def field(point, x, z):
        g, d = point
        return jax.grad(generator_loss)(g, d, z), jax.grad(discriminator_loss)(d, g, x, z)

    def half_square(point, x, z):
        return 0.5 * sum(jnp.sum(leaf**2) for leaf in jax.tree_util.tree_leaves(field(point, x, z)))

    angles = 2 * jnp.pi * (jnp.arange(batch) % 8) / 8
    centres = jnp.stack([jnp.cos(angles), jnp.sin(angles)], 1)

    @jax.jit
    def step(point, mean, square, count, key):
        key, first, second = jax.random.split(key, 3)
        x = centres + 0.05 * jax.random.normal(first, (batch, 2))
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

    key = jax.random.PRNGKey(0)
    point = (network(key, [latent, *hidden, 2]), network(jax.random.PRNGKey(1), [2, *hidden, 1]))
    zeros = jax.tree_util.tree_map(jnp.zeros_like, point)
    return step, (point, zeros, zeros, jnp.zeros(()), key)


def main():
    for line in sys.stdin:
        task = json.loads(line)
        step, state = make(task["shape"], task["consensus"])
        for _ in range(3):
            state = jax.block_until_ready(step(*state))
        times, end = [], time.perf_counter() + task["seconds"]
        while time.perf_counter() < end or len(times) < 5:
            start = time.perf_counter()
            state = jax.block_until_ready(step(*state))
            times.append(1e3 * (time.perf_counter() - start))
        times.sort()
        at = lambda share: times[int(share * (len(times) - 1))]
        answer = {"name": task["name"], "consensus": task["consensus"], "ms": at(0.5), "low": at(0.25), "high": at(0.75)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
