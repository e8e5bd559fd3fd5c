/**
 * What a program has used of a processor since this was called, in seconds. The system counts for all threads of the process, of which
 * others run programs as well, or compile: from one look to the next, no thread uses more than the time that has passed.
 */
export function startProcessorTime(): () => number {
  let seconds = 0;
  let left = 0;
  let now = performance.now();
  let used = usedBefore(now);
  return () => {
    const [usedThen, before] = [used, now];
    [used, now] = [usedByAll(), performance.now()];
    const untold = used - usedThen + left;
    const seen = Math.min(untold, (now - before) / 1e3);
    left = Math.min(untold - seen, tick);
    seconds += seen;
    return seconds;
  };
}

/** For how many milliseconds what was used is as good as known. */
const fresh = 20;
let last = { at: Number.NEGATIVE_INFINITY, used: 0 };

/**
 * What was used until a moment, or a little before: to ask takes half a millisecond where memory comes and goes, as the system also
 * tells how much there was, and most programs that start never want to know.
 */
function usedBefore(now: number): number {
  if (now - last.at > fresh) last = { at: now, used: usedByAll() };
  return last.used;
}

/** Windows tells what was used in whole ticks of its clock, each at its end. */
const tick = process.platform === "win32" ? 1 / 64 : 0;

function usedByAll(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
