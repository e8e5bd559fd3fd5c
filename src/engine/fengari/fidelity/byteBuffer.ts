import { createPieces } from "../../host/primitives/memory.js";

/** Bytes that are put together piece by piece. */
export class ByteBuffer {
  private readonly pieces = createPieces();

  add(bytes: Uint8Array): void {
    if (bytes.length > 0) this.pieces.add(bytes);
  }

  bytes(): Uint8Array {
    return this.pieces.joined();
  }
}
