/** The Python peers, where this machine's Python has them: one process each, a line a task. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Workload } from './workloads.ts';

export interface PythonAnswer {
  readonly ms: number;
  readonly low: number;
  readonly high: number;
}

export interface PythonPeer {
  readonly name: string;
  measure(workload: Workload, seconds: number): Promise<PythonAnswer>;
  close(): void;
}

/** The peer of a module (`jax` or `torch`), or undefined where Python or the module is missing. */
export function openPython(module: 'jax' | 'torch'): PythonPeer | undefined {
  const python = process.env.PYTHON ?? 'python3';
  if (spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status !== 0) return undefined;
  const script = fileURLToPath(new URL(`./peers/peer_${module}.py`, import.meta.url));
  // One core, as for the others: XLA and OpenMP would take all.
  const env = {
    ...process.env,
    XLA_FLAGS: '--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1',
    OMP_NUM_THREADS: '1',
    JAX_PLATFORMS: 'cpu',
  };
  const child: ChildProcess = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const waiting: ((line: string) => void)[] = [];
  lines.on('line', (line) => waiting.shift()?.(line));
  return {
    name: module === 'jax' ? 'JAX jitted' : 'PyTorch eager',
    measure: ({ name, shape, consensus }, seconds) =>
      new Promise((resolve, reject) => {
        child.once('exit', (code) => reject(new Error(`the ${module} peer ended with ${code}`)));
        waiting.push((line) => resolve(JSON.parse(line)));
        child.stdin?.write(`${JSON.stringify({ name, shape, consensus, seconds })}\n`);
      }),
    close: () => child.stdin?.end(),
  };
}
