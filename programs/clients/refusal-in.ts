import { refusalOf } from "./escrow-refusals";

const FAILED = /^Program (\w+) failed: custom program error: 0x([0-9a-f]+)/;

/** The name that our program gives to its refusal, when the log of a failed transaction ends with one. */
export function refusalIn(log: readonly string[]): string | undefined {
  const last = log.findLast((line) => FAILED.test(line));
  const code = last ? FAILED.exec(last)?.[2] : undefined;
  return code === undefined ? undefined : refusalOf(Number.parseInt(code, 16));
}
