import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { temporary } from "../support/folder.js";
import { hasTool, isToolName } from "../support/tools.js";
import { installPackage } from "./install.js";
import { type Block, type Page, pages, repository } from "./pages.js";

const commands = pages.filter(({ blocks, otherTest }) => otherTest === null && blocks.some(isCommand));

/** As a terminal without colours has it; a page says nothing of who reads it. */
const environment = { ...process.env, NO_COLOR: "1", CI: undefined, GITHUB_ACTIONS: undefined };

/** Above the pages' folders, so that a program in them finds the package. */
const installed = mkdtempSync(path.join(temporary, "luacov-ts-"));
beforeAll(() => installPackage(installed), 180_000);
afterAll(() => rmSync(installed, { recursive: true, force: true }));

/** A page is followed otherwise where tools are missing, and so it is another test. */
function titleOf(page: Page): string {
  const missing = page.blocks.filter((block) => isCommand(block) && !hasTools(block));
  const names = new Set(missing.map(({ attributes }) => attributes.get("needs")));
  return names.size === 0 ? page.name : `${page.name}, without ${[...names].join(" ")},`;
}

test.for(commands.map((page) => [titleOf(page), page] as const))(
  "the commands of %s do what it says",
  ([, page]) => {
    // A table names the project's folder, too.
    const folder = path.join(mkdtempSync(path.join(installed, "page-")), "project");
    mkdirSync(folder);
    if (page.folder !== null) cpSync(path.join(repository, page.folder), folder, { recursive: true });
    follow(page, folder);
  },
);

function isCommand({ language, attributes }: Block): boolean {
  return language === "sh" && !attributes.has("skip") && !attributes.has("file");
}

/** Makes the page's files, runs its commands and compares what they write, in the order of the page. */
function follow(page: Page, folder: string): void {
  let written: string | null = null;
  for (const block of page.blocks) {
    const file = block.attributes.get("file");
    if (file !== undefined) writeAll(path.join(folder, file), block.text);
    else if (block.language === "sh")
      written = isCommand(block) && hasTools(block) ? run(page, block, folder) : null;
    else if (block.attributes.has("output") && written !== null) {
      const [expected, actual] = [comparable(block.text), comparable(written)];
      expect(matches(expected, actual) ? expected : actual, `${page.name}:${block.line}`).toBe(expected);
    }
  }
}

function hasTools({ attributes }: Block): boolean {
  const names = attributes.get("needs")?.split(" ") ?? [];
  return names.every((name) => {
    if (!isToolName(name)) throw new Error(`no tool of test/support/tools.ts is called ${name}`);
    return hasTool(name);
  });
}

function run(page: Page, block: Block, cwd: string): string {
  const env = { ...environment, PATH: [path.join(installed, "bin"), process.env.PATH].join(path.delimiter) };
  const script = `set -e\nexec 2>&1\n${block.text}`;
  const { status, stdout } = spawnSync("sh", ["-c", script], { cwd, env, encoding: "utf8", input: "" });
  const expected = Number(block.attributes.get("exit") ?? 0);
  expect(status, `${page.name}:${block.line} wrote\n${stdout}`).toBe(expected);
  return stdout.replaceAll(cwd, "/home/me/project");
}

function writeAll(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Times differ from run to run, and stand behind slow tests alone; a page has no blanks at the ends of lines. */
function comparable(text: string): string {
  const timeless = text.replace(/ \(\d+(?:\.\d+)? m?s\)/g, "");
  return timeless.replace(/[ \t]+$/gm, "").trimEnd();
}

/** A line of the page that is "…" stands for any lines. */
function matches(expected: string, actual: string): boolean {
  const parts = `${expected}\n`.split(/^…\n/m).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("(?:.*\\n)*?")}$`).test(`${actual}\n`);
}
