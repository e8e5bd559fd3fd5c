// Processes and what they cost.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** What a program writes. Throws when it fails. */
export function outputOf(command, environment, cwd) {
  const { status, stdout, stderr, error } = started(command, environment, cwd);
  if (status !== 0) throw error ?? new Error(`${command.join(" ")} ended with ${status}:\n${stderr}`);
  return stdout;
}

/** The CPU seconds of a command and of all that it starts, with its exit code and output. */
export function costOf(command, environment, cwd) {
  const file = path.join(tmpdir(), `luacov-ts-bench-${process.pid}.time`);
  const script = 'file=$1; shift; TIMEFORMAT="%U %S"; { time "$@" 2>&3; } 3>&2 2>"$file"';
  const { status, stdout } = started(["bash", "-c", script, "bash", file, ...command], environment, cwd);
  const [user, system] = readFileSync(file, "utf8").trim().split("\n").at(-1).split(" ").map(Number);
  rmSync(file);
  return { seconds: user + system, status, stdout };
}

function started([command, ...args], environment, cwd) {
  const env = { ...process.env, ...environment };
  return spawnSync(command, args, { cwd, env, encoding: "utf8", maxBuffer: 2 ** 28 });
}
