"""The peer: the same GAN step in PyTorch, eager, with its own Adam: on one thread of the CPU, or on $TORCH_DEVICE.

Reads and answers the lines that peer_jax.py describes.
"""

import json
import math
import os
import sys
import time

import torch
from torch.nn import functional
from torch.nn.functional import softplus

torch.set_num_threads(1)
DEVICE = torch.device(os.environ.get("TORCH_DEVICE", "cpu"))
torch.set_default_device(DEVICE)
ACTIVATIONS = {"tanh": torch.tanh, "relu": torch.relu, "leakyRelu": lambda x: functional.leaky_relu(x, 0.2)}


# A card is only asked: it works on while Python goes on.
finish = {"cuda": torch.cuda.synchronize, "mps": torch.mps.synchronize}.get(DEVICE.type, lambda: None)


def dense(widths, activation, last=lambda x: x):
    """Parameters, and what the network does with them."""
    parameters = []
    for inputs, outputs in zip(widths, widths[1:]):
        bound = (6 / (inputs + outputs)) ** 0.5
        parameters.append(torch.empty(inputs, outputs).uniform_(-bound, bound).requires_grad_())
        parameters.append(torch.zeros(outputs, requires_grad=True))

    def apply(signal):
        for at in range(0, len(parameters), 2):
            signal = signal @ parameters[at] + parameters[at + 1]
            if at + 2 < len(parameters):
                signal = ACTIVATIONS[activation](signal)
        return last(signal)

    return parameters, apply


def normals(*sizes):
    return (0.02 * torch.randn(*sizes)).requires_grad_()


def drawing(latent, side, channels):
    """DCGAN's generator: a dense layer, two transposed convolutions, batch norm before each relu."""
    first = side // 4
    parameters = [
        normals(latent, first * first * 2 * channels),
        torch.ones(2 * channels, requires_grad=True),
        torch.zeros(2 * channels, requires_grad=True),
        normals(2 * channels, channels, 4, 4),
        torch.ones(channels, requires_grad=True),
        torch.zeros(channels, requires_grad=True),
        normals(channels, 1, 4, 4),
        torch.zeros(1, requires_grad=True),
    ]

    def normed(signal, scale, shift):
        return torch.relu(functional.batch_norm(signal, None, None, scale, shift, training=True, eps=1e-5))

    def apply(z):
        start, scale1, shift1, middle, scale2, shift2, end, bias = parameters
        signal = normed((z @ start).reshape(-1, 2 * channels, first, first), scale1, shift1)
        signal = normed(functional.conv_transpose2d(signal, middle, stride=2, padding=1), scale2, shift2)
        signal = functional.conv_transpose2d(signal, end, bias, stride=2, padding=1)
        return torch.tanh(signal).reshape(-1, side * side)

    return parameters, apply


def reading(side, channels):
    """DCGAN's discriminator: two convolutions and a dense layer."""
    width = (side // 4) ** 2 * 2 * channels
    parameters = [
        normals(channels, 1, 4, 4),
        torch.zeros(channels, requires_grad=True),
        normals(2 * channels, channels, 4, 4),
        torch.zeros(2 * channels, requires_grad=True),
        normals(width, 1),
        torch.zeros(1, requires_grad=True),
    ]

    def apply(x):
        start, bias1, middle, bias2, end, bias3 = parameters
        signal = x.reshape(-1, 1, side, side)
        for filters, bias in ((start, bias1), (middle, bias2)):
            signal = functional.leaky_relu(functional.conv2d(signal, filters, bias, stride=2, padding=1), 0.2)
        return signal.reshape(-1, width) @ end + bias3

    return parameters, apply


def make(shape, gamma, penalty):
    batch, latent, hidden = shape["batch"], shape["latent"], shape["hidden"]
    pictures = shape.get("pictures")
    if pictures and "channels" in pictures:
        (g, generate), (d, judge) = (
            drawing(latent, pictures["side"], pictures["channels"]),
            reading(pictures["side"], pictures["channels"]),
        )
    else:
        size = pictures["side"] ** 2 if pictures else 2
        last = torch.tanh if pictures else lambda x: x
        g, generate = dense([latent, *hidden, size], shape["activation"], last)
        d, judge = dense([size, *hidden, 1], shape["activation"])
    if pictures:  # noise in their place
        data = 2 * torch.rand(pictures["count"], pictures["side"] ** 2) - 1
    else:
        angles = 2 * math.pi * (torch.arange(batch) % 8) / 8
        data = torch.stack([torch.cos(angles), torch.sin(angles)], 1)
    adam = torch.optim.Adam([*g, *d], lr=1e-4, betas=(0.5, 0.999), eps=1e-8)

    def step():
        if pictures:
            x = data[torch.randint(len(data), (batch,))]
        else:
            x = data + 0.05 * torch.randn(batch, 2)
        z = torch.randn(batch, latent)
        if penalty:
            x.requires_grad_()
        on_real = judge(x)
        on_fake = judge(generate(z))
        generator_loss = softplus(-on_fake).mean()
        discriminator_loss = softplus(-on_real).mean() + softplus(on_fake).mean()
        if penalty:
            (slopes,) = torch.autograd.grad(on_real.sum(), x, create_graph=True)
            discriminator_loss = discriminator_loss + penalty / 2 * (slopes**2).sum(1).mean()
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
        finish()

    return step, sum(part.numel() for part in [*g, *d])


def main():
    made = {}
    for line in sys.stdin:
        task = json.loads(line)
        name = task["name"]
        if name not in made:
            made.clear()
            made[name] = make(task["shape"], task["consensus"], task["penalty"])
        step, parameters = made[name]
        step()
        times, end = [], time.perf_counter() + task["seconds"]
        while time.perf_counter() < end or len(times) < 3:
            start = time.perf_counter()
            step()
            times.append(1e3 * (time.perf_counter() - start))
        times.sort()
        print(json.dumps({"name": name, "parameters": parameters, "ms": times[len(times) // 2]}), flush=True)


if __name__ == "__main__":
    main()
