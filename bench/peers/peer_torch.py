"""The peer: the same GAN step in PyTorch, eager, on one thread of the CPU, with its own Adam.

Reads and answers the lines that peer_jax.py describes.
"""

import json
import math
import sys
import time

import torch
from torch.nn.functional import softplus

torch.set_num_threads(1)


def network(widths):
    parameters = []
    for inputs, outputs in zip(widths, widths[1:]):
        bound = (6 / (inputs + outputs)) ** 0.5
        parameters.append(torch.empty(inputs, outputs).uniform_(-bound, bound).requires_grad_())
        parameters.append(torch.zeros(outputs, requires_grad=True))
    return parameters


def make(shape, gamma):
    activation = torch.tanh if shape["activation"] == "tanh" else torch.relu
    batch, latent, hidden = shape["batch"], shape["latent"], shape["hidden"]
    g, d = network([latent, *hidden, 2]), network([2, *hidden, 1])
    angles = 2 * math.pi * (torch.arange(batch) % 8) / 8
    centres = torch.stack([torch.cos(angles), torch.sin(angles)], 1)
    adam = torch.optim.Adam([*g, *d], lr=1e-4, betas=(0.5, 0.999), eps=1e-8)

    def apply(parameters, signal):
        for at in range(0, len(parameters), 2):
            signal = signal @ parameters[at] + parameters[at + 1]
            if at + 2 < len(parameters):
                signal = activation(signal)
        return signal

    def step():
        x = centres + 0.05 * torch.randn(batch, 2)
        z = torch.randn(batch, latent)
        fake = apply(g, z)
        on_fake = apply(d, fake)
        generator_loss = softplus(-on_fake).mean()
        discriminator_loss = softplus(-apply(d, x)).mean() + softplus(on_fake).mean()
        keep = gamma > 0
        field = [
            *torch.autograd.grad(generator_loss, g, create_graph=keep, retain_graph=True),
            *torch.autograd.grad(discriminator_loss, d, create_graph=keep),
        ]
        if keep:
            half_square = 0.5 * sum((part**2).sum() for part in field)
            turned = torch.autograd.grad(half_square, [*g, *d])
            field = [part.detach() + gamma * other for part, other in zip(field, turned)]
        for parameter, gradient in zip([*g, *d], field):
            parameter.grad = gradient
        adam.step()

    return step


def main():
    for line in sys.stdin:
        task = json.loads(line)
        step = make(task["shape"], task["consensus"])
        for _ in range(3):
            step()
        times, end = [], time.perf_counter() + task["seconds"]
        while time.perf_counter() < end or len(times) < 5:
            start = time.perf_counter()
            step()
            times.append(1e3 * (time.perf_counter() - start))
        times.sort()
        at = lambda share: times[int(share * (len(times) - 1))]
        answer = {"name": task["name"], "consensus": task["consensus"], "ms": at(0.5), "low": at(0.25), "high": at(0.75)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
