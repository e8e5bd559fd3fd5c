import { chmodSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { isReadableByAll } from "../../src/engine/native/agent/readable.js";
import { makeFolder } from "../support/folder.js";

/** Modes of a folder, of a folder in it, and of a file in that. */
const cases: readonly (readonly [modes: readonly number[], isReadable: boolean])[] = [
  [[0o755, 0o755, 0o644], true],
  [[0o711, 0o711, 0o604], true],
  [[0o700, 0o755, 0o644], false],
  [[0o755, 0o750, 0o644], false],
  [[0o755, 0o755, 0o640], false],
];

describe.skipIf(process.platform === "win32")("whether any user can read a file", () => {
  it.each(cases)("of modes %j: %s", ([outer = 0, inner = 0, own = 0], isReadable) => {
    const folder = makeFolder({ "in/file.lua": "" });
    chmodSync(path.join(folder, "in/file.lua"), own);
    chmodSync(path.join(folder, "in"), inner);
    chmodSync(folder, outer);
    expect(isReadableByAll(path.join(folder, "in/file.lua"))).toBe(isReadable);
  });
});
