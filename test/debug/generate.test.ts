import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { transcript } from "./session.js";

const folder = path.join(import.meta.dirname, "transcripts");
for (const file of readdirSync(folder).filter((each) => each.endsWith(".cmd"))) {
  for (const lua of (process.env.LUAS ?? "lua5.4").split(" "))
  test(`${file} ${lua}`, async () => {
    const name = file.slice(0, -4);
    const commands = readFileSync(path.join(folder, file), "utf8").trim().split("\n");
    const lines = await transcript(lua, { "main.lua": readFileSync(path.join(folder, `${name}.lua`), "utf8") }, commands);
    writeFileSync(`/tmp/tl/dbg/${name}.${lua}.txt`, `${lines.join("\n")}\n`);
  }, 30000);
}
