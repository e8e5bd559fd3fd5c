import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../../../bin/luacov-ts.js", import.meta.url));

export interface DebugSession {
  readonly code: number | null;
  /** What the debugger and the program wrote, in its order. */
  readonly output: string;
  readonly errors: string;
}

/** Debugs in a folder by commands from a pipe, line by line. */
export function debugBy(
  folder: string,
  args: readonly string[],
  commands: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): DebugSession {
  const { CI: _, FORCE_COLOR: __, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, "debug", ...args], {
    cwd: folder,
    env: { ...inherited, NO_COLOR: "1", ...environment },
    input: commands.map((line) => `${line}\n`).join(""),
    encoding: "utf8",
  });
  return { code: status, output: stdout, errors: stderr };
}
