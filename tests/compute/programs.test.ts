/** What holds of the programs of every device. */
import { describe, expect, test } from 'vitest';
import { availableDevices, deviceNames, openDevice } from '../../src/compute/device.ts';
import { build } from '../../src/expr/index.ts';

const x = build.input('x', [2]);
const number = build.input('number');
const given = { x: Float64Array.of(3, 4), number: 2 };

describe.each(await availableDevices())('%s', async (name) => {
  const device = await openDevice(name);

  test('says its name and its precision', () => {
    expect(device.name).toBe(name);
    expect(device.precision).toBe(name === 'reference' ? 'float64' : 'float32');
  });

  test('gives every result by name, and the inputs that it reads', () => {
    const program = device.compile({ product: build.mul(x, number), sum: build.sum(x) });
    expect(program.run(given)).toEqual({ product: Float64Array.of(6, 8), sum: Float64Array.of(7) });
    expect([...program.inputs]).toEqual([
      ['x', [2]],
      ['number', []],
    ]);
  });

  test('gives results that are inputs, constants, empty, or one and the same', () => {
    const [one, nothing] = [build.constant(1, [2]), build.input('nothing', [0])];
    const program = device.compile({ x, same: x, one, y: build.neg(x), again: build.neg(x), nothing });
    expect(program.run({ ...given, nothing: new Float64Array(0) })).toEqual({
      x: Float64Array.of(3, 4),
      same: Float64Array.of(3, 4),
      one: Float64Array.of(1, 1),
      y: Float64Array.of(-3, -4),
      again: Float64Array.of(-3, -4),
      nothing: new Float64Array(0),
    });
  });

  test('keeps one array for each result and leaves what it was given alone', () => {
    const program = device.compile({ y: build.add(x, number), x });
    const first = program.run(given);
    const second = program.run({ x: Float64Array.of(10, 20), number: 1 });
    expect(second.y).toBe(first.y);
    expect(second).toEqual({ y: Float64Array.of(11, 21), x: Float64Array.of(10, 20) });
    expect(given.x).toEqual(Float64Array.of(3, 4));
  });

  test('does not read what it does not need', () => {
    const program = device.compile({ y: build.add(build.mul(x, build.constant(0)), number) });
    expect(program.run({ number: 5 }).y).toEqual(Float64Array.of(5, 5));
  });

  test('says which input is missing or of the wrong size', () => {
    const program = device.compile({ y: build.mul(x, number) });
    expect(() => program.run({ number: 1 })).toThrow('program input "x": expected 2 values, found none');
    expect(() => program.run({ ...given, x: Float64Array.of(1, 2, 3) })).toThrow(
      'program input "x": expected 2 values, found 3',
    );
    expect(() => program.run({ ...given, x: 1 })).toThrow('program input "x": expected 2 values, found 1');
    expect(program.run(given).y).toEqual(Float64Array.of(6, 8));
  });

  test('refuses two inputs of one name', () => {
    const other = build.input('x', [2]);
    expect(() => device.compile({ y: build.add(x, other) })).toThrow(
      'program input "x" is declared by two different nodes',
    );
  });

  test('lets infinities and NaN through', () => {
    const y = build.input('y', [3]);
    const program = device.compile({
      tanh: build.tanh(y),
      exp: build.exp(y),
      relu: build.relu(y),
      sum: build.sum(y),
      max: build.max(y),
      maximum: build.maximum(y, build.constant(0)),
      square: build.square(y),
      softplus: build.softplus(y),
      quotient: build.div(build.constant(1), y),
    });
    const results = program.run({ y: Float64Array.of(Infinity, -Infinity, NaN) });
    expect(results).toEqual({
      tanh: Float64Array.of(1, -1, NaN),
      exp: Float64Array.of(Infinity, 0, NaN),
      relu: Float64Array.of(Infinity, 0, NaN),
      sum: Float64Array.of(NaN),
      max: Float64Array.of(NaN),
      maximum: Float64Array.of(Infinity, 0, NaN),
      square: Float64Array.of(Infinity, Infinity, NaN),
      softplus: Float64Array.of(Infinity, 0, NaN),
      quotient: Float64Array.of(0, -0, NaN),
    });
  });
});

test('Node has the devices that need no page', async () => {
  const devices = await availableDevices();
  expect(devices.filter((name) => name !== 'wasm-relaxed')).toEqual(['reference', 'wasm', 'tfjs-cpu']);
});

test('a device that is not known is refused with the choices', async () => {
  await expect(openDevice('gpu')).rejects.toThrow(
    `device "gpu" is not known; expected one of ${deviceNames.join(', ')}`,
  );
});

test('a device that this machine lacks says what is missing', async () => {
  await expect(openDevice('tfjs-webgl')).rejects.toThrow('tfjs-webgl: WebGL 2 is not available here');
});
