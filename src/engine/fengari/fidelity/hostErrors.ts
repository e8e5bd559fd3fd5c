import { toText } from "../fengari.js";
import { objects } from "./machine.js";

/**
 * An operation that fails in a function of the host libraries, such as indexing nil, raises a message without
 * a position, as it would in C. ldebug.js puts the position before the message, which is at the top of the stack.
 */
const format = objects.luaO_pushfstring;
objects.luaO_pushfstring = (L, text, ...args) => {
  const [chunk, line, message] = args;
  const isHost = line === -1 && chunk instanceof Uint8Array && toText(chunk) === "[C]";
  return isHost && message instanceof Uint8Array ? message : format(L, text, ...args);
};
