const byteOrderMark = [0xef, 0xbb, 0xbf] as const;
const NEWLINE = 0x0a;
const HASH = 0x23;

/** What luaL_loadfile skips and luaL_loadbuffer does not: a byte order mark and a first line with "#". */
export function withoutFirstLineComment(text: Uint8Array): Uint8Array {
  const hasMark = byteOrderMark.every((byte, index) => text[index] === byte);
  const code = hasMark ? text.subarray(byteOrderMark.length) : text;
  if (code[0] !== HASH) return code;
  const end = code.indexOf(NEWLINE);
  return end === -1 ? code.subarray(code.length) : code.subarray(end);
}
