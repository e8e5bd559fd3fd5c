import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv } from "ajv";
import { mutationReport, mutationScoreOf, writeMutation } from "luacov-ts";
import { createColors } from "picocolors";
import { expect, test } from "vitest";
import { mutationText } from "../../src/report/mutation/textReport.js";
import { root } from "../command.js";
import { domOf, inPage } from "../report/browser.js";
import { makeFolder } from "../support/folder.js";
import { testWith } from "../support/tools.js";
import { result, source, watermarks } from "./reported.js";

const require = createRequire(import.meta.url);
const schemaFile = path.join(
  root,
  "node_modules/mutation-testing-report-schema/dist/src/mutation-testing-report-schema.json",
);
const report = await mutationReport({ cwd: "/p", watermarks }, result);

test("the report is what Stryker's schema describes", () => {
  const schema = JSON.parse(readFileSync(schemaFile, "utf8"));
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addFormat("uri", true);
  const validate = ajv.compile(schema);
  expect(validate(JSON.parse(JSON.stringify(report))), JSON.stringify(validate.errors)).toBe(true);
  expect(validate({ ...report, schemaVersion: "x" })).toBe(false);
});

test("a location has the text that was replaced, and no two mutants have one id", () => {
  const file = report.files["src/f.lua"];
  const lines = file?.source.split("\n") ?? [];
  const boundary = file?.mutants.find(({ mutatorName }) => mutatorName === "EqualityOperator");
  const { start, end } = boundary?.location ?? { start: { line: 0, column: 0 }, end: { line: 0, column: 0 } };
  expect(lines[start.line - 1]?.slice(start.column - 1, end.column - 1)).toBe("<");
  const ids = file?.mutants.map(({ id }) => id) ?? [];
  expect(new Set(ids).size).toBe(ids.length);
});

test.for([
  [["Killed", "Timeout", "Survived", "NoCoverage"], 50, 66.66],
  [["Killed", "Ignored", "RuntimeError", "CompileError"], 100, 100],
  [["NoCoverage"], 0, null],
  [["Ignored"], null, null],
] as const)("the score of %j is %s, of the covered ones %s", ([statuses, score, coveredScore]) => {
  expect(mutationScoreOf(statuses.map((status) => ({ status })))).toMatchObject({ score, coveredScore });
});

test("what is not all is less than a hundred percent", () => {
  const all = Array.from(
    { length: 100_000 },
    (_, index) => ({ status: index === 0 ? "Survived" : "Killed" }) as const,
  );
  expect(mutationScoreOf(all).score).toBe(99.99);
});

test("in a terminal, survivors have their lines, and what no test covers is named by line", () => {
  const text = mutationText(result, { colors: createColors(false), watermarks });
  const line = source.toString().split("\n")[2];
  const changed = line?.replace(/"<img.*?>"/, '""');
  expect(text).toContain(
    `\n\nsrc/f.lua:3:24 StringLiteral: the string became empty (survived)\n-${line}\n+${changed}\n\n`,
  );
  expect(text).toContain("Mutants that no test covers:\n  src/f.lua: 2 on line");
  expect(text).toContain("10 run now, 2 known from before");
});

async function write(): Promise<string> {
  const reportDir = makeFolder({});
  const config = { cwd: "/p", reportDir, mutationReporter: ["html", "json"], watermarks } as const;
  await writeMutation(config, result);
  return path.join(reportDir, "mutation");
}

test("pages and JSON are below the folder of reports, and pages of sources that are gone are removed", async () => {
  const folder = await write();
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).toSorted();
  expect(names).toContain("src/f.lua.html");
  expect(JSON.parse(readFileSync(path.join(folder, "mutation.json"), "utf8"))).toEqual(
    JSON.parse(JSON.stringify(report)),
  );
  const config = {
    cwd: "/p",
    reportDir: path.dirname(folder),
    mutationReporter: ["html"],
    watermarks,
  } as const;
  await writeMutation(config, { ...result, sources: [] });
  expect(readdirSync(folder)).not.toContain("src");
});

testWith("chromium")(
  "a page shows a source with its mutants, of which those count that no test found",
  async () => {
    const page = path.join(await write(), "src/f.lua.html");
    const shown = inPage<Readonly<Record<string, unknown>>>(
      page,
      `const items = [...document.querySelectorAll("#code td > ul > li")];
    const visible = items.filter((item) => !item.hidden).map(({ className }) => className);
    document.querySelector("#next").click();
    const place = document.querySelector("#place").textContent;
    document.querySelector("input[value=Killed]").click();
    return {
      code: [...document.querySelectorAll("#code code")].map(({ textContent }) => textContent),
      visible: [...new Set(visible)].sort(),
      killed: items.filter((item) => !item.hidden && item.className === "Killed").length,
      place,
      here: document.querySelector(".here").className,
      del: document.querySelector("del").textContent,
      images: document.querySelectorAll("img").length,
      scripts: document.querySelectorAll("main script").length,
    };`,
    );
    const mutants = result.sources.flatMap((each) => each.mutants);
    expect(shown).toMatchObject({
      code: source.toString().trimEnd().split("\n"),
      visible: ["NoCoverage", "RuntimeError", "Survived", "Timeout"],
      killed: mutants.filter(({ status }) => status === "Killed").length,
      here: expect.stringMatching(/^(Survived|NoCoverage) here$/),
      images: 0,
      scripts: 0,
    });
    expect(shown.place).toMatch(/^1 of \d+$/);
  },
);

testWith("chromium")("Stryker's viewer shows the report", () => {
  const folder = makeFolder({});
  const viewer = require.resolve("mutation-testing-elements/dist/mutation-test-elements.js");
  const page = path.join(folder, "viewer.html");
  writeFileSync(
    path.join(folder, "report.js"),
    `document.querySelector("mutation-test-report-app").report = ${JSON.stringify(report).replaceAll("<", "\\u003c")};`,
  );
  writeFileSync(
    path.join(folder, "probe.js"),
    `const textOf = (node) => node.nodeType === 3 ? node.data : node.nodeName === "STYLE" ? "" : [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes].map(textOf).join(" ");
    setTimeout(() => { document.title = "PROBED" + encodeURIComponent(textOf(document.body).replace(/\\s+/g, " ")) + ";"; }, 2000);`,
  );
  writeFileSync(
    page,
    `<!doctype html><meta charset=utf-8><script src="${pathToFileURL(viewer).href}"></script><body><mutation-test-report-app title-postfix="x"></mutation-test-report-app><script src=report.js></script><script src=probe.js></script>`,
  );
  const dom = domOf(pathToFileURL(page).href, [
    "--virtual-time-budget=6000",
    "--window-size=1600,1200",
    "--allow-file-access-from-files",
  ]);
  const [, probed = ""] = /PROBED([^;]*);/.exec(dom) ?? [];
  const text = decodeURIComponent(probed);
  const { score } = mutationScoreOf(result.sources.flatMap(({ mutants }) => mutants));
  expect(text).toContain("f.lua");
  expect(text).toContain(score?.toFixed(2));
});
