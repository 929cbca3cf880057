/** Where each buffer of a plan lies in the linear memory: those that are never alive together share their place. */
import type { Buffer, Kernel, Plan } from './plan.ts';

/** Buffers begin at whole cache lines. */
const ALIGNMENT = 64;

export function viewsOf(kernel: Kernel) {
  if (kernel.kind === 'copy') return [kernel.from, kernel.to];
  const leaves = [...kernel.leaves.values()];
  if (kernel.kind === 'reduction') return [...leaves, kernel.to];
  const sinks = kernel.sinks.map((sink) => sink.to);
  return kernel.kind === 'loop' ? [...leaves, ...sinks] : [kernel.a, kernel.b, ...leaves, ...sinks];
}

/** Gives every buffer its address and answers how many bytes they take, room for reading past an end included. */
export function placeBuffers(plan: Plan): number {
  let top = 0;
  let longestStride = 1;
  const lives = new Map<Buffer, { first: number; last: number }>();
  plan.kernels.forEach((kernel, at) => {
    for (const { buffer, strides } of viewsOf(kernel)) {
      for (const stride of strides) longestStride = Math.max(longestStride, stride);
      if (buffer.lasting) continue;
      const life = lives.get(buffer);
      if (life) life.last = at;
      else lives.set(buffer, { first: at, last: at });
    }
  });
  const roomFor = (buffer: Buffer) => Math.ceil(buffer.bytes / ALIGNMENT) * ALIGNMENT;
  const lasting = [...plan.inputs.map((each) => each.staged), ...plan.constants, ...plan.results].map(
    (each) => ('buffer' in each ? each.buffer : each),
  );
  for (const buffer of lasting) {
    buffer.address = top;
    top += roomFor(buffer);
  }

  // First fit, in the order of birth.
  const begin = top;
  let alive: { buffer: Buffer; last: number }[] = [];
  for (const [buffer, { first, last }] of [...lives].sort((a, b) => a[1].first - b[1].first)) {
    alive = alive.filter((other) => other.last >= first);
    alive.sort((a, b) => a.buffer.address - b.buffer.address);
    let address = begin;
    for (const { buffer: other } of alive) {
      if (address + roomFor(buffer) <= other.address) break;
      address = Math.max(address, other.address + roomFor(other));
    }
    buffer.address = address;
    alive.push({ buffer, last });
    top = Math.max(top, address + roomFor(buffer));
  }
  // A vector is loaded whole where only its first lane is wanted.
  return top + 16 * longestStride + ALIGNMENT;
}
