/** A race as the page plays it: what keeps the lanes together, who waits for whom, and what none of them waits for. */
import { describe, expect, test } from 'vitest';
import { speeds } from '../../src/app/speeds.ts';
import { change, changeLane, duplicateLane, type Pace } from '../../src/app/store.ts';
import { openPlaying, recordsOf, rest, stepsOf, until } from './playing.ts';

const FULL = speeds.length - 1;
const atSpeed = (speed: number) => ({ speed: { plane: speed, samples: speed } });
/** Descent reads the field once a step, extragradient twice; with this rate it takes a million steps to diverge. */
const slowly =
  'game=bilinear&generator=sgd&discriminator=sgd&generator.learningRate=1e-3&discriminator.learningRate=1e-3';
const race = `${slowly}&lane2.scheme=extragradient`;

describe('lanes that are kept together', () => {
  test('by gradient evaluations: who reads the field twice a step takes half as many, and a pause keeps it so', async () => {
    const page = openPlaying(`${race}&pace=evaluations`, false);
    page.store.setState(atSpeed(4));
    page.play();
    await until(() => expect(Math.min(...stepsOf(page))).toBeGreaterThan(200));
    await rest(page);
    const [one, two] = recordsOf(page).map(({ frame }) => frame!.evaluations);
    // Twenty steps a picture of the slower lane, and as many in the question that was on its way.
    expect(Math.abs(one - two)).toBeLessThanOrEqual(2 * 20 * 2);
    const steps = stepsOf(page);
    expect(steps[0] / steps[1]).toBeGreaterThan(1.6);
  });

  test.each(['steps', 'evaluations', 'seconds'] as Pace[])(
    'by %s: all come to the step at which they are to stop, whoever is there first',
    async (pace) => {
      const page = openPlaying(`${race}&pace=${pace}`, false);
      page.store.setState({ ...atSpeed(FULL), stops: { step: 2000 } });
      page.play();
      await until(() => expect(page.store.getState().stopped).toMatch(/: step 2,000\.$/));
      expect(stepsOf(page)).toEqual([2000, 2000]);
      expect(page.store.getState().playing).toBe(false);
    },
  );
});

describe('a lane that joins late', () => {
  test('comes up to the others as fast as it can, and says so, whatever the speed', async () => {
    const page = openPlaying(slowly, false);
    page.store.setState({ ...atSpeed(FULL), stops: { step: 3000 } });
    page.play();
    await until(() => expect(stepsOf(page)).toEqual([3000]));
    // At two steps a second it would take twenty-five minutes.
    page.store.setState({ ...atSpeed(0), stops: {} });
    page.play();
    duplicateLane(page.store);
    const [, second] = page.store.getState().lanes;
    expect(page.catchesUp(second)).toBeGreaterThanOrEqual(1);
    await until(() => expect(page.catchesUp(second)).toBeUndefined());
    const [first, last] = stepsOf(page);
    expect(last).toBeGreaterThanOrEqual(first - 1);
    expect(last).toBeLessThanOrEqual(first);
  });

  test('begins anew with what is chosen for it, until it has come up to the others', async () => {
    const page = openPlaying(slowly, false);
    page.store.setState({ ...atSpeed(FULL), stops: { step: 3000 } });
    page.play();
    await until(() => expect(stepsOf(page)).toEqual([3000]));
    duplicateLane(page.store);
    page.play();
    await until(() => expect(stepsOf(page)).toEqual([3000, 3000]));
    await rest(page);
    change(page.store, 'scheme', 'extragradient');
    await until(() => expect(stepsOf(page)[1]).toBe(0));
    change(page.store, 'generator.learningRate', 2e-3);
    page.play();
    await until(() => expect(stepsOf(page)).toEqual([3000, 3000]));
    await rest(page);
    const [, second] = recordsOf(page);
    expect(second.settings.length).toBe(1); // the same as the link says, from the start
    const { trail } = second;
    const there = [trail.theta(trail.length - 1), trail.phi(trail.length - 1)];

    const other = openPlaying(page.link().split('#')[1], false);
    other.store.setState({ ...atSpeed(FULL), stops: { step: 3000 } });
    other.play();
    await until(() => expect(stepsOf(other)).toEqual([3000, 3000]));
    const [, again] = recordsOf(other);
    expect([again.trail.theta(again.trail.length - 1), again.trail.phi(again.trail.length - 1)]).toEqual(
      there,
    );

    // From then on, what is chosen acts on the run.
    page.store.setState({ stops: { step: 3100 } });
    page.play();
    await until(() => expect(stepsOf(page)).toEqual([3100, 3100]));
    await rest(page);
    change(page.store, 'generator.learningRate', 1e-3);
    page.store.setState({ stops: { step: 3200 } });
    page.play();
    await until(() => expect(stepsOf(page)).toEqual([3200, 3200]));
    expect(recordsOf(page)[1].settings.length).toBe(2);
  });

  test.each(['evaluations', 'seconds'] as Pace[])('by %s as well, and the others wait', async (pace) => {
    const page = openPlaying(`${race}&muted=2&pace=${pace}`, false);
    page.store.setState(atSpeed(FULL));
    page.play();
    await until(() => {
      const [frame] = recordsOf(page).map(({ frame }) => frame);
      expect(frame?.step).toBeGreaterThan(3000);
      expect(frame?.seconds).toBeGreaterThan(0.3);
    });
    await rest(page);
    const [waiting] = stepsOf(page);
    page.store.setState(atSpeed(0));
    const [, second] = page.store.getState().lanes;
    changeLane(page.store, second.id, { isMuted: false });
    page.play();
    await until(() => {
      expect(stepsOf(page)[1]).toBeGreaterThan(200);
      expect(page.catchesUp(second)).toBeUndefined();
    });
    expect(stepsOf(page)[0]).toBeLessThanOrEqual(waiting + 2); // those of a second at this speed
  });
});

test('with all lanes muted nothing plays and nothing is lost; one that is heard again goes on', async () => {
  const page = openPlaying(race, false);
  page.store.setState(atSpeed(4));
  page.play();
  await until(() => expect(Math.min(...stepsOf(page))).toBeGreaterThan(50));
  await rest(page);
  const before = stepsOf(page);
  const mute = (isMuted: boolean) => {
    for (const { id } of page.store.getState().lanes) changeLane(page.store, id, { isMuted });
  };
  mute(true);
  page.play();
  page.step();
  page.time.goTo(3);
  expect(page.store.getState().seeking).toBeUndefined();
  expect(stepsOf(page)).toEqual(before);
  mute(false);
  page.play();
  await until(() => expect(Math.min(...stepsOf(page))).toBeGreaterThan(Math.max(...before)));
});

test('several lanes that come at once all play', async () => {
  const page = openPlaying(slowly, false);
  page.play();
  await until(() => expect(stepsOf(page)[0]).toBeGreaterThan(5));
  page.loadPreset('turningRace');
  page.play();
  await until(() => expect(Math.min(...stepsOf(page))).toBeGreaterThan(5));
  expect(stepsOf(page)).toHaveLength(4);
});

test('a lane that diverges stops a race that is to stop there, and is named', async () => {
  const page = openPlaying(
    `${race}&lane2.generator.learningRate=10&lane2.discriminator.learningRate=10`,
    false,
  );
  page.store.setState({ ...atSpeed(4), stops: { diverged: 0 } });
  page.play();
  await until(() =>
    expect(page.store.getState().stopped).toMatch(/^Stopped: Extragradient, SGD: diverged at step \d+\.$/),
  );
  expect(page.store.getState().playing).toBe(false);
  expect(recordsOf(page)[0].frame!.outcome.kind).toBe('running');
});

test('a branch begins with the seconds that had been computed until then', async () => {
  const page = openPlaying(slowly, false);
  page.store.setState(atSpeed(FULL));
  page.play();
  await until(() => expect(recordsOf(page)[0].frame?.seconds).toBeGreaterThan(0.2));
  await rest(page);
  await page.time.branch();
  await until(() => expect(recordsOf(page)[1].frame?.begin).toBeGreaterThan(0));
  const [first, branch] = recordsOf(page).map(({ frame }) => frame!);
  expect(branch).toMatchObject({ step: first.step, evaluations: first.evaluations });
  expect(branch.seconds).toBeGreaterThanOrEqual(first.seconds - 0.01);
});
