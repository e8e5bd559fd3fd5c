import { readdirSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { testWith } from "../../support/tools.js";
import { nativeOf, runEmbedded, runNative, versions } from "./compare.js";

const folders = ["conformance", "../../fidelity", "../../host/conformance"].map((each) =>
  path.join(import.meta.dirname, each),
);
const input = "first\n42 rest\nabcdef\nmore\n";

/** Scripts of another engine that are written for 5.3, of which these have no counterpart here. */
const ofOthers = ["filesystem.lua", "modules.lua", "io.lua", "numbers.lua", "load.lua"];

for (const version of versions) {
  for (const [index, folder] of folders.entries()) {
    if (index > 0 && version !== "5.3") continue;
    const scripts = readdirSync(folder).filter(
      (each) => each.endsWith(".lua") && !(index > 0 && ofOthers.includes(each)),
    );
    testWith(nativeOf(version)).for(scripts)(
      `the embedded ${version} and the system's print the same for ${path.basename(folder)}/%s`,
      (script) => {
        const native = runNative(version, path.join(folder, script), input);
        expect(native.stdout.length).toBeGreaterThan(0);
        expect(runEmbedded(version, path.join(folder, script), input)).toEqual(native);
      },
    );
  }
}
