import type { Pool } from "pg";
import type { Digest } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { canonicalJson } from "@/flows/plan/canonical";
import { sha256Hex } from "@/flows/plan/digest";
import type { ValuesPort } from "@/flows/ports/values";
import { recentValues } from "./recent";

const CACHED_CHARACTERS = 4_000_000;

/**
 * Values in Postgres, as the canonical JSON that their digest was taken over. That text escapes every control
 * character, NUL included, which Postgres cannot store as such.
 */
export function postgresValues(pool: Pool): ValuesPort {
  const recent = recentValues(CACHED_CHARACTERS);

  return {
    async put(value) {
      const body = canonicalJson(value);
      const digest = sha256Hex(body);
      if (recent.has(digest)) return digest; // it came from the table or went there, and rows are never deleted
      await pool.query("insert into value (digest, body) values ($1, $2) on conflict (digest) do nothing", [
        digest,
        body,
      ]);
      recent.keep({ digest, value: copyOf(body), size: body.length });
      return digest;
    },
    async get(digest) {
      const known = recent.get(digest);
      if (known !== undefined) return known;
      const { rows } = await pool.query<{ body: string }>("select body from value where digest = $1", [digest]);
      const [row] = rows;
      if (!row) return null;
      return remembered(digest, row.body);
    },
  };

  function remembered(digest: Digest, body: string): Json {
    const value = copyOf(body);
    recent.keep({ digest, value, size: body.length });
    return value;
  }
}

/** A value of its own, so that nobody who still holds the original can change what the digest stands for. */
function copyOf(body: string): Json {
  return JSON.parse(body) as Json;
}
