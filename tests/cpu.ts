/** Time as a process is charged for it: what others do on the same cores does not count. */

/** Seconds that this process has computed, all of its threads together. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
