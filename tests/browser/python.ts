/** A command for tests in the browser: runs an exported script in this machine's Python. */
import { spawnSync } from 'node:child_process';

/** The interpreter that scripts are run with. */
const PYTHON = process.env.PYTHON ?? 'python3';

const LAST_POINT = `
import contextlib, io, json, sys
names = {"__name__": "script"}
with contextlib.redirect_stdout(io.StringIO()):
    exec(compile(sys.stdin.read(), "script.py", "exec"), names)
    points = names["run"]()
print(json.dumps({"steps": len(points) - 1, "last": [float(value) for value in points[-1]]}))
`;

export interface Ran {
  readonly steps: number;
  readonly last: readonly number[];
}

/** What a script of NumPy says of its run; undefined where Python has no NumPy. Throws what Python says. */
export function runPython(_: unknown, text: string): Ran | undefined {
  if (spawnSync(PYTHON, ['-c', 'import numpy']).status !== 0) return undefined;
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-c', LAST_POINT], { input: text, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Ran;
}

declare module 'vitest/browser' {
  interface BrowserCommands {
    runPython: (text: string) => Promise<Ran | undefined>;
  }
}
