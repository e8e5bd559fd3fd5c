/** Bytes that are put together piece by piece. */
export class ByteBuffer {
  private readonly pieces: Uint8Array[] = [];

  add(bytes: Uint8Array): void {
    if (bytes.length > 0) this.pieces.push(bytes);
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.pieces);
  }
}
