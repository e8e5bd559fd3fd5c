import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { temporary } from "../support/folder.js";
import { testWith } from "../support/tools.js";
import { type BrowserPage, openBrowser } from "./chromium.js";
import { filesWith } from "./files.js";
import { repository } from "./pages.js";

const site = mkdtempSync(path.join(temporary, "luacov-ts-"));
beforeAll(() => {
  const vitepress = path.join(repository, "node_modules/vitepress/bin/vitepress.js");
  const args = [vitepress, "build", "docs", "--outDir", site];
  execFileSync(process.execPath, args, { cwd: repository, stdio: "pipe" });
}, 180_000);
afterAll(() => rmSync(site, { recursive: true, force: true }));

test("links of the site lead to pages, files and headings of it, and nothing is loaded from elsewhere", () => {
  const files = filesWith(site, /\.html$/).filter((file) => path.basename(file) !== "404.html");
  const texts = new Map(files.map((file) => [file, readFileSync(file, "utf8")]));
  expect(files.length).toBeGreaterThan(30);
  expect([...texts].flatMap(([file, text]) => wrongIn(file, text, texts))).toEqual([]);
});

const seen = ["", "first-run.html", "reference/options.html", "platforms.html", "guide/reports.html"];

testWith("chromium")(
  "the site fits two widths, finds what is searched for, and asks nobody else",
  async () => {
    const { address, close } = await serve(site);
    onTestFinished(close);
    const page = await openBrowser(mkdtempSync(path.join(temporary, "luacov-ts-")));
    onTestFinished(page.close);
    for (const width of [1500, 800]) {
      await page.resize(width, 1000);
      for (const name of seen) {
        await page.open(`${address}/${name}`);
        expect(await page.evaluate<boolean>(isTooWide), `${name} at ${width} pixels`).toBe(false);
        expect(await page.evaluate<number>('document.querySelectorAll("h1").length'), name).toBe(1);
      }
    }
    expect(await search(page, "max-memory")).toContain("/reference/options.html#max-memory");
    expect(page.complaints).toEqual([]);
    expect(page.requests.length).toBeGreaterThan(10);
    expect(page.requests.filter((url) => !url.startsWith(address) && !url.startsWith("data:"))).toEqual([]);
  },
);

const isTooWide = "document.documentElement.scrollWidth > document.documentElement.clientWidth";

/** Where the results of a search lead. */
async function search(page: BrowserPage, text: string): Promise<string[]> {
  await page.evaluate('document.querySelector("#local-search button").click()');
  await page.evaluate(until('document.activeElement?.id === "localsearch-input"'));
  await page.type(text);
  await page.evaluate(until('document.querySelector(".VPLocalSearchBox a.result")'));
  return page.evaluate(
    '[...document.querySelectorAll(".VPLocalSearchBox a.result")].map((each) => each.getAttribute("href"))',
  );
}

/** A promise that is kept once an expression is true. */
function until(condition: string): string {
  return `new Promise((resolve) => {
    const look = () => ((${condition}) ? resolve(true) : requestAnimationFrame(look));
    look();
  })`;
}

function wrongIn(file: string, text: string, texts: ReadonlyMap<string, string>): string[] {
  const loaded = Array.from(
    text.matchAll(/<(?!a\b)[a-z]+\b[^>]*? (?:src|href)="([^"]*)"/g),
    ([, url = ""]) => url,
  );
  const links = Array.from(text.matchAll(/<a\b[^>]*? href="([^"]*)"/g), ([, url = ""]) => url);
  const foreign = loaded.filter((url) => /^(?:[a-z]+:)?\/\//.test(url));
  const broken = links.filter((url) => !/^[a-z]+:/.test(url) && !isThere(file, url, texts));
  return [...foreign, ...broken].map((url) => `${path.relative(site, file)}: ${url}`);
}

function isThere(file: string, url: string, texts: ReadonlyMap<string, string>): boolean {
  const [name = "", anchor = ""] = decodeURI(url).split("#");
  const page = name.endsWith("/") ? `${name}index.html` : name;
  const target = page === "" ? file : path.join(page.startsWith("/") ? site : path.dirname(file), page);
  const found = texts.get(target);
  if (found === undefined) return existsSync(target);
  return anchor === "" || found.includes(` id="${anchor}"`);
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".png": "image/png",
};

/** Any static server will do; this is the least of one. */
async function serve(folder: string): Promise<{ address: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const name = decodeURI((request.url ?? "/").replace(/[?#].*/, ""));
    const file = path.join(folder, name.endsWith("/") ? `${name}index.html` : name);
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": types[path.extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("the server has no port");
  return {
    address: `http://127.0.0.1:${bound.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
