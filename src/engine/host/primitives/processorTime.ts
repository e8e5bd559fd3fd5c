/**
 * What a program has used of a processor since this was called, in seconds. The system counts for all threads of the process, of which
 * others run programs as well, or compile: no thread uses more than the time that has passed.
 */
export function startProcessorTime(): () => number {
  const before = process.cpuUsage();
  const start = performance.now();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return Math.min((user + system) / 1e6, (performance.now() - start) / 1e3);
  };
}
