import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runProgram } from "../../src/engine/fengari/program.js";
import { createHost } from "../../src/engine/host/host.js";
import { makeFolder } from "../support/folder.js";

/** Runs a Lua text in this thread, in a folder of its own; returns what it wrote with `say`, or its error. */
export function runLua(source: string): string {
  const folder = makeFolder({});
  const said = path.join(folder, "said");
  const file = path.join(folder, "program.lua");
  writeFileSync(said, "");
  writeFileSync(
    file,
    `local said = io.open(${JSON.stringify(said)}, "w")\nlocal function say(...) said:write(...) end\n${source}`,
  );
  const host = createHost();
  host.directory.change(Buffer.from(folder));
  const exit = runProgram({ file, args: [], packagePath: `${folder}/?.lua` }, () => null, { host });
  if (exit.kind === "failed") return exit.message;
  return exit.kind === "exited"
    ? `${readFileSync(said, "latin1")}exit ${exit.code}`
    : readFileSync(said, "latin1");
}
