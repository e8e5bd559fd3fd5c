import path from "node:path";
import { unreadableConfig } from "../../errors.js";
import { readContent } from "../../files/files.js";
import { parseJson, parseJsonWithComments } from "../../files/json.js";
import { yaml } from "../yaml.js";

/** Keys as they are spelt in a file, and their values. */
export type Settings = Readonly<Record<string, unknown>>;

const scripts: readonly string[] = [".js", ".cjs", ".mjs", ".ts", ".cts", ".mts"];

/** What a configuration file holds. Throws CONFIG for what cannot be read, or is no object. */
export async function readSettings(file: string): Promise<Settings> {
  const ending = path.extname(file).toLowerCase();
  if (!scripts.includes(ending)) return objectIn(file, read(file, ending));
  const { run } = await import("./scripts.js");
  return objectIn(file, await run(file));
}

/** What a package.json holds. Throws CONFIG. */
export function readManifest(file: string): Settings {
  return objectIn(file, read(file, ".json"));
}

/** What a value of a configuration has to be. Throws CONFIG. */
export function objectIn(file: string, value: unknown): Settings {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw unreadableConfig(file, "it must hold an object with the keys that luacov-ts --help lists");
}

function read(file: string, ending: string): unknown {
  try {
    const content = readContent(file);
    if (ending === ".yml" || ending === ".yaml")
      return yaml().parse(content.toString("utf8"), { logLevel: "error" });
    return ending === ".jsonc" ? parseJsonWithComments(content) : parseJson(content);
  } catch (cause) {
    throw unreadableConfig(file, cause);
  }
}
