/** The device is chosen by measuring, remembered by shape, and reproducible unless another is much faster. */
import { expect, test } from 'vitest';
import { experiment } from '../../src/catalog/experiment.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { chooseDevice } from '../../src/engine/choose.ts';
import type { Device } from '../../src/engine/devices.ts';
import { parse } from '../../src/settings/index.ts';

/** A clock that only the devices below move: nothing here depends on how busy the machine is. */
let clock = 0;
const now = () => clock;

/** The reference device under another name, each of whose runs takes so many ms: always as many, or one after the other. */
const slowed = (name: string, ms: number | number[]): Device => ({
  ...reference,
  name,
  compile(outputs) {
    const program = reference.compile(outputs);
    return {
      ...program,
      run(given) {
        clock += typeof ms === 'number' ? ms : (ms.shift() ?? 0);
        return program.run(given);
      },
    };
  },
});

const gan = (...hidden: number[]) =>
  parse(experiment, {
    game: {
      kind: 'gan',
      batchSize: 8,
      generatorNetwork: { kind: 'dense', hidden },
      discriminatorNetwork: { kind: 'dense', hidden },
    },
  }).values;

const among = (ms: Record<string, number | number[]>, opened: string[] = []) => {
  const open = async (name: string) => {
    opened.push(name);
    if (name === 'reference') return slowed(name, ms.reference ?? 0);
    if (!(name in ms)) throw new Error(`no ${name} here`);
    return slowed(name, ms[name]);
  };
  return { open, names: Object.keys(ms) };
};

test('an analytic game is played in float64, and nothing is measured', async () => {
  const { open, names } = among({ reference: 5, 'tfjs-cpu': 0 });
  const choice = await chooseDevice(parse(experiment, { game: 'bilinear' }).values, open, names, now);
  expect(choice.device.name).toBe('reference');
  expect(choice.measured).toEqual([]);
});

test('of two devices the faster one is chosen, and both figures are told', async () => {
  const { open, names } = among({ reference: 4, 'tfjs-cpu': 1 });
  const { device, measured } = await chooseDevice(gan(3), open, names, now);
  expect(device.name).toBe('tfjs-cpu');
  expect(measured.map((each) => each.device)).toEqual(['tfjs-cpu', 'reference']);
  expect(measured.map((each) => each.msPerStep)).toEqual([1, 4]);
});

test('what counts is the quickest of five steps, after one that compiles', async () => {
  const { open, names } = among({ 'tfjs-cpu': [0, 5, 3, 2, 6, 6, 1] });
  const { measured } = await chooseDevice(gan(15), open, names, now);
  expect(measured).toEqual([{ device: 'tfjs-cpu', msPerStep: 2 }]);
});

test('no further step is timed after 30 ms', async () => {
  const { open, names } = among({ 'tfjs-cpu': [0, 16, 15, 1] });
  const { measured } = await chooseDevice(gan(16), open, names, now);
  expect(measured).toEqual([{ device: 'tfjs-cpu', msPerStep: 15 }]);
});

test('a device that cannot be opened is passed over', async () => {
  const { open } = among({ reference: 1 });
  const { device } = await chooseDevice(gan(4), open, ['tfjs-cpu', 'reference'], now);
  expect(device.name).toBe('reference');
});

test('the answer is remembered for the shape of what is played', async () => {
  const opened: string[] = [];
  const { open, names } = among({ reference: 2, 'tfjs-cpu': 1 }, opened);
  const first = await chooseDevice(gan(5), open, names, now);
  const before = opened.filter((name) => name === 'tfjs-cpu').length;
  const second = await chooseDevice({ ...gan(5), seed: 7 }, open, names, now);
  expect(second.device).toBe(first.device);
  expect(opened.filter((name) => name === 'tfjs-cpu').length).toBe(before);
});

test('the reproducible device is left for a much faster one only, and never for the other reproducible one', async () => {
  const chosen = async (width: number, ms: Record<string, number>) => {
    const { open, names } = among(ms);
    return (await chooseDevice(gan(width), open, names, now)).device.name;
  };
  expect(await chosen(6, { wasm: 6, reference: 0, 'tfjs-cpu': 5 })).toBe('wasm');
  expect(await chosen(7, { wasm: 6, reference: 0, 'tfjs-cpu': 1 })).toBe('tfjs-cpu');
  // One and a half times as fast is fast enough.
  expect(await chosen(13, { wasm: 6, reference: 0, 'tfjs-cpu': 4.1 })).toBe('wasm');
  expect(await chosen(14, { wasm: 6, reference: 0, 'tfjs-cpu': 3.9 })).toBe('tfjs-cpu');
});

test('float64 is not measured where it cannot be chosen: a step of convolutions takes seconds on it', async () => {
  const { open, names } = among({ wasm: 6, reference: 0, 'tfjs-cpu': 9 });
  const { measured } = await chooseDevice(gan(8), open, names, now);
  expect(measured.map((each) => each.device)).toEqual(['wasm', 'tfjs-cpu']);
  const without = among({ reference: 3, 'tfjs-cpu': 9 });
  expect((await chooseDevice(gan(9), without.open, ['wasm', ...without.names], now)).device.name).toBe(
    'reference',
  );
});

test('a graphics card is measured where a step takes long without one, however few numbers it needs', async () => {
  const chosen = async (width: number, wasm: number, hasCard: boolean) => {
    const { open, names } = among({ wasm, reference: 0, 'tfjs-webgl': 1 });
    return (await chooseDevice(gan(width), open, names, now, () => hasCard)).device.name;
  };
  expect(await chosen(10, 11, true)).toBe('tfjs-webgl');
  expect(await chosen(11, 9, true)).toBe('wasm');
  expect(await chosen(12, 11, false)).toBe('wasm');
});

test('a graphics card is measured where there are many numbers, however quick a step is without one', async () => {
  const chosen = async (width: number, hasCard: boolean) => {
    const { open, names } = among({ wasm: 9, reference: 0, 'tfjs-webgl': 1 });
    return (await chooseDevice(gan(width, width), open, names, now, () => hasCard)).device.name;
  };
  expect(await chosen(340, true)).toBe('tfjs-webgl'); // 2 x 340 x 340 numbers and some more
  expect(await chosen(280, true)).toBe('wasm');
  expect(await chosen(341, false)).toBe('wasm');
});
