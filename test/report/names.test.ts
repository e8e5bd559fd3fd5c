import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { Parser } from "tap-parser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pathOf } from "../../src/files/names.js";
import { visible, visibleName } from "../../src/files/visible.js";
import { type CliResult, runCli } from "../support/cli.js";
import { fillHostileProject, hostileNames } from "../support/hostile.js";
import { testWith } from "../support/tools.js";
import { domOf } from "./browser.js";

const istanbul = [
  "text",
  "text-summary",
  "html-spa",
  "lcov",
  "cobertura",
  "clover",
  "json",
  "json-summary",
  "teamcity",
  "text-lcov",
  "partial",
  "html-lua",
];
const own = ["default", "dot", "tap=run.tap", "junit=run.xml", "json=run.json", "github=run.github"];
const flags = [
  ...istanbul.map((name) => ["--reporter", name]),
  ...own.map((name) => ["--test-reporter", name]),
].flat();

const sources = [
  ...hostileNames.flatMap((name) => [`src/${name}.lua`, `lib/${name}/a.lua`]),
  ...["lib/page.lua", "lib/page.lua.html/a.lua"],
];
const tests = hostileNames.map((name) => `test/${name}.lua`);

// Other systems' file systems have no such names.
describe.skipIf(process.platform !== "linux")("names of any bytes", () => {
  let folder = "";
  let result: CliResult = { code: -1, stdout: "", stderr: "" };
  const read = (name: string) => readFileSync(path.join(folder, name), "utf8");

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), "luacov-ts-")));
    fillHostileProject(folder);
    const environment = { GITHUB_STEP_SUMMARY: path.join(folder, "summary.md"), GITHUB_WORKSPACE: folder };
    result = await runCli(folder, ["--all", ...flags], environment);
  }, 300_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("run, and are found", () => {
    expect(result).toMatchObject({ code: 0, stderr: "" });
    expect(result.stdout).toContain(`\n${tests.length} passed, 0 failed\n`);
  });

  test("are in the coverage map byte by byte", () => {
    const map: Record<string, { path: string }> = JSON.parse(read("coverage/coverage-final.json"));
    expect(Object.keys(map).sort()).toEqual(sources.map((name) => path.join(folder, name)).sort());
    for (const [key, file] of Object.entries(map)) {
      expect(file.path).toBe(key);
      expect(existsSync(pathOf(key)), key).toBe(true);
    }
    const summary = JSON.parse(read("coverage/coverage-summary.json"));
    expect(Object.keys(summary).sort()).toEqual([...Object.keys(map), "total"].sort());
  });

  test("reach a terminal without control characters", () => {
    // Not but for the line ends.
    expect(result.stdout).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e]/u);
    for (const name of tests) expect(result.stdout).toContain(`✔ ${visibleName(name)} (N ms)\n`);
  });

  test("are one line each in lcov", () => {
    const lines = read("coverage/lcov.info").trimEnd().split("\n");
    const record =
      /^(TN:|SF:.+|FN:\d+,.*|FNF:\d+|FNH:\d+|FNDA:\d+,.*|DA:\d+,\d+|L[FH]:\d+|BRDA:\d+,\d+,\d+,\d+|BR[FH]:\d+|end_of_record)$/;
    expect(lines.filter((line) => !record.test(line))).toEqual([]);
    const files = lines.filter((line) => line.startsWith("SF:")).map((line) => line.slice(3));
    expect(files.sort()).toEqual(sources.map(visibleName).sort());
    expect(result.stdout).toContain(lines.join("\n"));
  });

  test.for([
    ["cobertura-coverage.xml", "@filename", ""],
    ["clover.xml", "@path", "/"],
  ] as const)("are whole in the XML of %s", ([file, attribute, root]) => {
    const xml = read(`coverage/${file}`);
    expect(wellFormed(xml)).toBe(true);
    const expected = sources.map((name) => xmlName(root === "" ? name : path.join(folder, name)));
    expect(attributesIn(xml, attribute).sort()).toEqual(expected.sort());
  });

  test.for(["lcov-report", "html"])("are pages of %s that links lead to", (report) => {
    const pages = htmlFiles(path.join(folder, "coverage", report));
    expect(pages.length).toBeGreaterThan(sources.length);
    const reached = new Set<string>();
    const visit = (page: string) => {
      if (reached.has(page)) return;
      reached.add(page);
      for (const [, href = ""] of readFileSync(page, "utf8").matchAll(/<(?:a|link)\b[^>]* href="([^"]*)"/g)) {
        const target = new URL(unescaped(href), pathToFileURL(page));
        if (target.hash !== "" || target.protocol !== "file:") continue;
        expect(existsSync(target), `${href} of ${page}`).toBe(true);
        if (target.pathname.endsWith(".html")) visit(fileURLToPath(target));
      }
    };
    visit(path.join(folder, "coverage", report, "index.html"));
    expect([...reached].sort()).toEqual(pages.sort());
  });

  test("are pages that the one page of html-spa leads to", () => {
    const [, json = ""] = /window\.data = (.*);\n/.exec(read("coverage/index.html")) ?? [];
    expect(json).not.toContain("<");
    const found = filesIn(JSON.parse(json), ".").map(
      (file) => new URL(`${file}.html`, pathToFileURL(`${folder}/coverage/`)),
    );
    expect(found.filter((file) => !existsSync(file))).toEqual([]);
    expect(new Set(found.map(String)).size).toBe(sources.length);
  });

  test("are well-formed in the results of tests", () => {
    const parser = new Parser({ strict: true });
    parser.end(read("run.tap"));
    expect(parser.results).toMatchObject({ ok: true, count: tests.length, failures: [] });
    expect(wellFormed(read("run.xml"))).toBe(true);
    const json: { files: { file: string }[] } = JSON.parse(read("run.json"));
    expect(json.files.map(({ file }) => file).sort()).toEqual(tests.toSorted());
  });

  testWith("chromium")("run nothing in a browser", () => {
    const markup = hostileNames.find((name) => name.startsWith("<img")) ?? "";
    const own = htmlFiles(path.join(folder, "coverage/html/src")).find((page) => page.includes("_img"));
    const pages = [
      "html/index.html",
      path.relative(path.join(folder, "coverage"), own ?? ""),
      "lcov-report/index.html",
      `lcov-report/src/${markup}.lua.html`,
      `lcov-report/lib/${markup}/index.html`,
      "index.html",
    ];
    for (const page of pages) {
      const dom = domOf(pathToFileURL(path.join(folder, "coverage", page)).href);
      expect(dom).toContain("</html>");
      expect(dom).not.toMatch(/<title>RAN|<img\b|<script>alert/);
      expect(dom).toMatch(/(&lt;|%3C)img src=x onerror=/);
    }
  });
});

/** XML that a strict reader takes: also without characters that there are not, and without a bare "&". */
function wellFormed(xml: string): boolean {
  const bare = xml.replace(/&(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);/g, "");
  return XMLValidator.validate(xml) === true && !/&|[^\P{Cc}\n\r\t]|[\ufffe\uffff\p{Cs}]/u.test(bare);
}

/** XML has every name but those with control characters, or with bytes that are not UTF-8. */
function xmlName(name: string): string {
  return name
    .split(/([\n\t])/)
    .map((part, index) => (index % 2 === 0 ? visible(part) : part))
    .join("");
}

function attributesIn(xml: string, attribute: string): string[] {
  const found: string[] = [];
  const visit = (value: unknown) => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, each] of Object.entries(value)) {
      if (key === attribute) found.push(unescaped(String(each)));
      else visit(each);
    }
  };
  visit(
    new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: "@",
      processEntities: false,
      parseAttributeValue: false,
      trimValues: false,
    }).parse(xml),
  );
  return found;
}

function unescaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return text.replace(
    /&(?:(\w+)|#(\d+));/g,
    (_, name, code) => entities[name] ?? String.fromCharCode(Number(code)),
  );
}

function htmlFiles(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names
    .map((name) => path.join(folder, name))
    .filter((file) => file.endsWith(".html") && !readsAsFolder(file));
}

function readsAsFolder(file: string): boolean {
  return statSync(file).isDirectory();
}

interface SpaNode {
  readonly file: string;
  readonly children: false | readonly SpaNode[];
}

function filesIn({ file, children }: SpaNode, folder: string): string[] {
  const own = file === "" ? folder : `${folder}/${file}`;
  return children === false ? [own] : children.flatMap((child) => filesIn(child, own));
}
