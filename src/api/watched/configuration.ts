import path from "node:path";
import { nycNames, ownNames } from "../../config/read/places.js";
import type { Config } from "../../types.js";

const names: readonly string[] = [...ownNames, ...nycNames, "package.json"];

/** Which of some files configure, by their usual names, as what is `named`, or as another tool's that counts for one of the configurations. */
export function configurationAmong(
  files: Iterable<string>,
  configs: readonly Config[],
  named: readonly string[],
): readonly string[] {
  const others = configs.map(isOthers);
  return [...files].filter(
    (file) =>
      names.includes(path.basename(file)) || named.includes(file) || others.some((counts) => counts(file)),
  );
}

/** Configuration of other tools' that counts here. */
export function isOthers({ cwd, configFile, luacov }: Config): (file: string) => boolean {
  const busted = path.resolve(cwd, configFile ?? ".busted");
  const own = luacov?.file ?? path.join(cwd, ".luacov");
  const isRockspec = (file: string) => path.dirname(file) === cwd && file.endsWith(".rockspec");
  return (file) => file === busted || file === own || isRockspec(file);
}
