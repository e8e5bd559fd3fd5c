import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import path from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { expect, test } from "vitest";
import { root } from "./command.js";
import { makeFolder } from "./support/folder.js";

interface Manifest {
  readonly version: string;
  readonly man: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
}

const manifest: Manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));

test("the package holds the command, the library with its types, and what a reader needs", () => {
  const files = packedFiles();
  const pages = readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(md|png)$/.test(name))
    .map((name) => `docs/${name.split(path.sep).join("/")}`);
  expect(files.filter((file) => file.startsWith("docs/")).sort()).toEqual(pages.sort());
  const outsideDist = files.filter((file) => !/^(dist|docs|examples)\//.test(file));
  expect(outsideDist.sort()).toEqual([
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "action.yml",
    "bin/luacov-ts-lua.js",
    "bin/luacov-ts.js",
    "package.json",
  ]);
  expect(files).toEqual(
    expect.arrayContaining([
      "dist/index.js",
      "dist/index.d.ts",
      "dist/luacov-ts.1",
      "dist/harness/run/embedded/worker.js",
    ]),
  );
});

test("what a packed page links to is in the package", () => {
  const files = packedFiles();
  const isThere = (target: string) => files.some((file) => file === target || file.startsWith(`${target}/`));
  const broken = files
    .filter((file) => file.endsWith(".md"))
    .flatMap((page) => linksIn(page).map((link) => ({ page, link })))
    .filter(({ page, link }) => !isThere(path.posix.join(path.posix.dirname(page), link).replace(/\/$/, "")));
  expect(broken).toEqual([]);
});

test("the manual page is in a list, without which npm links none", () => {
  expect(manifest.man).toEqual(["./dist/luacov-ts.1"]);
});

test("publint has nothing to say", async () => {
  const folder = makeFolder({});
  npm("pack", "--pack-destination", folder);
  const tarball = readFileSync(path.join(folder, `luacov-ts-${manifest.version}.tgz`));
  const { messages, pkg } = await publint({ pack: { tarball: arrayBuffer(tarball) }, level: "suggestion" });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

test("the types of the library need none of Node's, which a project may not have", () => {
  const folder = makeFolder({
    "tsconfig.json": JSON.stringify({ compilerOptions, files: [path.join(root, "dist/index.d.ts")] }),
  });
  const tsc = path.join(root, "node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "--listFiles", "-p", folder], {
    encoding: "utf8",
  });
  expect(stdout).toContain("dist/index.d.ts");
  expect(stdout.match(/.*(: error |@types\/node).*/g)).toBeNull();
  // Nor those of a package that is only there while this one is made.
  const packages = stdout.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)\/.*$/gm);
  const others = Array.from(packages, ([, name = ""]) => name).filter((name) => !/^@?typescript/.test(name));
  expect([...new Set(others)].filter((name) => !(name in manifest.dependencies))).toEqual([]);
  expect(status).toBe(0);
});

const compilerOptions = { noEmit: true, strict: true, types: [], target: "es2022", module: "nodenext" };

/** Packages of which the build takes what is needed, with their licences. */
function packagesWithin(): readonly string[] {
  const licences = readFileSync(path.join(root, "dist/LICENSES.txt"), "utf8");
  return Array.from(licences.matchAll(/^(\S+) \d+\.\d+\.\d+ \(\S+\)$/gm), ([, name = ""]) => name);
}

test("the dependencies are exactly what the sources import, but for what is within the package", () => {
  const imported = sourceFiles().flatMap((file) => importedPackages(readFileSync(file, "utf8")));
  // The public types name those of istanbul-lib-coverage, which has none of its own.
  const within = packagesWithin();
  expect(within).toEqual(["valibot"]);
  const expected = new Set(
    [...imported, "@types/istanbul-lib-coverage"].filter((name) => !within.includes(name)),
  );
  expect(Object.keys(manifest.dependencies).sort()).toEqual([...expected].sort());
});

test("the changelog has a section for what is to come, and one for the version with its date", () => {
  const text = readFileSync(path.join(root, "CHANGELOG.md"), "utf8");
  const sections = Array.from(text.matchAll(/^## (.*)$/gm), ([, name]) => name);
  expect(sections[0]).toBe("[Unreleased]");
  expect(sections[1]).toMatch(new RegExp(`^\\[${manifest.version}\\] - \\d{4}-\\d\\d-\\d\\d$`));
});

/** What `npm pack` takes. */
function packedFiles(): string[] {
  const [packed] = JSON.parse(npm("pack", "--dry-run", "--json"));
  return packed.files.map((file: { path: string }) => file.path);
}

/** Relative links of a page, without places in the other one; what is code is none. */
function linksIn(page: string): string[] {
  const text = readFileSync(path.join(root, page), "utf8").replace(/^ *```.*?^ *```$|`[^`\n]*`/gms, "");
  const links = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, link = ""]) => link.replace(/#.*$/, ""));
  return links.filter((link) => link !== "" && !/^[a-z]+:/.test(link));
}

/** Without scripts: `prepack` would rebuild dist under the feet of other tests. */
function npm(...args: readonly string[]): string {
  return execFileSync("npm", [...args, "--ignore-scripts"], { cwd: root, encoding: "utf8", stdio: "pipe" });
}

function sourceFiles(): string[] {
  const files = readdirSync(path.join(root, "src"), { recursive: true, encoding: "utf8" });
  return files.filter((file) => /(?<!\.d)\.ts$/.test(file)).map((file) => path.join(root, "src", file));
}

/** The packages of import and export statements, of `import()` and of `require()`. */
function importedPackages(text: string): string[] {
  const specifiers = text.matchAll(/(?:\bfrom |\bimport |(?:import|require|resolve|\))\()"([^"]+)"/g);
  const names = Array.from(specifiers, ([, specifier = ""]) => specifier);
  const packages = names.filter((name) => !/^[./]/.test(name) && !isBuiltin(name));
  return packages.map((name) => name.split("/", name.startsWith("@") ? 2 : 1).join("/"));
}

function arrayBuffer(bytes: Buffer): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
