const NEWLINE = 0x0a;

/**
 * Bytes as they come, in lines: however they are cut up on the way, the lines are the same. A letter of several bytes
 * holds no newline, so a whole line can be decoded by itself.
 */
export function lineReader() {
  let begun: Buffer[] = [];

  function whole(end: Buffer): string {
    if (begun.length === 0) return end.toString("utf8");
    const bytes = Buffer.concat([...begun, end]);
    begun = [];
    return bytes.toString("utf8");
  }

  return {
    /** The lines that end in this chunk. */
    take(chunk: Buffer): string[] {
      const lines: string[] = [];
      let from = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
        lines.push(whole(chunk.subarray(from, end)));
        from = end + 1;
      }
      if (from < chunk.length) begun.push(chunk.subarray(from));
      return lines;
    },
    /** What stands behind the last newline. */
    rest: () => Buffer.concat(begun).toString("utf8"),
  };
}
