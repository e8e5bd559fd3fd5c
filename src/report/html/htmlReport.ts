import path from "node:path";
import type { FileCoverage } from "istanbul-lib-coverage";
import type { Context } from "istanbul-lib-report";
import { type Figures, figuresOf, sumOfFigures } from "../../coverage/figures.js";
import { visibleName } from "../../files/visible.js";
import { luaText, noLua } from "../misses/luaText.js";
import { findMisses } from "../misses/misses.js";
import { sourceText } from "../misses/sourceText.js";
import { type CodeRows, codeRows } from "./codeRows.js";
import { type FolderWriter, filesIn, writerOf } from "./context.js";
import { shownFigures } from "./figures.js";
import { assets } from "./frame.js";
import { type IndexEntry, type IndexFolder, indexPage } from "./indexPage.js";
import type { FindLineTests, LineTests } from "./lineTests.js";
import { createPageNames } from "./pageNames.js";
import { type SourcePage, sourcePage } from "./sourcePage.js";
import { pagesFile, readPages, removePages } from "./stale.js";
import { isTypeScript, type LoadTokens, typeScriptColors } from "./typeScriptColors.js";

/** What nyc hands to a reporter, and a folder for the pages in that of all reports. */
export interface HtmlOptions {
  /** A path below the folder of all reports; anything else is left aside. */
  readonly subdir?: unknown;
  readonly projectRoot?: string;
  readonly skipEmpty?: boolean;
}

/** Where the first page is, from the folder of all reports on. */
export function firstPage(options: HtmlOptions): string {
  return path.join(folderOf(options), "index.html");
}

/**
 * Writes the pages of a coverage map, one by one, and removes those that it wrote for sources that are gone. `assetsFolder`
 * has the style sheet and the scripts; `load` gives what reads TypeScript. A line shows the tests that `testsOf` knows of.
 */
export function writeHtml(
  context: Context,
  options: HtmlOptions,
  assetsFolder: string,
  load: LoadTokens,
  testsOf: FindLineTests = () => null,
): void {
  const subdir = folderOf(options);
  const folder = path.resolve(context.dir, subdir);
  const writer = writerOf(context).writerForDir(subdir);
  const files = filesOf(context, options);
  const pageOf = createPageNames();
  const named = files.map((each) => ({ ...each, page: pageOf(each.name) }));
  const before = readPages(folder);
  const now = named.map(({ page }) => page);
  // Should this process be killed, the next one knows of all pages.
  writeText(writer, pagesFile, JSON.stringify([...new Set([...before, ...now])]));
  for (const asset of assets) writer.copyFile(path.join(assetsFolder, asset), asset);
  const entries = named.map((each) => {
    const name = visibleName(each.name);
    const figures = shownFigures(each.covered, context);
    const page = pageFor(context, each.file, { name, page: each.page, figures }, { load, testsOf });
    writeText(writer, each.page, sourcePage(page));
    return { ...each, name, figures, missed: page.code?.places ?? notCovered(each.covered) };
  });
  const total = shownFigures(summed(named), context);
  writeText(writer, "index.html", indexPage(total, foldersOf(entries, context)));
  const kept = new Set(now);
  removePages(
    folder,
    before.filter((page) => !kept.has(page)),
  );
  writeText(writer, pagesFile, JSON.stringify(now));
}

function folderOf({ subdir }: HtmlOptions): string {
  return typeof subdir === "string" && subdir !== "" ? subdir : "html";
}

interface ReportedFile {
  readonly name: string;
  readonly file: FileCoverage;
  readonly covered: Figures;
}

/** The files of a map by their names from the root on, in the order of these. */
function filesOf(context: Context, { projectRoot, skipEmpty = false }: HtmlOptions): ReportedFile[] {
  const files = filesIn(context);
  const root = projectRoot ?? commonFolder(files.map((file) => file.path));
  return files
    .map((file) => ({ name: nameIn(root, file.path), file, covered: figuresOf(file.data) }))
    .filter(({ covered }) => !skipEmpty || covered.lines.total > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function nameIn(root: string, file: string): string {
  return path.relative(root, file).split(path.sep).join("/");
}

function commonFolder(files: readonly string[]): string {
  const [first = "", ...others] = files.map((file) => path.dirname(file));
  return others.reduce((common, folder) => {
    let shared = common;
    while (
      folder !== shared &&
      !folder.startsWith(`${shared}${path.sep}`) &&
      shared !== path.dirname(shared)
    ) {
      shared = path.dirname(shared);
    }
    return shared;
  }, first);
}

/** Of a source that is gone. */
function notCovered({ statements, functions, branches }: Figures): number {
  return [statements, functions, branches].reduce((sum, { covered, total }) => sum + total - covered, 0);
}

function pageFor(
  context: Context,
  file: FileCoverage,
  entry: Pick<SourcePage, "page" | "name" | "figures">,
  { load, testsOf }: { readonly load: LoadTokens; readonly testsOf: FindLineTests },
): SourcePage {
  const data = file.data;
  const { page, name, figures } = entry;
  try {
    const source = context.getSource(file.path);
    const found = testsOf(file.path, source);
    const code = codeOf(file, source, load, found?.byLine ?? null);
    return { page, name, figures, file: data, code, reason: "", tests: found?.titles ?? [] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { page, name, figures, file: data, code: null, reason, tests: [] };
  }
}

function codeOf(
  file: FileCoverage,
  source: string,
  load: LoadTokens,
  tests: LineTests["byLine"] | null,
): CodeRows {
  const text = sourceText(source);
  const lua = isTypeScript(file.path) ? noLua : luaText(text);
  return codeRows({
    text,
    colored: isTypeScript(file.path) ? typeScriptColors(text.text, load) : lua.colored(),
    misses: findMisses({ file: file.data, text, lua }),
    hits: file.getLineCoverage(),
    tests,
  });
}

function foldersOf(entries: readonly (IndexEntry & ReportedFile)[], context: Context): IndexFolder[] {
  const folders = new Map<string, (IndexEntry & ReportedFile)[]>();
  for (const entry of entries) {
    const folder = entry.name.slice(0, entry.name.lastIndexOf("/") + 1);
    const own = folders.get(folder);
    if (own === undefined) folders.set(folder, [entry]);
    else own.push(entry);
  }
  return Array.from(folders, ([name, own]) => ({
    name,
    entries: own,
    figures: shownFigures(summed(own), context),
  }));
}

function summed(files: readonly ReportedFile[]): Figures {
  return sumOfFigures(files.map(({ covered }) => covered));
}

function writeText(writer: FolderWriter, name: string, text: string): void {
  const content = writer.writeFile(name);
  content.println(text);
  content.close();
}
