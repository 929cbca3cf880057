/** Workers that end or do not answer, and cards that are lost: the run is kept, and goes on from there. */
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { marksOf } from '../../src/app/marks.ts';
import type { RunRecord } from '../../src/app/record.ts';
import { change, changeLane } from '../../src/app/store.ts';
import { card, cards } from '../worker/card.ts';
import { openModel } from './opened.ts';
import { openMortal, openPlaying, recordsOf, rest, stepsOf, until } from './playing.ts';

vi.mock('../../src/engine/devices.ts', async (load) =>
  (await import('../worker/card.ts')).withCards(await load()),
);

const small = 'game.batchSize=8&game.generatorNetwork.hidden=4&game.discriminatorNetwork.hidden=4&speed=four';

/** Losses of the first steps: step, generator, discriminator. */
const lossesOf = ({ losses }: RunRecord, steps: number) =>
  losses.columns.map((column) => [...column.subarray(0, Math.min(losses.length, steps))]);

describe('a worker that ends in the middle of a run', () => {
  test('is replaced, and the run goes on from what was kept, bit for bit, with its past in view', async () => {
    const { page, workers } = openMortal(small);
    await until(() => expect(stepsOf(page)[0]).toBeGreaterThan(60));
    change(page.store, 'generator.learningRate', 0.002);
    await until(() => expect(stepsOf(page)[0]).toBeGreaterThan(100));
    await rest(page);
    const [{ frame, settings }] = recordsOf(page);
    const paused = frame!.step;
    page.play();
    await until(() => expect(stepsOf(page)[0]).toBeGreaterThan(paused + 10));
    workers[0].die('out of memory');
    const { store } = page;
    await until(() => expect(store.getState().lanes[0].failure).toBe('out of memory'));
    const { kept } = store.getState().lanes[0];
    expect(kept).toBeGreaterThanOrEqual(paused);
    expect(store.getState().playing).toBe(false);

    page.revive();
    await until(() => expect(recordsOf(page)[0].frame).toMatchObject({ begin: kept, step: kept }));
    expect(store.getState()).toMatchObject({ failure: undefined, device: 'reference' });
    page.play();
    await until(() => expect(stepsOf(page)[0]).toBeGreaterThan(kept! + 40));
    await rest(page);
    const [record] = recordsOf(page);
    expect(record.resumedAt).toBe(kept);
    expect(marksOf(record.settings)).toEqual(marksOf(settings));

    // Who was never disturbed has the same run, with the same change at the same step.
    const other = openPlaying(small, false);
    const changedAt = record.settings[1].step;
    other.store.setState({ stops: { step: changedAt } });
    other.play();
    await until(() => expect(stepsOf(other)[0]).toBe(changedAt));
    await rest(other);
    change(other.store, 'generator.learningRate', 0.002);
    const steps = kept! + 40;
    other.store.setState({ stops: { step: steps } });
    other.play();
    await until(() => expect(stepsOf(other)[0]).toBe(steps));
    expect(lossesOf(record, steps)).toEqual(lossesOf(recordsOf(other)[0], steps));

    // Going back ends where the new worker began.
    page.time.goTo(5);
    await until(() => expect(stepsOf(page)[0]).toBe(kept));
    // A second loss loses no more.
    workers[1].die('out of memory');
    page.play();
    await until(() => expect(store.getState().failure).toBeDefined());
    page.revive();
    await until(() => expect(store.getState().failure).toBeUndefined());
    await until(() => expect(stepsOf(page)[0]).toBeGreaterThanOrEqual(kept!));
  });

  test('in a race leaves the other lanes as they are; muted, it holds up nobody', async () => {
    const { page, workers } = openMortal(`${small}&lane2.scheme=extragradient&selected=1`);
    const { store } = page;
    await until(() => expect(Math.min(...stepsOf(page))).toBeGreaterThan(20));
    await rest(page);
    workers[1].die('out of memory');
    page.play();
    await until(() => expect(store.getState().lanes[1].failure).toBeDefined());
    expect(store.getState()).toMatchObject({ failure: undefined, playing: false });
    const [first, second] = stepsOf(page);
    const { run } = recordsOf(page)[0].frame!;
    page.play();
    expect(store.getState().playing).toBe(false);
    changeLane(store, store.getState().lanes[1].id, { isMuted: true });
    page.play();
    await until(() => expect(stepsOf(page)[0]).toBeGreaterThan(first + 20));
    changeLane(store, store.getState().lanes[1].id, { isMuted: false });
    page.pause();
    page.revive();
    page.play();
    await until(() => expect(stepsOf(page)[1]).toBeGreaterThan(first + 20));
    expect(recordsOf(page)[1].frame!.begin).toBe(second);
    expect(recordsOf(page)[0].frame!).toMatchObject({ run, begin: 0 });
  });

  test('holds up neither a way back to the start nor another preset', async () => {
    const { page, workers } = openMortal(small);
    await until(() => expect(stepsOf(page)[0]).toBeGreaterThan(5));
    workers[0].die('out of memory');
    await until(() => expect(page.store.getState().failure).toBeDefined());
    page.restart();
    await until(() => expect(recordsOf(page)[0].frame).toMatchObject({ step: 0, begin: 0 }));
    page.loadPreset('bilinear');
    page.play();
    await until(() => expect(stepsOf(page)[0]).toBeGreaterThan(5));
  });
});

describe('a worker that does not answer', () => {
  test('is told of after a minute; it may be waited for, or replaced', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const { page, told } = openModel('');
    const isSilent = () => page.store.getState().lanes[0].isSilent;
    vi.advanceTimersByTime(59_000);
    expect(isSilent()).toBeUndefined();
    vi.advanceTimersByTime(2000);
    expect(isSilent()).toBe(true);
    page.waitOn();
    vi.advanceTimersByTime(58_000);
    expect(isSilent()).toBeUndefined();
    vi.advanceTimersByTime(2000);
    expect(isSilent()).toBe(true);
    expect(told).toHaveLength(1);
    page.revive();
    expect(isSilent()).toBeUndefined();
    expect(told).toHaveLength(2);
  });

  test('in the middle of a run is told of after twenty seconds, and the run goes on from what was kept', async () => {
    const { page, workers } = openMortal(small);
    await until(() => expect(stepsOf(page)[0]).toBeGreaterThan(20));
    await rest(page);
    const [paused] = stepsOf(page);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    workers[0].hang();
    page.step();
    vi.advanceTimersByTime(19_000);
    expect(page.store.getState().lanes[0].isSilent).toBeUndefined();
    vi.advanceTimersByTime(2000);
    expect(page.store.getState().lanes[0]).toMatchObject({ isSilent: true, kept: paused });
    vi.useRealTimers();
    page.revive();
    page.step();
    await until(() => expect(recordsOf(page)[0].frame).toMatchObject({ begin: paused, step: paused + 1 }));
  });
});

describe('a graphics card that is lost', () => {
  test('is told of each lane that was on it, also of those that are at rest, and the link names what computes now', async () => {
    const { page } = openMortal(`${small}&lane2.scheme=extragradient&lane3.scheme=optimistic&muted=3`, false);
    const { store } = page;
    page.setDevice(card);
    const isOn = (device: string) => recordsOf(page).every(({ frame }) => frame?.device === device);
    await until(() => expect(isOn(card)).toBe(true));
    for (let step = 1; step <= 4; step++) {
      page.step();
      await until(() => expect(stepsOf(page)).toEqual([step, step, 0]));
    }
    for (const each of cards) each.lose(true);
    // One lane takes a step and meets it; the others hear of it.
    changeLane(store, store.getState().lanes[1].id, { isMuted: true });
    page.step();
    await until(() => expect(stepsOf(page)).toEqual([5, 4, 0]));
    await until(() => expect(isOn('wasm')).toBe(true));
    await until(() =>
      expect(store.getState().lanes.map(({ lost }) => lost)).toEqual(
        [4, 4, 0].map((step) => ({ device: card, step, by: 'wasm' })),
      ),
    );
    expect(store.getState().device).toBe('wasm');
    expect(stepsOf(page)).toEqual([5, 4, 0]);
  });

  test('on the way to a step of the past is told of, and the way goes on', async () => {
    const page = openPlaying(small, false);
    page.setDevice(card);
    page.store.setState({ stops: { step: 60 } });
    page.play();
    await until(() => expect(stepsOf(page)).toEqual([60]));
    await rest(page);
    expect(recordsOf(page)[0].frame?.device).toBe(card);
    for (const each of cards) each.lose();
    // A clock by which each step of the way takes a frame.
    let now = performance.now();
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 50;
      return now;
    });
    onTestFinished(() => clock.mockRestore());
    page.time.goTo(47);
    await until(() => expect(recordsOf(page)[0].frame).toMatchObject({ step: 47, furthest: 60 }));
    expect(page.store.getState().lost).toMatchObject({ device: card, by: 'wasm' });
  });
});
