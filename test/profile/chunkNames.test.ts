import { expect } from "vitest";
import { engines, toolsOf } from "../engine/contract.js";
import { testWith } from "../support/tools.js";
import { profiled } from "./profiled.js";

/** Texts, and how each Lua shows them in its messages. */
const program = `local load = loadstring or load
for _, text in ipairs { "return 1", "return 1\\n", "return '" .. ("x"):rep(100) .. "'" } do load(text)() end
load("return 2", "=a name")()`;

for (const engine of engines) {
  // 5.1 has less room.
  const room = engine === "5.1" || engine === "lua5.1" ? 35 : 37;
  testWith(...toolsOf(engine))(`${engine}: chunks of text have the names that Lua shows`, async () => {
    const { functions } = await profiled(engine, "exact", program);
    const names = functions.flatMap(({ kind, file, name }) =>
      kind === "main" && file === null ? [name] : [],
    );
    expect(names.toSorted()).toEqual([
      `[string "return '${"x".repeat(room)}..."]`,
      '[string "return 1"]',
      '[string "return 1..."]',
      "a name",
    ]);
  });
}
