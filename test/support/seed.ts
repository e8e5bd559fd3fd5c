import fc from "fast-check";

// In CI the same cases every time, so that a change is judged by its own merits; new cases at every other run.
if (process.env.CI !== undefined) fc.configureGlobal({ seed: 20_261_121 });
