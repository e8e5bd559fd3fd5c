import fc from "fast-check";

/** In milliseconds: cases that follow one another at once leave no timer of a test any time. */
const longest = 170_000;

fc.configureGlobal({
  interruptAfterTimeLimit: longest,
  markInterruptAsFailure: true,
  // In CI the same cases every time, so that a change is judged by its own merits; new cases at every other run.
  ...(process.env.CI === undefined ? {} : { seed: 20_261_121 }),
});
