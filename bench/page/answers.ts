/** Uses the page while it trains at full speed, and reads how soon it answers and how long its thread is busy. */
import type { Browser, CDPSession, Page } from 'playwright';
import { inTab } from './tab.ts';

/** What plays while the page is used. */
export interface Scene {
  /** Behind the page's address. */
  readonly link: string;
  /** Opened and closed again. */
  readonly panels: readonly string[];
}

/** Three lanes, each with its own scheme. */
export const race: Scene = {
  link: '#lane2.scheme=extragradient&lane3.scheme=alternating&speed=full',
  panels: ['Eigenvalues', 'Distances'],
};
/** A convolutional GAN whose every step is some hundred passes of WebGL. */
export const onWebGL: Scene = {
  link: '#preset=digitsConvolutional&device=tfjs-webgl&speed=full',
  panels: ['Latent walk', 'Mean and variance'],
};
/** What is longer is felt. */
export const LONG_MS = 50;

export interface Answers {
  /** Of each input: from its event to the start of its handler, and to the end of all of its handlers. */
  readonly delaysMs: readonly number[];
  readonly handledMs: readonly number[];
  /** Between two pictures of the page. */
  readonly gapsMs: readonly number[];
  /** Tasks on the page's thread of 50 ms and more, by the clock: as the page itself is told of them. */
  readonly longTasksMs: readonly number[];
  /** Of a second stretch, of which the browser writes a trace: tasks of 10 ms and more, with the processor's time. */
  readonly tasks: readonly Task[];
  /** Of the selected lane. */
  readonly msPerStep: number;
}

export interface Task {
  readonly wallMs: number;
  readonly processorMs: number;
  /** The longer things that were done in it. */
  readonly what: string;
}

/** In the page: notes every input, every animation frame and every long task. */
function watchInput(): void {
  const noted = {
    delays: [] as number[],
    handled: [] as number[],
    gaps: [] as number[],
    longTasks: [] as number[],
  };
  Object.assign(window, { noted });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) noted.longTasks.push(duration);
  }).observe({ type: 'longtask' });
  for (const type of ['pointerdown', 'pointermove', 'pointerup', 'click', 'keydown', 'input', 'change']) {
    let start = 0;
    addEventListener(
      type,
      ({ timeStamp }) => {
        start = performance.now();
        noted.delays.push(start - timeStamp);
      },
      { capture: true },
    );
    // React listens at the root, below the window.
    addEventListener(type, ({ timeStamp }) => noted.handled.push(performance.now() - timeStamp));
  }
  let last = performance.now();
  const frame = (now: number) => {
    noted.gaps.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** Everything that a hand does in a few seconds. */
async function use(page: Page, panels: readonly string[]): Promise<void> {
  const slider = page.locator('.lanes [data-path="generator.learningRate"] input[type=range]').first();
  const box = await slider.boundingBox();
  if (box) {
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    for (let i = 0; i < 30; i++) {
      await page.mouse.move(box.x + box.width * (0.5 + 0.15 * Math.sin(i / 4)), box.y + box.height / 2);
      await page.waitForTimeout(16);
    }
    await page.mouse.up();
  }
  for (const name of panels) {
    await page.getByRole('toolbar', { name: 'Panels' }).getByRole('button', { name }).first().click();
    await page.waitForTimeout(700);
  }
  const field = page.locator('.lanes [data-path="generator.learningRate"] input:not([type=range])').first();
  await field.fill('');
  await field.pressSequentially('0.001', { delay: 60 });
  await field.press('Enter');
  for (const lane of [1, 0]) {
    const name = page.locator('.lane-name').nth(lane);
    if (await name.isVisible()) await name.click();
    await page.waitForTimeout(200);
  }
  for (const name of panels) {
    await page.getByRole('toolbar', { name: 'Panels' }).getByRole('button', { name }).first().click();
  }
  await page.waitForTimeout(300);
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  /** Microseconds that passed, and of the thread's processor. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly type?: string } };
}

/** Shorter ones are not kept: there are hundreds of thousands. */
const KEPT_US = 10_000;
const TASK = 'RunTask';

/** What all threads do meanwhile, and the names of the threads. */
async function record(session: CDPSession, act: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as unknown as TraceEvent[]) {
      if (event.ph === 'M' ? event.name === 'thread_name' : (event.dur ?? 0) >= KEPT_US) events.push(event);
    }
  });
  const ended = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] },
  });
  await act();
  await session.send('Tracing.end');
  await ended;
  return events;
}

/** The longer tasks on the pages' threads, each with what was done in it. */
function tasksOf(events: readonly TraceEvent[]): Task[] {
  const isMain = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  const found = events.filter(({ ph, pid, tid }) => ph === 'X' && isMain.has(`${pid}/${tid}`));
  return found
    .filter(({ name }) => name === TASK)
    .map((task) => {
      const end = task.ts + (task.dur ?? 0);
      const inside = found.filter(
        (event) =>
          event !== task &&
          event.pid === task.pid &&
          event.name !== TASK &&
          event.ts >= task.ts &&
          event.ts + (event.dur ?? 0) <= end,
      );
      const what = inside.map(({ name, dur = 0, args }) =>
        [name, args?.data?.type, `${(dur / 1000).toFixed(0)} ms`].filter(Boolean).join(' '),
      );
      return {
        wallMs: (task.dur ?? 0) / 1000,
        processorMs: (task.tdur ?? 0) / 1000,
        what: what.slice(0, 4).join(', '),
      };
    });
}

/** Plays for so many seconds, used all the while; and then as long again, traced: writing a trace takes its share. */
export async function answersOf(
  browser: Browser,
  address: string,
  { link, panels }: Scene,
  seconds: number,
): Promise<Answers> {
  const session = await browser.newBrowserCDPSession();
  return inTab(browser, async (page) => {
    await page.addInitScript(watchInput);
    await page.goto(address + link);
    const step = async () => Number((await page.getByTestId('step').textContent())?.replaceAll(/\D/g, ''));
    await page.locator('.measurements canvas').first().waitFor();
    while ((await step()) < 5) await page.waitForTimeout(100); // shaders are compiled
    await page.waitForTimeout(2000);
    const forget = () => {
      const { noted } = window as unknown as { noted: Record<string, number[]> };
      for (const list of Object.values(noted)) list.length = 0;
    };
    await page.evaluate(forget);
    const [from, begun] = [await step(), performance.now()];
    const useFor = async () => {
      const end = performance.now() + 1000 * seconds;
      do await use(page, panels);
      while (performance.now() < end);
    };
    await useFor();
    const steps = (await step()) - from;
    const { delays, handled, gaps, longTasks } = await page.evaluate(
      () =>
        (window as unknown as { noted: Record<'delays' | 'handled' | 'gaps' | 'longTasks', number[]> }).noted,
    );
    const msPerStep = (performance.now() - begun) / steps;
    const tasks = tasksOf(await record(session, useFor));
    return { delaysMs: delays, handledMs: handled, gapsMs: gaps, longTasksMs: longTasks, tasks, msPerStep };
  }).finally(() => session.detach());
}
