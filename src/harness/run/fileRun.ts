import type { FileRun, Job } from "../../types.js";

/** Which run of a file a job is; a program that is no test runs once. */
export function runOf({ program: { file }, test }: Job): FileRun {
  return { file, round: test?.round ?? 1, lua: test?.lua ?? null };
}
