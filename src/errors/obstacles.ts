/** What the system says where something else is in the place of a file or folder, in words; null for anything else. */
export function inTheWay(cause: unknown): string | null {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return reasons[code] ?? null;
}

const reasons: Readonly<Record<string, string>> = {
  EEXIST: "a file is where a folder must be; name another place, or remove that file",
  ENOTDIR: "a file is where a folder must be; name another place, or remove that file",
  EISDIR: "a folder is where a file must be; name a file in it, or another place",
};
