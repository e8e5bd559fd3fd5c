import { constants } from "node:os";
import { messages } from "../../host/primitives/failure.js";
import type { MachineMemory } from "../machine/memory.js";

/**
 * C's library has numbers of errors of its own in WebAssembly, and words that are not those of the C libraries that people
 * know: `strerror` goes through a list of numbers of a byte each, that ends with 0, and a list of texts in the same order.
 * Both are written anew here. Throws where they are not what they were.
 */
export function writeErrors(memory: MachineMemory): void {
  const texts = place(memory, Buffer.from(`${firstText}\0Domain error\0`));
  const end = memory.bytes().indexOf(0, place(memory, Buffer.from(`\0${lastText}\0`)) + 1);
  const numbers = placeOfNumbers(memory, texts);
  // How many there are is a constant in the code, behind which the last text stands for all other numbers.
  const count = memory.copy(texts, end - texts).filter((byte) => byte === 0).length;
  const known = knownErrors(end - texts - count, count);
  const free = Array.from({ length: count - known.length }, () => ({ errno: unused, message: "" }));
  const all = [...known, ...free];
  memory.write(numbers, Uint8Array.from(all.map(({ errno }) => errno)));
  memory.write(texts, Buffer.from([...all.map(({ message }) => message), lastText, ""].join("\0")));
}

const firstText = "Illegal byte sequence";
/** No error has this number. */
const unused = 255;
const lastText = "No error information";

/** In which order WebAssembly's numbers of the first errors are there. */
const firstNumbers = Uint8Array.of(25, 18, 68, 59, 2, 63, 44, 71);

function place(memory: MachineMemory, bytes: Uint8Array): number {
  const found = Buffer.from(memory.bytes().buffer).indexOf(bytes);
  if (found === -1) throw new Error("the texts of errors are not where they were");
  return found;
}

function placeOfNumbers(memory: MachineMemory, texts: number): number {
  const found = place(memory, firstNumbers);
  if (texts < found || texts - found > 256) throw new Error("the numbers of errors are not where they were");
  return found;
}

interface KnownError {
  readonly errno: number;
  readonly message: string;
}

/** As many as there is room for, in bytes of text and in numbers. */
function knownErrors(room: number, count: number): KnownError[] {
  const known: KnownError[] = [];
  let left = room - lastText.length - 1;
  for (const [code, errno] of Object.entries(constants.errno)) {
    const message = messages[code];
    if (message === undefined || errno >= unused || known.some((each) => each.errno === errno)) continue;
    left -= Buffer.byteLength(message) + 1;
    if (left < 0 || known.length === count) break;
    known.push({ errno, message });
  }
  return known;
}
