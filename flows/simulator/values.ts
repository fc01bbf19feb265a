import type { Digest } from "../basics/ids";
import type { Json } from "../basics/json";
import { digestOf } from "../plan/digest";
import type { ValuesPort } from "../ports/values";

/** Values held in memory, by their content. */
export function memoryValues(): ValuesPort {
  const kept = new Map<Digest, Json>();
  return {
    async put(value) {
      const digest = digestOf(value);
      kept.set(digest, value);
      return digest;
    },
    get: async (digest) => kept.get(digest) ?? null,
  };
}
