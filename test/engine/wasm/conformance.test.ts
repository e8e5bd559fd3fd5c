import { readdirSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { testWith } from "../../support/tools.js";
import { embeddedOf, runEmbedded, runNative } from "./compare.js";

const folders = ["conformance", "../../fidelity", "../../host/conformance"].map((each) =>
  path.join(import.meta.dirname, each),
);
const input = "first\n42 rest\nabcdef\nmore\n";

/** Scripts of another engine that are written for 5.3, of which these have no counterpart here. */
const ofOthers = ["failures.lua", "filesystem.lua", "modules.lua", "io.lua", "numbers.lua", "load.lua"];

for (const lua of ["lua5.1", "lua5.2", "lua5.3", "lua5.4"] as const) {
  for (const [index, folder] of folders.entries()) {
    if (index > 0 && lua !== "lua5.3") continue;
    const scripts = readdirSync(folder).filter(
      (each) => each.endsWith(".lua") && !(index > 0 && ofOthers.includes(each)),
    );
    testWith(lua).for(scripts)(
      `${lua} and the embedded one print the same for ${path.basename(folder)}/%s`,
      (script) => {
        const native = runNative(lua, path.join(folder, script), input);
        expect(native.stdout.length).toBeGreaterThan(0);
        expect(runEmbedded(embeddedOf(lua), path.join(folder, script), input)).toEqual(native);
      },
    );
  }
}
