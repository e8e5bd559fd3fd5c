import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { repository } from "./pages.js";

/**
 * Puts what npm packs into the `node_modules` of a folder, with its dependencies from here, as the registry is not
 * to be asked; its commands are in `bin`.
 */
export function installPackage(folder: string): void {
  const pack = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const [packed] = JSON.parse(
    execFileSync("npm", pack, { cwd: repository, encoding: "utf8", stdio: "pipe" }),
  );
  const home = path.join(folder, "node_modules/luacov-ts");
  for (const { path: name } of packed.files) cpSync(path.join(repository, name), path.join(home, name));
  const { dependencies, bin } = JSON.parse(readFileSync(path.join(home, "package.json"), "utf8"));
  for (const name of Object.keys(dependencies)) {
    link(path.join(repository, "node_modules", name), path.join(folder, "node_modules", name));
  }
  for (const [name, script] of Object.entries<string>(bin)) {
    link(path.join(home, script), path.join(folder, "bin", name));
  }
}

function link(target: string, name: string): void {
  mkdirSync(path.dirname(name), { recursive: true });
  if (!existsSync(name)) symlinkSync(target, name);
}
