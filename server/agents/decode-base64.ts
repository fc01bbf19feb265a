import { done, type Outcome, refused } from "@/sdk/agent";

const LONGEST_HEAD = 200;

/** The bytes of a file that came as base64, with or without "data:…;base64," before it. */
export function decodeBase64(text: string): Outcome<Uint8Array> {
  const comma = text.startsWith("data:") ? text.slice(0, LONGEST_HEAD).indexOf(",") : -1;
  const bare = text.slice(comma + 1).replaceAll(/\s+/g, "");
  if (/^[A-Za-z0-9+/_-]*={0,2}$/.test(bare) && bare.length % 4 !== 1) return done(Buffer.from(bare, "base64"));
  return refused("file_not_base64", "The file is not base64. Encode its bytes so; a text can be given as it is.");
}
