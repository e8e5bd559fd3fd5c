/** As many bytes as Lua shows of a chunk, in luaconf.h. */
const most = 59;

/** How Lua shows a chunk that is no file, by its name; of both, each byte is a character. */
export function shownChunk(source: string): string {
  if (source.startsWith("=")) return source.slice(1, most + 1);
  const [first = ""] = source.split("\n");
  const [before, dots, after] = ['[string "', "...", '"]'];
  const room = most - before.length - dots.length - after.length;
  if (first === source && source.length <= room) return `${before}${source}${after}`;
  return `${before}${first.slice(0, room)}${dots}${after}`;
}
