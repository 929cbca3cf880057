/** Domain adaptation: the game is gradient reversal, its data are the moons, its probes count what they say. */
import { describe, expect, test } from 'vitest';
import { domainAccuracy } from '../../src/analysis/domainAccuracy.ts';
import { domains } from '../../src/analysis/domains.ts';
import type { DomainsPicture } from '../../src/catalog/kinds.ts';
import { reference } from '../../src/compute/reference/reference.ts';
import { build, type Expr, grad } from '../../src/expr/index.ts';
import { stream } from '../../src/math/random.ts';
import { expectClose } from './differences.ts';
import { experimentOf, play, sceneOf } from './given.ts';

type Differences = Record<string, unknown>;
const small = (differences: Differences = {}) => ({
  kind: 'domains',
  count: 20,
  batchSize: 6,
  hidden: 4,
  ...differences,
});
const opened = (differences: Differences = {}) => sceneOf(experimentOf({ game: small(differences) }));
const somewhere = (size: number) => stream(3, 'somewhere').normals(new Float64Array(size));

/** Both losses in one pass, as papers of gradient reversal write them, with the layer itself. */
function reversed(scene: ReturnType<typeof opened>, lambda: number) {
  const { parameters, parts } = scene.script;
  const part = (name: string) => parts[parameters.findIndex((parameter) => parameter.name === name)];
  const rows = { source: build.input('source', [6, 3]), target: build.input('target', [6, 3]) };
  const positions = (name: 'source' | 'target') => build.slice(rows[name], [0, 0], [6, 2]);
  const features = (x: Expr) =>
    build.sigmoid(build.add(build.matmul(x, part('features.weight')), part('features.bias')));
  const domain = (x: Expr) => {
    const turned = build.reverseGradient(features(x), build.constant(lambda));
    return build.reshape(build.add(build.matmul(turned, part('domain.weight')), part('domain.bias')), [6]);
  };
  const both = build.add(
    build.matmul(features(positions('source')), part('labels.weight')),
    part('labels.bias'),
  );
  const logit = build.reshape(
    build.sub(build.slice(both, [0, 1], [6, 1]), build.slice(both, [0, 0], [6, 1])),
    [6],
  );
  const labels = build.reshape(build.slice(rows.source, [0, 2], [6, 1]), [6]);
  const { add, sub, mul, mean, softplus, neg } = build;
  const total = add(
    mean(sub(softplus(logit), mul(labels, logit))),
    add(mean(softplus(neg(domain(positions('source'))))), mean(softplus(domain(positions('target'))))),
  );
  return reference.compile({ gradient: grad(total, [scene.script.point])[0] });
}

describe('the field', () => {
  test.each([0, 1, 6])(
    'is that of one network with a layer that reverses the gradient by λ = %d',
    (lambda) => {
      const scene = opened({ lambda, scaleDiscriminator: false });
      const point = somewhere(scene.size);
      const field = scene.field(0, 2, 0);
      const { source, target } = field.batch;
      const { gradient } = reversed(scene, lambda).run({ point, source, target });
      expectClose(field.at(point), gradient, 12);
    },
  );

  test('as in algorithm 1, the domain classifier’s own step is multiplied by λ too', () => {
    const plain = opened({ scaleDiscriminator: false });
    const scaled = opened({ scaleDiscriminator: true });
    const point = somewhere(plain.size);
    const first = plain.field(0, 0, 0).at(point);
    const wanted = first.map((value, i) => (i < plain.split ? value : 6 * value));
    expectClose(scaled.field(0, 0, 0).at(point), wanted, 12);
  });

  test('with λ = 0, the features do not feel the domain', () => {
    const scene = opened({ lambda: 0, scaleDiscriminator: false });
    const point = somewhere(scene.size);
    const field = scene.field(0, 0, 0);
    const before = field.at(point).slice(0, scene.split);
    field.batch.target.fill(3);
    const moved = point.map((value, i) => (i < scene.split ? value : value + 1));
    expect(field.at(moved).slice(0, scene.split)).toEqual(before);
  });

  test('λ fades in by the published schedule; over 0 steps it is there at once, also by a slider', () => {
    const lossAt = (differences: Differences, step: number) => {
      const scene = opened(differences);
      return scene.field(0, step, 0).losses(somewhere(scene.size));
    };
    const half = 2 / (1 + Math.exp(-10 * 0.25)) - 1;
    expectClose(lossAt({ fadeIn: 400 }, 100), lossAt({ lambda: 6 * half }, 100), 12);
    expectClose(lossAt({ fadeIn: 400 }, 0), lossAt({ lambda: 0 }, 0), 12);
    const end = 2 / (1 + Math.exp(-10)) - 1;
    expectClose(lossAt({ fadeIn: 400 }, 9000), lossAt({ lambda: 6 * end }, 9000), 12);
    const scene = opened({ fadeIn: 400 });
    scene.turnDials(experimentOf({ game: small({ fadeIn: 0 }) }));
    for (const step of [0, 7]) {
      expectClose(scene.field(0, step, 0).losses(somewhere(scene.size)), lossAt({}, step), 12);
    }
  });
});

test.each([
  [0, 0],
  [0.1, 0.462117],
  [0.25, 0.848284],
  [0.5, 0.986614],
  [1, 0.999909],
])('the published λ at the progress %d is %d of the whole', (progress, expected) => {
  // Ganin et al. 2016 (arXiv:1505.07818), section 5.2.2. The domain classifier's loss is multiplied by λ.
  const domainLoss = (differences: Differences, step: number) => {
    const scene = opened(differences);
    return scene.field(0, step, 0).losses(somewhere(scene.size))[1];
  };
  const step = 1000 * progress;
  expect(domainLoss({ fadeIn: 1000 }, step) / domainLoss({}, step)).toBeCloseTo(expected, 6);
});

describe('the data', () => {
  const picture = (differences: Differences = {}) => opened(differences).model.picture as DomainsPicture;

  test('are moons of both labels, and the same moons’ distribution turned', () => {
    const { source, target } = picture({ count: 400, noise: 0, turn: 35 });
    const [cos, sin] = [Math.cos((35 * Math.PI) / 180), Math.sin((35 * Math.PI) / 180)];
    for (let i = 0; i < 400; i++) {
      expect(source.labels[i]).toBe(i % 2);
      // Without noise, both domains are the same evenly spaced points.
      const [x, y] = [source.positions[2 * i], source.positions[2 * i + 1]];
      expect(target.positions[2 * i]).toBeCloseTo(cos * x - sin * y, 5);
      expect(target.positions[2 * i + 1]).toBeCloseTo(sin * x + cos * y, 5);
      // Circles of radius 2 about (-1, -0.5) and (1, 0.5).
      const side = i % 2 === 0 ? -1 : 1;
      expect(Math.hypot(x - side, y - side / 2)).toBeCloseTo(2, 5);
    }
  });

  test('are those of their instance, whatever the seed of the run', () => {
    const of = (seed: number, instance: number) =>
      (sceneOf(experimentOf({ seed, game: small({ instance }) })).model.picture as DomainsPicture).source
        .positions;
    expect(of(0, 3)).toEqual(of(9, 3));
    expect(of(0, 3)).not.toEqual(of(0, 4));
  });

  test('a reading picks rows of both, each as often', () => {
    const scene = opened();
    const { source } = scene.model.picture as DomainsPicture;
    const counts = new Array(20).fill(0);
    for (let step = 0; step < 500; step++) {
      const { source: rows } = scene.field(0, step, 0).batch;
      for (let i = 0; i < 6; i++) {
        let at = 0;
        while (source.positions[2 * at] !== rows[3 * i] || source.positions[2 * at + 1] !== rows[3 * i + 1])
          at += 1;
        expect(rows[3 * i + 2]).toBe(source.labels[at]);
        counts[at] += 1;
      }
    }
    // 3000 picks of 20: mean 150, six deviations.
    for (const count of counts) expect(Math.abs(count - 150)).toBeLessThan(6 * Math.sqrt(150));
  });
});

describe('the probes', () => {
  const experiment = experimentOf({ game: small() });
  const { point } = play({ game: small() }, 20);
  const scene = sceneOf(experiment);
  const moment = { scene, point, experiment, step: 20 };

  /** How many of a set have the right label, and are taken for points of the source: plain loops over the parameters. */
  function counted({ positions, labels }: DomainsPicture['source'], at: Float64Array) {
    const part = (name: string) => {
      const { offset, shape } = scene.parameters.find((each) => each.name === name)!;
      return at.subarray(offset, offset + shape.reduce((size, extent) => size * extent, 1));
    };
    const layer = (x: readonly number[], name: string) =>
      [...part(`${name}.bias`)].map((bias, j, all) =>
        x.reduce((sum, value, i) => sum + value * part(`${name}.weight`)[i * all.length + j], bias),
      );
    const count = { right: 0, asSource: 0 };
    for (const [i, label] of labels.entries()) {
      const sums = layer([positions[2 * i], positions[2 * i + 1]], 'features');
      const features = sums.map((sum) => 1 / (1 + Math.exp(-sum)));
      const [other, own] = layer(features, 'labels');
      if (own > other === (label === 1)) count.right += 1;
      if (layer(features, 'domain')[0] > 0) count.asSource += 1;
    }
    return count;
  }

  test('count right labels and right domains, a logit of 0 as half', () => {
    const picture = scene.model.picture as DomainsPicture;
    for (const at of [point, somewhere(scene.size), somewhere(scene.size).map((x) => -x)]) {
      const { source, target, domain } = domainAccuracy.read({ ...moment, point: at }, {});
      const [own, turned] = [counted(picture.source, at), counted(picture.target, at)];
      expect([source, target]).toEqual([own.right / 20, turned.right / 20]);
      expect(domain).toBeCloseTo((own.asSource + 20 - turned.asSource) / 40, 12);
    }
    const start = domainAccuracy.read({ ...moment, point: scene.initialPoint(0), step: 0 }, {});
    expect(start.domain).toBe(0.5); // the domain classifier starts at zero
  });

  test('draw both logits over the plane', () => {
    const seen = domains.read(moment, { extent: 0, resolution: 8 });
    expect(seen.labels.length).toBe(64);
    expect(seen.domains.length).toBe(64);
    expect([...seen.labels, ...seen.domains].every(Number.isFinite)).toBe(true);
    const reach = Math.max(...[...seen.source.positions, ...seen.target.positions].map(Math.abs));
    expect(seen.extent).toBeGreaterThan(reach);
    const wider = domains.read(moment, { extent: 2 * seen.extent, resolution: 15 });
    expect(wider.extent).toBe(2 * seen.extent);
    // Every second point of the wider grid's middle is a point of the first one.
    expect(wider.labels[7 * 15 + 7]).toBeCloseTo(
      domains.read(moment, { extent: 0, resolution: 3 }).labels[4],
      9,
    );
  });
});
