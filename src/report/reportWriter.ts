import { readFileSync } from "node:fs";
import path from "node:path";
import type { ContentWriter, FileWriter } from "istanbul-lib-report";

interface TextWriter extends ContentWriter {
  write(text: string): void;
}

/** In characters. A report of millions of lines would be a string for each until its end. */
const pieceLength = 65_536;

type Place = (name: string, content: Uint8Array) => void;

/**
 * In place of Istanbul's own writer, which opens each file by its path, whatever link a test has put there. It hands
 * over a file once that is complete.
 */
export class ReportWriter {
  readonly #folder: string;
  readonly #standard: FileWriter;
  readonly #place: Place;

  /** `standard` writes to standard output. `place` gets names of files from the folder of all reports on. */
  constructor(standard: FileWriter, place: Place, folder = "") {
    this.#standard = standard;
    this.#place = place;
    this.#folder = folder;
  }

  /** To standard output for "-" or without a name. */
  writeFile(name: string | null): ContentWriter {
    if (name === null || name === "-") return this.#standard.writeFile(name);
    const pieces: Buffer[] = [];
    let piece = "";
    const write = (text: string) => {
      piece += text;
      if (piece.length < pieceLength) return;
      pieces.push(Buffer.from(piece));
      piece = "";
    };
    const writer: TextWriter = {
      write,
      println: (text) => write(`${text}\n`),
      colorize: (text) => text,
      close: () => this.#put(name, Buffer.concat([...pieces, Buffer.from(piece)])),
    };
    return writer;
  }

  copyFile(source: string, name: string, header = ""): void {
    this.#put(name, Buffer.concat([Buffer.from(header), readFileSync(source)]));
  }

  writerForDir(name: string): ReportWriter {
    return new ReportWriter(this.#standard, this.#place, path.join(this.#folder, name));
  }

  #put(name: string, content: Uint8Array): void {
    this.#place(path.join(this.#folder, name), content);
  }
}
