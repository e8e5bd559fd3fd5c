import { requireFengari } from "./modules.js";
import { numberText } from "./numbers/numberText.js";

/**
 * What has to be mended before fengari itself is loaded: its modules take these functions out of each other's
 * exports as they load. The three modules here need none of the others. Read in fengari 0.1.5.
 */

/** `TString` of lstring.js. */
export interface TString {
  hash: string | null;
  getstr(): Uint8Array;
}

interface StringModule {
  luaS_hash(bytes: Uint8Array): string;
  luaS_hashlongstr(string: TString): string;
  luaS_newliteral(L: unknown, text: string): TString;
}

interface DefinitionModule {
  to_luastring(text: string, cache?: boolean): Uint8Array;
  from_userstring(text: string | Uint8Array): Uint8Array;
}

interface ConfigurationModule {
  lua_number2str(n: number): string;
}

const definitions: DefinitionModule = requireFengari("defs.js");
const strings: StringModule = requireFengari("lstring.js");
const configuration: ConfigurationModule = requireFengari("luaconf.js");

/** Strings this short are joined from single characters, which takes less than a call into Node. */
const SHORT = 24;
const CHARACTERS = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte));

/**
 * The key of a string in tables, also what strings are compared by: its bytes as characters. fengari's own
 * joins hexadecimal digits without leading zeros, for which "\1\35" and "\18\3" are the same key and "\9" is
 * greater than "\16". The bar keeps strings apart from light userdata.
 */
function hashOf(bytes: Uint8Array): string {
  if (bytes.length > SHORT) {
    return `|${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1")}`;
  }
  let text = "|";
  for (let index = 0; index < bytes.length; index++) text += CHARACTERS[bytes[index] ?? 0];
  return text;
}

strings.luaS_hash = hashOf;
strings.luaS_hashlongstr = (string) => {
  if (string.hash === null) string.hash = hashOf(string.getstr());
  return string.hash;
};

/** Messages that are not lua5.3's. */
const corrections = new Map([
  ["JS stack overflow", "C stack overflow"],
  ["JS levels", "C levels"],
  ["\n\t(...tail calls..)", "\n\t(...tail calls...)"],
  ["strings contains zeros", "string contains zeros"],
  ["malformed pattern (missing arguments to '%%b'", "malformed pattern (missing arguments to '%%b')"],
]);
const corrected = (text: string) => corrections.get(text) ?? text;
const newLiteral = strings.luaS_newliteral;
strings.luaS_newliteral = (L, text) => newLiteral(L, corrected(text));
const encode = definitions.to_luastring;
definitions.to_luastring = (text, cache) => encode(corrected(text), cache);
const fromUser = definitions.from_userstring;
definitions.from_userstring = (text) => fromUser(typeof text === "string" ? corrected(text) : text);

configuration.lua_number2str = numberText;
