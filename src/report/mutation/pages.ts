import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { visibleName } from "../../files/visible.js";
import type { MutationResult, Watermarks } from "../../types.js";
import { createPageNames } from "../html/pageNames.js";
import { pagesFile, readPages, removePages } from "../html/stale.js";
import { placeFile } from "../placeFile.js";
import { mutationIndex } from "./indexPage.js";
import { mutatedSourcePage } from "./sourcePage.js";

/** Those of all pages, and those of these. */
const assets = [
  ...["theme.css", "common.css", "common.js"].map((name) => [name, `../html/assets/${name}`] as const),
  ...["mutants.css", "mutants.js"].map((name) => [name, `assets/${name}`] as const),
];

/** Writes a page for each source, with its mutants beside the lines, and an index of them; removes those of sources that are gone. */
export function mutationPages(
  folder: string,
  { sources, tests }: MutationResult,
  watermarks: Watermarks,
): void {
  const pageOf = createPageNames();
  const named = sources.map((source) => ({
    source,
    name: visibleName(source.name),
    page: pageOf(source.name),
  }));
  const before = readPages(folder);
  const now = named.map(({ page }) => page);
  const write = (name: string, text: string | Uint8Array) => placeFile(folder, name, Buffer.from(text), null);
  // Should this process be killed, the next one knows of all pages.
  write(pagesFile, JSON.stringify([...new Set([...before, ...now])]));
  for (const [name, place] of assets)
    write(name, readFileSync(fileURLToPath(new URL(place, import.meta.url))));
  const byId = new Map(tests.map((each) => [each.id, each]));
  for (const { source, name, page } of named)
    write(path.normalize(page), mutatedSourcePage({ page, name, source, tests: byId, watermarks }));
  write("index.html", mutationIndex(named, watermarks));
  const kept = new Set(now);
  removePages(
    folder,
    before.filter((page) => !kept.has(page)),
  );
  write(pagesFile, JSON.stringify(now));
}
