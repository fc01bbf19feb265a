import { done, type Outcome, refused } from "@/sdk/agent";

export type Parts = Readonly<Record<string, Uint8Array>>;

/** Units: bytes, unpacked. A report of 500 pages comes to a tenth of it. */
const MOST_BYTES = 60_000_000;
const MOST_PARTS = 2_000;
/** A reference to an entity is text that somebody else defines, ten times over if they like. */
const DEFINES = /<!DOCTYPE|<!ENTITY/i;

/**
 * Unpacks the XML of an office file, and counts what comes out while it comes: the sizes that a file declares of itself
 * may be lies. Pictures, fonts and programs in it are left packed.
 */
export async function unpack(bytes: Uint8Array): Promise<Outcome<Parts>> {
  const { Unzip, UnzipInflate, UnzipPassThrough } = await import("fflate");
  const parts: Record<string, Uint8Array> = Object.create(null);
  let [size, count, fault] = [0, 0, ""];
  const unzip = new Unzip((file) => {
    count++;
    if (fault || !/\.(?:xml|rels)$/i.test(file.name)) return;
    const chunks: Uint8Array[] = [];
    file.ondata = (problem, chunk, isLast) => {
      size += chunk?.length ?? 0;
      if (problem) fault = "broken";
      if (size > MOST_BYTES || count > MOST_PARTS) {
        fault = "large";
        file.terminate();
      }
      if (fault) return;
      chunks.push(chunk);
      if (isLast) parts[file.name] = Buffer.concat(chunks);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  unzip.register(UnzipPassThrough);
  try {
    for (let from = 0; from < bytes.length && !fault; from += 16_384)
      unzip.push(bytes.subarray(from, from + 16_384), from + 16_384 >= bytes.length);
  } catch {
    fault ||= "broken";
  }
  return fault ? (fault === "large" ? unpacksTooLarge() : broken()) : judged(parts);
}

function judged(parts: Parts): Outcome<Parts> {
  const defining = Object.values(parts).some((part) => DEFINES.test(Buffer.from(part).toString("latin1")));
  if (!defining) return done(parts);
  return refused("xml_refused", "Its XML defines entities, which no office program writes. Save it anew with one.");
}

/** Packs only what was counted: another reader then sees no part that this one did not. */
export async function packAgain(parts: Parts): Promise<Uint8Array> {
  const { zipSync } = await import("fflate");
  return zipSync({ ...parts }, { level: 0 });
}

function unpacksTooLarge(): Outcome<never> {
  return refused(
    "document_too_large",
    `It unpacks to more than ${MOST_BYTES / 1_000_000} MB of text. Send a part of it.`,
  );
}

function broken(): Outcome<never> {
  return refused("file_broken", "It breaks off, or is damaged. Save it anew, and send the whole file.");
}
