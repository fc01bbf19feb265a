import { done, type Outcome, refused } from "@/sdk/agent";

export type ImageFacts = { format: "png" | "jpeg" | "gif" | "webp"; width: number; height: number };

const MOST_BYTES = 4 * 1024 * 1024;
const MOST_PIXELS = 40_000_000;
const LONGEST_SIDE = 16_384;

/** What a picture's first bytes say. It is not unpacked here: a small file may be made to unpack to a huge picture. */
export function readImage(bytes: Uint8Array): Outcome<ImageFacts> {
  if (bytes.length === 0) return refused("image_empty", "There is no image. Give a PNG, JPEG, GIF or WebP as base64.");
  if (bytes.length > MOST_BYTES) return refused("image_too_large", "The image is larger than 4 MB. Save it smaller.");
  const view = Buffer.from(bytes);
  const facts = png(view) ?? gif(view) ?? webp(view) ?? jpeg(view);
  if (!facts)
    return refused("image_unknown", "It is no PNG, JPEG, GIF or WebP, or it breaks off. Save it as one of them.");
  const { width, height } = facts;
  const isFine = width > 0 && height > 0 && width * height <= MOST_PIXELS && Math.max(width, height) <= LONGEST_SIDE;
  if (isFine) return done(facts);
  return refused("image_too_large", `The image says it is ${width} by ${height} pixels. Save it smaller.`);
}

function png(view: Buffer): ImageFacts | null {
  const isPng = view.length >= 24 && view.subarray(0, 8).equals(Buffer.from("\x89PNG\r\n\x1a\n", "latin1"));
  return isPng ? { format: "png", width: view.readUInt32BE(16), height: view.readUInt32BE(20) } : null;
}

function gif(view: Buffer): ImageFacts | null {
  const isGif = view.length >= 10 && /^GIF8[79]a$/.test(view.toString("latin1", 0, 6));
  return isGif ? { format: "gif", width: view.readUInt16LE(6), height: view.readUInt16LE(8) } : null;
}

function webp(view: Buffer): ImageFacts | null {
  if (view.length < 30 || view.toString("latin1", 0, 4) !== "RIFF" || view.toString("latin1", 8, 12) !== "WEBP")
    return null;
  switch (view.toString("latin1", 12, 16)) {
    case "VP8X":
      return { format: "webp", width: view.readUIntLE(24, 3) + 1, height: view.readUIntLE(27, 3) + 1 };
    case "VP8L": {
      const bits = view.readUInt32LE(21);
      return { format: "webp", width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case "VP8 ":
      return { format: "webp", width: view.readUInt16LE(26) & 0x3fff, height: view.readUInt16LE(28) & 0x3fff };
    default:
      return null;
  }
}

/** Walks from mark to mark up to the one that says how large the picture is. */
function jpeg(view: Buffer): ImageFacts | null {
  if (view.length < 4 || view.readUInt16BE(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 <= view.length; ) {
    if (view[at] !== 0xff) return null;
    const mark = view[at + 1] ?? 0;
    if (mark === 0xff) at += 1;
    else if (mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark))
      return { format: "jpeg", width: view.readUInt16BE(at + 7), height: view.readUInt16BE(at + 5) };
    else at += 2 + Math.max(2, view.readUInt16BE(at + 2));
  }
  return null;
}
