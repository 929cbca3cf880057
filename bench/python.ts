/** The Python peers, where this machine's Python has them: one process each, a line a task. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Remote } from './race.ts';
import type { Workload } from './workloads.ts';

export interface PythonPeer {
  readonly name: string;
  /** Makes the peer ready to step a workload; rejects where it cannot. */
  open(workload: Workload): Promise<Remote>;
  close(): void;
}

/** A process of a peer's script, which answers every line with one; undefined where Python lacks the module. */
function openPeer(module: 'jax' | 'torch' | 'numpy') {
  const python = process.env.PYTHON ?? 'python3';
  if (spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status !== 0) return undefined;
  const script = fileURLToPath(new URL(`./peers/peer_${module}.py`, import.meta.url));
  // One core, as for the others: XLA, OpenMP and OpenBLAS would take all.
  const env = {
    ...process.env,
    XLA_FLAGS: '--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1',
    OMP_NUM_THREADS: '1',
    OPENBLAS_NUM_THREADS: '1',
    MKL_NUM_THREADS: '1',
    JAX_PLATFORMS: 'cpu',
  };
  const child: ChildProcess = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const waiting: { answer(line: string): void; reject(error: Error): void }[] = [];
  lines.on('line', (line) => waiting.shift()?.answer(line));
  child.once('exit', (code) => {
    for (const { reject } of waiting) reject(new Error(`the ${module} peer ended with ${code}`));
  });
  return {
    ask: <Answer>(task: object) =>
      new Promise<Answer>((resolve, reject) => {
        if (child.exitCode !== null) return reject(new Error(`the ${module} peer is gone`));
        waiting.push({ answer: (line) => resolve(JSON.parse(line)), reject });
        child.stdin?.write(`${JSON.stringify(task)}\n`);
      }),
    close: () => child.stdin?.end(),
  };
}

/** The peer of a module (`jax` or `torch`), or undefined where Python or the module is missing. */
export function openPython(module: 'jax' | 'torch'): PythonPeer | undefined {
  const torchDevice = process.env.TORCH_DEVICE;
  const peer = openPeer(module);
  if (!peer) return undefined;
  const name = module === 'jax' ? 'JAX jitted' : `PyTorch eager${torchDevice ? `, ${torchDevice}` : ''}`;
  return {
    name,
    async open(workload) {
      const ask = (seconds: number) => peer.ask<{ parameters: number; ms: number }>({ ...workload, seconds });
      const { parameters } = await ask(0);
      return { name, parameters, turn: async (turnMs) => (await ask(turnMs / 1000)).ms, dispose: () => {} };
    },
    close: peer.close,
  };
}

/** Functions of numpy.linalg. */
export type NumpyTask = 'eigvals' | 'eigvalsh';

/** numpy, which solves random n x n matrices for so many seconds, once at least; the median ms. */
export function openNumpy() {
  const peer = openPeer('numpy');
  return (
    peer && {
      measure: (task: NumpyTask, n: number, seconds: number) => peer.ask<number>({ task, n, seconds }),
      close: peer.close,
    }
  );
}
