import { LuacovError, perhaps, usage } from "../errors.js";
import { visible } from "../files/visible.js";
import { listed } from "../words.js";

export function noSuchProject(file: string, pattern: string): LuacovError {
  const text = `"projects" in ${visible(file)} names "${visible(pattern)}", and there is no such folder`;
  return new LuacovError("CONFIG", text);
}

export function namelessProject(file: string, entry: object): LuacovError {
  const text = `A project in ${visible(file)} has no "name": ${visible(JSON.stringify(entry))}`;
  return new LuacovError("CONFIG", text);
}

/** An error that is about one of several projects. */
export function inProject(name: string, { code, message }: LuacovError): LuacovError {
  return new LuacovError(code, `In the project "${visible(name)}": ${message}`);
}

/** `names` are those of the projects. */
export function noTestsInProjects(patterns: readonly string[], names: readonly string[]): LuacovError {
  const files = patterns.length === 0 ? "any test file" : `"${visible(patterns.join(" "))}" among its tests`;
  return new LuacovError("NO_TESTS", `No project has ${files}; there are ${quoted(names)}`);
}

/** `names` are those that there are. */
export function unknownProject(pattern: string, names: readonly string[]): LuacovError {
  const known = names.length === 0 ? "the configuration has no projects" : `there are ${quoted(names)}`;
  return usage(`No project matches "${visible(pattern)}"${perhaps(pattern, names)}: ${known}`);
}

function quoted(names: readonly string[]): string {
  return listed(names.map((name) => `"${visible(name)}"`));
}
