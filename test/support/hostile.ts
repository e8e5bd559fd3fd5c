import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { decodeName, pathOf } from "../../src/files/names.js";

const markup = "<img src=x onerror=\"document.title='RAN'\">";

/** Names of files, without their ending, that some format, terminal, shell or glob takes for something else. */
export const hostileNames: readonly string[] = [
  ...[
    "plain",
    "two words",
    " leading",
    "trailing ",
    "-flag",
    "--help",
    "#hash",
    "per%41cent",
    "100%",
    "que?stion",
  ],
  ...[
    "st*r",
    "[b]",
    "{1..3}",
    "(group)",
    "!x",
    "a&b",
    "q\"uo'te",
    markup,
    "]]>",
    "<!-- ",
    "<script>alert(1)<-script>",
  ],
  ...[
    "back\\slash",
    "new\nline",
    "SF:x\nend_of_record",
    "tab\there",
    "\u001b[31mred\u001b[0m",
    "bell\u0007",
    "c1\u009b",
  ],
  ...[
    "javascript:alert(1)",
    "\u202egnp",
    "𝔘nicode 🎉",
    "e\u0301",
    "$(id)`id`",
    "||teamcity['|n]",
    "::error::x",
    "##[group]",
    "x".repeat(250),
  ],
  ...["../up".replaceAll("/", "∕"), "__proto__", "constructor", "CON", ".hidden", "__index.html"],
  decodeName(Buffer.from([0x6c, 0xe9])),
  decodeName(Buffer.from([0x6c, 0xe8])),
  decodeName(Buffer.from([0xed, 0xb3, 0xa9])),
  decodeName(Buffer.from([0xff, 0xfe, 0x3c, 0x62, 0x3e])),
];

const source = "local M = {}\nfunction M.f(x) if x then return 1 end return 2 end\nreturn M\n";
const test = `assert(dofile((arg[0]:gsub("^test/", "src/"))).f(true) == 1)\n`;

/** Fills a folder with a source and a test of each name; and of each a folder with a source that nothing loads. */
export function fillHostileProject(folder: string): void {
  for (const name of hostileNames) {
    writeAt(folder, `src/${name}.lua`, source);
    writeAt(folder, `test/${name}.lua`, test);
    writeAt(folder, `lib/${name}/a.lua`, source);
  }
  writeAt(folder, "lib/page.lua.html/a.lua", source);
  writeAt(folder, "lib/page.lua", source);
}

/** Writes a file whose name may be any bytes. */
export function writeAt(folder: string, name: string, content: string): void {
  const file = path.join(folder, name);
  mkdirSync(pathOf(path.dirname(file)), { recursive: true });
  writeFileSync(pathOf(file), content);
}
