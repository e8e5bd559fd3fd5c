/** A project's paths in a copy of it. */

/** Text with all paths of a folder as those of another one: alone, in templates of Lua, and in messages. */
export function movedText(text: string, from: string, to: string): string {
  let moved = "";
  let at = 0;
  for (let found = text.indexOf(from); found !== -1; found = text.indexOf(from, found + from.length)) {
    const isWhole = !inName.test(text.charAt(found - 1)) && !inName.test(text.charAt(found + from.length));
    if (!isWhole) continue;
    moved += text.slice(at, found) + to;
    at = found + from.length;
  }
  return moved + text.slice(at);
}

/** What would make a path that of something else. */
const inName = /[\w.+-]/;

/** Plain data with all such paths in its texts. */
export function moved<Data>(data: Data, from: string, to: string): Data {
  const replace = (_: string, value: unknown) =>
    typeof value === "string" ? movedText(value, from, to) : value;
  return JSON.parse(JSON.stringify(data, replace));
}
