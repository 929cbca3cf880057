/** Data that change while a run goes on: the networks stay, no program is compiled, and the past is the same again. */
import { beforeAll, describe, expect, test } from 'vitest';
import '../loaded.ts';
import { gather } from '../../src/analysis/watchers/evidence.ts';
import { datasets } from '../../src/catalog/datasets/index.ts';
import { experiment as schema } from '../../src/catalog/experiment.ts';
import type { ImagesPicture } from '../../src/catalog/kinds.ts';
import { openScene } from '../../src/catalog/scene.ts';
import type { Device } from '../../src/compute/program.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { wasmDevice } from '../../src/compute/wasm/wasm.ts';
import { momentOf, takeFrame } from '../../src/engine/frame.ts';
import { openSession, type Session } from '../../src/engine/session.ts';
import { changes, type Group, parse, type Setting, walk } from '../../src/settings/index.ts';
import { experimentOf, smallGan, smallImages } from '../catalog/given.ts';
import { endsOf, variantsOf, wordsOf } from '../catalog/variants.ts';

const onPlane = datasets.filter((dataset) => !('dimension' in dataset && dataset.dimension === 1));
const playing = (dataset: unknown, more: object = {}) =>
  experimentOf({
    game: { ...smallGan, dataset, ...more },
    generator: { kind: 'adam' },
    discriminator: { kind: 'adam' },
  });

/** A device that counts what it compiles. */
function counting(device: Device): Device & { compiled: number; open: number } {
  const counted = {
    ...device,
    compiled: 0,
    open: 0,
    compile: ((outputs: never) => {
      counted.compiled += 1;
      counted.open += 1;
      const program = device.compile(outputs) as ReturnType<Device['compile']>;
      return {
        ...program,
        run: (given: never) => program.run(given),
        dispose: () => {
          counted.open -= 1;
          program.dispose();
        },
      };
    }) as Device['compile'],
  };
  return counted;
}

let wasm: Device;
beforeAll(async () => {
  wasm = await wasmDevice('plain');
});

describe('other data in a running GAN', () => {
  test.each(onPlane.map(({ name }) => name))('%s: keep point and memories, and compile nothing', (name) => {
    const device = counting(reference);
    const session = openSession(playing({ kind: 'ring', modes: 3 }), device);
    session.advance(5);
    takeFrame(session, [{ probe: 'samples' }]);
    const before = session.checkpoint().state;
    const { compiled } = device;
    const next = playing({ kind: name });
    session.change(next);
    expect(session.state).toEqual(before);
    expect(session.run).toBe(0);
    expect(session.advance(3)).toBe(3);
    const { samples } = takeFrame(session, [{ probe: 'samples' }]).readings;
    expect(device.compiled).toBe(compiled);

    // It steps as a run does that was given these data from the start, and shows them.
    const fresh = openSession(next, reference);
    fresh.restore({ experiment: next, state: before });
    fresh.advance(3);
    expect(session.state).toEqual(fresh.state);
    expect(samples).toEqual(takeFrame(fresh, [{ probe: 'samples' }]).readings.samples);
    session.dispose();
    expect(device.open).toBe(0);
  });

  test('every setting of a dataset is live, and a run follows it without compiling', () => {
    for (const { name, settings } of onPlane) {
      const device = counting(reference);
      const session = openSession(playing({ kind: name }), device);
      session.advance(1);
      const { compiled } = device;
      const settable = walk(schema, session.experiment).filter(({ path }) =>
        path.startsWith('game.dataset.'),
      );
      expect(settable.length, name).toBeGreaterThan(0);
      for (const { path, setting } of settable) expect('live' in setting && setting.live, path).toBe(true);
      const values = (setting: Setting) => [...wordsOf(setting), ...endsOf(setting)];
      for (const variant of variantsOf<Group>(settings, values)) {
        const next = playing({ kind: name, ...variant.settings });
        session.change(next);
        expect(session.experiment, variant.name).toEqual(next);
        expect(session.advance(1), variant.name).toBe(1);
      }
      expect([session.run, device.compiled], name).toEqual([0, compiled]);
      session.dispose();
    }
  });

  test('modes and their floors are those of the new data', () => {
    const session = openSession(playing({ kind: 'ring', modes: 3 }), reference);
    const watched = [{ probe: 'modes', settings: { count: 500 } }];
    expect(takeFrame(session, watched).readings.modes).toMatchObject({ total: 3 });
    session.change(playing({ kind: 'gaussians', centres: [0, 0, 1, 1, -1, 1, 2, 0, 0, 2], weights: [6] }));
    const after = takeFrame(session, watched).readings.modes!;
    expect(after.total).toBe(5);
    expect(after).toEqual(takeFrame(openSession(session.experiment, reference), watched).readings.modes);
  });

  test('what was seen of modes before says nothing of them', () => {
    const session = openSession(playing({ kind: 'ring', modes: 3 }), reference);
    const seen = () => gather(momentOf(session) as Parameters<typeof gather>[0]).seen;
    for (let i = 0; i < 4; i++) {
      session.advance(2);
      seen();
    }
    expect(seen().length).toBe(4);
    session.change(experimentOf({ ...session.experiment, generator: { kind: 'sgd' } }));
    expect(seen().length).toBe(4);
    session.change(playing({ kind: 'ring', modes: 5 }));
    expect(seen().map(({ modes }) => modes?.total)).toEqual([5]);
  });

  test('of another dimension begin anew', () => {
    const session = openSession(playing({ kind: 'ring' }), reference);
    session.advance(4);
    const next = playing({ kind: 'line' });
    session.change(next);
    expect(session.run).toBe(1);
    expect(session.state).toEqual(openSession(next, reference).state);
  });

  test('packed, and with other settings at once: live ones all, so the run goes on', () => {
    const packed = { batchSize: 12, regularisation: { packing: 2 } };
    const session = openSession(playing({ kind: 'ring' }, packed), reference);
    session.advance(4);
    const { point } = session.checkpoint().state;
    session.change(playing({ kind: 'moons' }, { ...packed, loss: { kind: 'minimax' } }));
    expect(session.state.point).toEqual(point);
    expect(session.run).toBe(0);
    session.change(playing({ kind: 'pinwheel' }, { ...packed, loss: { kind: 'minimax' } }));
    expect(session.advance(2)).toBe(2);
  });
});

describe.each(['reference', 'wasm'] as const)('going back through changes of the data, %s', (device) => {
  /** A run over three datasets, one of them dragged about while it played. */
  function wander(session: Session): void {
    session.advance(40);
    for (let i = 0; i < 10; i++) {
      session.change(playing({ kind: 'gaussians', centres: [i / 10, 0, -1, 0.5], spread: 0.1 }));
      session.advance(3);
    }
    session.change(playing({ kind: 'drawn', weights: [0, 1, 2, 3], reach: 1.5 }));
    session.advance(35);
  }

  test('is the same again, bit for bit, whichever way', () => {
    const on = device === 'wasm' ? wasm : reference;
    const session = openSession(playing({ kind: 'ring', modes: 3 }), on);
    wander(session);
    const furthest = session.checkpoint().state;
    const seen = new Map<number, Float64Array>();
    const go = (step: number) => {
      session.goTo(step);
      while (session.goal !== undefined) session.advance(0);
      expect(session.state.step).toBe(step);
    };
    for (const step of [41, 55, 69, 71]) {
      go(step);
      seen.set(step, session.state.point.slice());
    }
    for (const step of [71, 41, 69, 55]) {
      go(step);
      expect(session.state.point).toEqual(seen.get(step));
    }
    go(furthest.step);
    expect(session.state).toEqual(furthest);

    const again = openSession(playing({ kind: 'ring', modes: 3 }), on);
    wander(again);
    expect(again.state).toEqual(furthest);
    expect(changes(schema, again.experiment, parse(schema, session.experiment).values)).toEqual([]);
  });
});

test('other pictures in a running GAN are those that are shown, named and told apart from then on', () => {
  const game = (dataset: object) => experimentOf({ game: { ...smallImages, dataset } });
  const device = counting(reference);
  const session = openSession(game({ kind: 'bars', lines: 3 }), device);
  session.advance(1);
  const { compiled } = device;
  const next = game({ kind: 'digits8', only: [3] });
  session.change(next);
  session.advance(1);
  expect(device.compiled).toBe(compiled);
  const { readings } = takeFrame(session, [{ probe: 'pictures', settings: { count: 1 } }]);
  const alone = openSession(next, reference);
  const shown = takeFrame(alone, [{ probe: 'pictures', settings: { count: 1 } }]).readings;
  expect(readings.pictures!.real).toEqual(shown.pictures!.real);
  const { picture } = session.scene.model;
  expect(picture).toMatchObject({ classes: [...'0123456789'], classifier: 'digits8.classifier.bin' });
  expect((picture as ImagesPicture).stored!().count).toBeLessThan(300);
});

test('a scene of other data gives programs back when the last one is done with', () => {
  const device = counting(reference);
  const first = openScene(playing({ kind: 'ring' }), device);
  first.field(0, 0, 0).at(first.initialPoint(0));
  const second = first.onOtherData(playing({ kind: 'moons' }))!;
  first.dispose();
  first.dispose();
  expect(device.open).toBe(1);
  second.field(0, 0, 0).at(second.initialPoint(0));
  expect(device.compiled).toBe(1);
  second.dispose();
  expect(device.open).toBe(0);
  expect(first.onOtherData(playing({ kind: 'line' }))).toBeUndefined();
});
