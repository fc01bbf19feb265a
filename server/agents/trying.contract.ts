import fc from "fast-check";
import { expect } from "vitest";
import type { Agent, AgentFailure } from "@/sdk/agent";
import { schemaCheck } from "@/sdk/schema";

type Input = Readonly<Record<string, unknown>>;
export type Tried<Output> = { output: Output; detail: Readonly<Record<string, unknown>> };

/** Calls an agent as the studio does: what goes in and what comes out is held against its own schemas. */
export function trying<Output>(agent: Agent) {
  const checks = {
    input: schemaCheck("input", agent.manifest.input),
    output: schemaCheck("output", agent.manifest.output),
  };

  async function call(input: Input, signal = new AbortController().signal) {
    expect(checks.input(input)).toBeNull();
    const result = await agent.execute(input, { signal, executionId: "t", tell: () => {} });
    if (result.ok) expect(checks.output(JSON.parse(JSON.stringify(result.value.output)))).toBeNull();
    else
      expect(result.error).toMatchObject({ code: expect.stringMatching(/^[a-z]+(_[a-z0-9]+)+$/), message: sentence });
    return result;
  }

  return {
    call,
    async delivers(input: Input): Promise<Tried<Output>> {
      const result = await call(input);
      if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
      return { output: result.value.output as Output, detail: result.value.detail ?? {} };
    },
    async refuses(input: Input): Promise<AgentFailure> {
      const result = await call(input);
      if (result.ok) throw new Error("It was delivered.");
      return result.error;
    },
  };
}

/** What to do is said in words. */
const sentence = expect.stringMatching(/^[\p{L}\d].{10,}\.$/su);

/** Bytes that broke off, or in which some were changed on their way. */
export function damaged(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  const place = fc.nat(bytes.length - 1);
  const cut = place.map((length) => bytes.subarray(0, length));
  const flipped = fc.array(fc.tuple(place, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 20 });
  const changed = flipped.map((flips) => {
    const copy = Uint8Array.from(bytes);
    for (const [at, by] of flips) copy[at] = (copy[at] ?? 0) ^ by;
    return copy;
  });
  return fc.oneof(cut, changed);
}

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
