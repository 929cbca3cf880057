/** Holds `export` to its script and its refusals. */
import { expect, test } from 'vitest';
import { call, output, refusal } from './call.ts';

test('export prints a Python script of the run, for the number of steps that was asked for', async () => {
  const text = await output('export bilinear --set scheme=extragradient --steps 100');
  expect(text).toMatch(/^"""/);
  expect(text).toContain('STEPS = 100\n');
  expect(text).toContain('import numpy as np\n');
  expect(text).not.toContain('import torch');
  expect(text.endsWith('main()\n')).toBe(true);
});

test('a GAN is exported for PyTorch, and for NumPy where that is asked for', async () => {
  expect(await output('export ring')).toContain('import torch\n');
  const text = await output('export ring --flavour numpy');
  expect(text).not.toContain('import torch');
  expect(text).toContain('def discriminator_gradient(g, d, batch):');
});

test('few pictures are in the script, many in a file beside it', async () => {
  const few = await output('export digits');
  expect(few).toContain('Compressed by gzip, in base64.');
  expect(few).not.toContain('digits8.bin');
  const many = await output('export digits --set game.dataset=mnist14');
  expect(many).toContain('and beside it mnist14.bin from public/data of Saddle');
});

test('a flavour that is none is refused with the choices', async () => {
  const [line] = await refusal('export ring --flavour jax');
  expect(line).toContain('numpy, torch');
});

test('what has no meaning in an experiment is noted, and exported all the same', async () => {
  const { code, out, err } = await call('export bilinear --set scheme=svre');
  expect(code).toBe(0);
  expect(err).toContain('note: scheme');
  expect(out).toContain('def reduced(v):');
});
