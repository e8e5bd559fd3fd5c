/** Cases of a property: as many as are usual for it, or as many as RUNS asks of each, for a long search or a short run. */
export function runsOf(usual: number): number {
  const { RUNS: asked } = process.env;
  const runs = asked === undefined ? usual : Number(asked);
  // fast-check counts down to 0: it would never end on the way from 1.3.
  if (!Number.isInteger(runs) || runs < 1)
    throw new Error(`RUNS is ${asked}: a whole number above 0 is needed`);
  return runs;
}
