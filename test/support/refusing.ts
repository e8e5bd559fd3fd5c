import { chmodSync, chownSync } from "node:fs";
import path from "node:path";
import { onTestFinished } from "vitest";
import { type CliResult, runCli, type User } from "./cli.js";

/** To root nothing is refused, so that root runs as nobody what is refused something. */
const nobody: User = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;

/** Takes away all rights to some files and folders of a project while a test runs. */
export function refuse(folder: string, ...names: readonly string[]): void {
  if (isRoot) chownSync(folder, nobody.uid, nobody.gid);
  for (const name of names) chmodSync(path.join(folder, name), 0o000);
  onTestFinished(() => {
    for (const name of names) chmodSync(path.join(folder, name), 0o700);
  });
}

/** As `runCli`, as somebody to whom it is refused. */
export function runRefused(folder: string, args: readonly string[]): Promise<CliResult> {
  return runCli(folder, args, {}, isRoot ? nobody : undefined);
}
