import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { rooms } from "../../docs/.vitepress/navigation.mjs";
import { generatedPages } from "../../docs/generate/pages.mjs";
import { commandOptions, dashed, optionKeys, optionTable } from "../../src/config/options/options.js";
import { filesWith } from "./files.js";
import { type Block, type Page, pages, prose, repository } from "./pages.js";

const texts = new Map(pages.map((page) => [page.name, page]));

test("the README takes two screens", () => {
  expect(texts.get("README.md")?.text.split("\n").length).toBeLessThanOrEqual(120);
});

test("links of pages, and of the README, lead to something", () => {
  expect(pages.flatMap((page) => linksOf(page).flatMap((link) => brokenLink(page, link)))).toEqual([]);
});

test("each page has its place in the navigation", () => {
  const listed = rooms.flatMap((room) => room.pages.map((name) => `docs/${name}.md`));
  const written = [...texts.keys()].filter((name) => name !== "README.md" && name !== "docs/index.md");
  expect(written.filter((name) => !listed.includes(name))).toEqual([]);
  // The places of pages that are yet to come.
  const places = ["docs/first-steps.md", "docs/tests-by-line.md"];
  expect(listed.filter((name) => !written.includes(name) && !places.includes(name))).toEqual([]);
});

test("a page that is said to have a file's text has it", () => {
  const shown = pages.flatMap(({ name, blocks }) =>
    blocks.flatMap(({ line, text, attributes }) => {
      const file = attributes.get("same");
      return file === undefined ? [] : [{ at: `${name}:${line}`, file, text }];
    }),
  );
  expect(shown.length).toBeGreaterThan(5);
  for (const { at, file, text } of shown) {
    expect(text, at).toBe(readFileSync(path.join(repository, file), "utf8"));
  }
});

test("a page's block says what runs, or why it does not", () => {
  const known = new Set(["file", "skip", "needs", "exit", "output", "same"]);
  const isWrong = ({ attributes }: Block) =>
    attributes.get("skip") === "" || [...attributes.keys()].some((key) => !known.has(key));
  const wrong = pages.flatMap(({ name, blocks }) =>
    blocks.filter(isWrong).map(({ line }) => `${name}:${line}`),
  );
  expect(wrong).toEqual([]);
});

test("a page whose commands another test follows names one that is there", () => {
  const named = pages.flatMap(({ otherTest }) => otherTest ?? []);
  expect(named.filter((file) => !existsSync(path.join(repository, file)))).toEqual([]);
});

test.for(generatedPages().map(({ file, text }) => [path.basename(file), file, text] as const))(
  "%s is as node docs/generate/generate.mjs makes it",
  ([, file, text]) => {
    expect(readFileSync(file, "utf8")).toBe(text);
  },
);

test("the reference has every option with its default, and every option of one command", () => {
  const text = texts.get("docs/reference/options.md")?.text ?? "";
  for (const key of optionKeys) {
    const { fallback } = optionTable[key];
    const [, what = ""] = new RegExp(`^### \`${dashed(key)}\`\n\n(.*)$`, "m").exec(text) ?? [];
    expect(what, key).toContain(`--`);
    const value = JSON.parse(/default: `(.*)`$/.exec(what)?.[1] ?? "null");
    expect(value, key).toEqual(fallback ?? null);
  }
  for (const { key } of commandOptions) expect(text).toMatch(new RegExp(`^\\| \`.*--${dashed(key)}\\b`, "m"));
});

test("the manual page has every option", () => {
  const text = readFileSync(path.join(repository, "dist/luacov-ts.1"), "utf8");
  for (const key of optionKeys) expect(text).toContain(dashed(key).replaceAll("-", "\\-"));
  // What is no ASCII would be shown as something else.
  expect(text).toMatch(/^[\n -~]*$/);
});

test("messages of the troubleshooting are messages of the program", () => {
  const sources = filesWith(path.join(repository, "src"), /\.(ts|lua)$/).map((file) =>
    readFileSync(file, "utf8"),
  );
  const page = texts.get("docs/troubleshooting.md")?.text ?? "";
  const messages = Array.from(page.matchAll(/^### `(.*)`$/gm), ([, message = ""]) => message);
  expect(messages.length).toBeGreaterThan(40);
  expect(messages.filter((message) => !sources.some((source) => source.includes(message)))).toEqual([]);
});

test("the tests that the table of platforms names are there", () => {
  const named = texts.get("docs/platforms.md")?.text.matchAll(/`(test\/[^`]+)`/g) ?? [];
  const missing = Array.from(named, ([, file = ""]) => file).filter(
    (file) => !existsSync(path.join(repository, file)),
  );
  expect(missing).toEqual([]);
});

interface Link {
  readonly target: string;
  readonly anchor: string;
}

/** Links and pictures that lead to files, and to headings. */
function linksOf(page: Page): Link[] {
  const found = prose(page).matchAll(/\]\(([^)\s#]*)(?:#([^)\s]*))?\)/g);
  return Array.from(found, ([, target = "", anchor = ""]) => ({ target, anchor })).filter(
    ({ target }) => !/^[a-z]+:/.test(target),
  );
}

function brokenLink(page: Page, { target, anchor }: Link): string[] {
  const file = target === "" ? page.name : path.posix.join(path.posix.dirname(page.name), target);
  const shown = `${page.name}: ${target}${anchor === "" ? "" : `#${anchor}`}`;
  if (!existsSync(path.join(repository, file))) return [shown];
  if (anchor === "") return [];
  return headingsOf(texts.get(file)).includes(anchor) ? [] : [shown];
}

/** The anchors of a page that the site and GitHub have in common. */
function headingsOf(page: Page | undefined): string[] {
  const text = page?.text.replace(/^```[^\n]*\n(?:(?!```).*\n)*```$/gm, "") ?? "";
  const titles = Array.from(text.matchAll(/^#+ (.*)$/gm), ([, title = ""]) =>
    title.replaceAll("`", "").toLowerCase(),
  );
  return titles.map(onSite).filter((anchor, index) => anchor === onGitHub(titles[index] ?? ""));
}

const onSite = (title: string) => title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
const onGitHub = (title: string) => title.replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-");
