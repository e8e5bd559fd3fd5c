import { readFileSync } from "node:fs";
import { luasOnPath } from "../engine/native/luaCommand.js";
import { releaseOf, wasmVersions } from "../engine/wasm/package/versions.js";

/** The version on a line of its own, for programs; then what else a report of a mistake should say. */
export function versionText(): string {
  const embedded = [
    ...wasmVersions.map((version) => releaseOf(version).replace("lua-", "")),
    "fengari (5.3)",
  ];
  const found = luasOnPath(process.env.PATH ?? "");
  return [
    version(),
    `Node ${process.versions.node} on ${process.platform}, ${process.arch}`,
    `Lua, embedded: ${embedded.join(", ")}`,
    `Lua, found: ${found.length === 0 ? "none" : found.join(", ")}`,
    "",
  ].join("\n");
}

/** That of the package. */
export function version(): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  );
  return manifest.version;
}
