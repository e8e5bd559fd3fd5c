import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { dashed } from "./options.js";

/** In the order in which @istanbuljs/load-nyc-config looks for them. */
const rcNames = [
  ".nycrc",
  ".nycrc.json",
  ".nycrc.yml",
  ".nycrc.yaml",
  "nyc.config.js",
  "nyc.config.cjs",
  "nyc.config.mjs",
] as const;

/** The configuration file in a folder or the nearest one above it, or the one asked for; null for none. */
export function rcFile(cwd: string, asked: string | undefined): string | null {
  if (asked !== undefined) return path.resolve(cwd, asked);
  return findUp(cwd, rcNames);
}

/** The file that a key of a loaded configuration was written in, as far as the files are JSON. */
export function keySource(key: string, rc: string | null, cwd: string): string {
  const manifest = findUp(cwd, ["package.json"]);
  const files = [...(rc === null ? [] : withExtended(rc)), ...(manifest === null ? [] : [manifest])];
  return files.find((file) => hasKey(file, key)) ?? rc ?? manifest ?? cwd;
}

function findUp(cwd: string, names: readonly string[]): string | null {
  const found = names.map((name) => path.join(cwd, name)).find((file) => existsSync(file));
  const parent = path.dirname(cwd);
  if (found !== undefined) return found;
  return parent === cwd ? null : findUp(parent, names);
}

/** A file and what it extends, nearest last: what is extended wins, as in load-nyc-config. */
function withExtended(file: string): string[] {
  const names = [readSettings(file).extends ?? []].flat();
  const resolve = createRequire(file).resolve;
  return [...names.flatMap((name) => withExtended(resolve(String(name)))), file];
}

function hasKey(file: string, key: string): boolean {
  const settings = readSettings(file);
  return Object.hasOwn(settings, key) || Object.hasOwn(settings, dashed(key));
}

function readSettings(file: string): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(readFileSync(file, "utf8"));
    const settings = path.basename(file) === "package.json" ? (content as { nyc?: unknown }).nyc : content;
    return typeof settings === "object" && settings !== null ? { ...settings } : {};
  } catch {
    // A script or YAML: its keys cannot be told apart from those of what it extends.
    return {};
  }
}
