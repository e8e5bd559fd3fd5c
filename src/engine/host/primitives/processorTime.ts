/**
 * What a program has used of a processor since this was called, in seconds. The system counts for all threads of the process, of which
 * others run programs as well, or compile: from one look to the next, no thread uses more than the time that has passed.
 */
export function startProcessorTime(): () => number {
  let seconds = 0;
  let used = usedByAll();
  let now = performance.now();
  return () => {
    const [usedBefore, before] = [used, now];
    [used, now] = [usedByAll(), performance.now()];
    seconds += Math.min(used - usedBefore, (now - before) / 1e3);
    return seconds;
  };
}

function usedByAll(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
