const triplets: Readonly<Record<string, string>> = {
  x64: "x86_64-linux-gnu",
  arm64: "aarch64-linux-gnu",
  arm: "arm-linux-gnueabihf",
  ia32: "i386-linux-gnu",
  riscv64: "riscv64-linux-gnu",
  s390x: "s390x-linux-gnu",
  ppc64: "powerpc64le-linux-gnu",
};

/** Where Debian installs modules in C for a version of Lua. */
export function folderOfLibraries(version: string): string {
  return `/usr/lib/${triplets[process.arch] ?? process.arch}/lua/${version}`;
}

/** Where Debian's Lua looks for modules in C; LUA_CPATH comes first, and in it ";;" stands for this. */
const fallback = [
  "/usr/local/lib/lua/5.3/?.so",
  `${folderOfLibraries("5.3")}/?.so`,
  "/usr/lib/lua/5.3/?.so",
  "/usr/local/lib/lua/5.3/loadall.so",
  "./?.so",
].join(";");

/** The value of package.cpath: nothing there can be loaded, but a program is told what it has found. */
export function libraryPath(environment: NodeJS.ProcessEnv = process.env): string {
  const given = environment.LUA_CPATH_5_3 ?? environment.LUA_CPATH;
  if (given === undefined) return fallback;
  return given
    .replaceAll(";;", `;${fallback};`)
    .replace(/^;(?=\/usr\/local)/, "")
    .replace(/;$/, "");
}
