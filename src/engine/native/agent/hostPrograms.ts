import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { programOnPath } from "../../../files/searchPath.js";
import { argumentsBefore } from "./hostArguments.js";

/**
 * Puts programs into a folder that start the hosts of a search path with the agent, for whoever starts one by its name: make, a
 * shell, a runner of tests. Returns the search path that leads to them first; the same where there is no such host.
 */
export function withHostPrograms(folder: string, searchPath: string): string {
  if (process.platform === "win32") return searchPath;
  const found = Object.entries(argumentsBefore).flatMap(([name, before]) => {
    const program = programOnPath(name, searchPath);
    return program === null ? [] : [{ name, command: [program, ...before] }];
  });
  if (found.length === 0) return searchPath;
  const programs = path.join(folder, "programs");
  mkdirSync(programs);
  chmodSync(programs, 0o755);
  for (const { name, command } of found) {
    const file = path.join(programs, name);
    writeFileSync(file, `#!/bin/sh\nexec ${command.map(quoted).join(" ")} "$@"\n`);
    chmodSync(file, 0o755);
  }
  return `${programs}${path.delimiter}${searchPath}`;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
