import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { repository } from "./pages.js";

/**
 * Puts the package, as npm packs it, into the `node_modules` of a folder, with its dependencies from here, as the registry is not
 * to be asked; its commands are in `bin`.
 */
export function installPackage(folder: string): void {
  const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const [packed] = JSON.parse(
    execFileSync("npm", pack, { cwd: repository, encoding: "utf8", stdio: "pipe" }),
  );
  const home = path.join(folder, "node_modules/luacov-ts");
  mkdirSync(home, { recursive: true });
  execFileSync("tar", ["-xf", path.join(folder, packed.filename), "-C", home, "--strip-components", "1"]);
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
