import path from "node:path";
import { chdir, cwd } from "node:process";
import { loadConfig, type Options, type RunResult, run } from "luacov-ts";

const home = cwd();
const quiet: Options = { reporter: ["none"], testReporter: ["quiet"] };

/** A project, and the Lua of its tests. */
export interface Known {
  readonly folder: string;
  readonly lua: string;
}

/** Runs in it what has changed since the run before. */
export async function runChanged(
  { folder, lua }: Known,
  tempDir: string,
  options: Options = {},
): Promise<RunResult> {
  chdir(folder);
  try {
    const config = await loadConfig({ ...quiet, cwd: folder, tempDir, lua: [lua], ...options });
    return await run(config, { changed: true });
  } finally {
    chdir(home);
  }
}

/** Why each spec ran, by its name. */
export function reasonsIn({ change }: RunResult): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    (change?.files ?? []).map(({ file, reasons }) => [path.basename(file, "_spec.lua"), reasons]),
  );
}
