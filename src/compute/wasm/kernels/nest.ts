/** Loops over views: which axes run as one, and pointers that walk along. */
import { type Code, type Local, v128 } from '../emitter.ts';

/** One loop: its extent, and the stride of each view along it, in elements. */
export interface Axis {
  readonly extent: number;
  readonly strides: readonly number[];
}

/** The axes of a shape, outermost first, without those of extent 1; those that run as one are joined. */
export function axesOf(extents: readonly number[], strides: readonly (readonly number[])[]): Axis[] {
  const axes: Axis[] = [];
  extents.forEach((extent, at) => {
    if (extent === 1) return;
    const along = strides.map((each) => each[at]);
    const outer = axes.at(-1);
    if (outer?.strides.every((stride, view) => stride === along[view] * extent)) {
      axes[axes.length - 1] = { extent: outer.extent * extent, strides: along };
    } else axes.push({ extent, strides: along });
  });
  return axes;
}

/** The pointers of a kernel's views, which are its parameters, advanced as its loops run. */
export class Pointers {
  private readonly code: Code;
  /** Bytes of an element of each view. */
  private readonly bytes: readonly number[];

  constructor(code: Code, bytes: readonly number[]) {
    this.code = code;
    this.bytes = bytes;
  }
  /** Moves every pointer by `steps` along an axis. */
  advance(strides: readonly number[], steps: number): void {
    strides.forEach((stride, view) => {
      this.code.advance(view, stride * steps * this.bytes[view]);
    });
  }
  /** Loops over axes, outermost first, with the pointers where `body` wants them; they end where they began. */
  loop(axes: readonly Axis[], body: () => void): void {
    if (axes.length === 0) {
      body();
      return;
    }
    const [first, ...rest] = axes;
    this.code.repeat(first.extent, () => {
      this.loop(rest, body);
      this.advance(first.strides, 1);
    });
    this.advance(first.strides, -first.extent);
  }
}

/** Puts four float32 from a pointer on the stack, `stride` elements apart, `offset` elements on. */
export function load(code: Code, pointer: Local, stride: number, offset: number): void {
  if (stride === 1) code.get(pointer).memory('v128.load', 4 * offset);
  else if (stride === 0) code.get(pointer).memory('v128.load32_splat', 4 * offset);
  else {
    const gathered = code.local(v128);
    code
      .get(pointer)
      .memory('v128.load32_zero', 4 * offset)
      .set(gathered);
    for (let lane = 1; lane < 4; lane++) {
      code
        .get(pointer)
        .get(gathered)
        .memoryLane('v128.load32_lane', 4 * (offset + lane * stride), lane)
        .set(gathered);
    }
    code.get(gathered);
    code.release(gathered);
  }
}

/** Takes a vector from the stack and writes its first `lanes` float32 to a pointer. */
export function store(code: Code, pointer: Local, stride: number, offset: number, lanes: number): void {
  const value = code.local(v128);
  code.set(value);
  const at = (lane: number) => 4 * (offset + lane * stride);
  const push = () => code.get(pointer).get(value);
  let lane = 0;
  if (stride === 1 && lanes === 4) {
    push().memory('v128.store', at(0));
    lane = 4;
  } else if (stride === 1 && lanes >= 2) {
    push().memoryLane('v128.store64_lane', at(0), 0);
    lane = 2;
  }
  for (; lane < lanes; lane++) push().memoryLane('v128.store32_lane', at(lane), lane);
  code.release(value);
}

/** Takes a vector of float32 from the stack and writes its first `lanes` values as float64. */
export function storeWide(code: Code, pointer: Local, stride: number, offset: number, lanes: number): void {
  const value = code.local(v128);
  code.set(value);
  for (let lane = 0; lane < lanes; lane += 2) {
    code.get(pointer).get(value);
    if (lane === 2) code.get(value).shuffle(2, 3, 2, 3);
    code.op('f64x2.promote_low_f32x4');
    const at = 8 * (offset + lane * stride);
    const both = lane + 1 < lanes;
    if (both && stride === 1) {
      code.memory('v128.store', at);
      continue;
    }
    const pair = code.local(v128);
    code.tee(pair).memoryLane('v128.store64_lane', at, 0);
    if (both)
      code
        .get(pointer)
        .get(pair)
        .memoryLane('v128.store64_lane', at + 8 * stride, 1);
    code.release(pair);
  }
  code.release(value);
}
