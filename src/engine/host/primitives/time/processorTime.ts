/**
 * What a program has used of a processor since this was called, in seconds. The system counts for all threads of the process, of which
 * others run programs as well, or compile: from one look to the next, no thread uses more than the time that has passed.
 */
export function startProcessorTime(): () => number {
  let seconds = 0;
  let left = 0;
  let used = usedByAll();
  let now = performance.now();
  return () => {
    const [usedBefore, before] = [used, now];
    [used, now] = [usedByAll(), performance.now()];
    const untold = used - usedBefore + left;
    const seen = Math.min(untold, (now - before) / 1e3);
    left = Math.min(untold - seen, tick);
    seconds += seen;
    return seconds;
  };
}

/** Windows tells what was used in whole ticks of its clock, each at its end. */
const tick = process.platform === "win32" ? 1 / 64 : 0;

function usedByAll(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
