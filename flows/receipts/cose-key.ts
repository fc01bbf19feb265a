/** A public key of a passkey, as WebAuthn has it: one of the three kinds that authenticators make for this studio. */
export type CoseKey =
  | { alg: "ES256"; point: Uint8Array }
  | { alg: "EdDSA"; key: Uint8Array }
  | { alg: "RS256"; modulus: Uint8Array; exponent: Uint8Array };

/** The numbers of RFC 9053: 1 kind, 3 algorithm, -1 curve or modulus, -2 x or exponent, -3 y. */
type Fields = ReadonlyMap<number, number | Uint8Array>;

/** Reads a COSE_Key (RFC 9052, 7), and nothing behind it; null for whatever is none that can be checked. */
export function readCoseKey(bytes: Uint8Array): CoseKey | null {
  const fields = mapOf(bytes);
  if (!fields) return null;
  const kind = `${fields.get(1)}/${fields.get(3)}`;
  if (kind === "2/-7" && fields.get(-1) === 1) return es256(fields);
  if (kind === "1/-8" && fields.get(-1) === 6) return edDsa(fields);
  return kind === "3/-257" ? rs256(fields) : null;
}

function es256(fields: Fields): CoseKey | null {
  const [x, y] = [ofLength(fields.get(-2), 32), ofLength(fields.get(-3), 32)];
  return x && y ? { alg: "ES256", point: Uint8Array.from([4, ...x, ...y]) } : null;
}

function edDsa(fields: Fields): CoseKey | null {
  const key = ofLength(fields.get(-2), 32);
  return key ? { alg: "EdDSA", key } : null;
}

function rs256(fields: Fields): CoseKey | null {
  const [modulus, exponent] = [fields.get(-1), fields.get(-2)];
  if (!(modulus instanceof Uint8Array) || !(exponent instanceof Uint8Array)) return null;
  // Below 2048 bits it can be broken; above 4096 no authenticator goes.
  if (modulus.length < 256 || modulus.length > 512 || exponent.length > 4) return null;
  return { alg: "RS256", modulus, exponent };
}

function ofLength(field: number | Uint8Array | undefined, length: number): Uint8Array | null {
  return field instanceof Uint8Array && field.length === length ? field : null;
}

/** As much of CBOR (RFC 8949) as such keys are written in: one map of small numbers to numbers and rows of bytes. */
function mapOf(bytes: Uint8Array): Fields | null {
  const head = headAt(bytes, 0);
  if (head?.major !== 5 || head.value > 16) return null;
  const fields = new Map<number, number | Uint8Array>();
  let at = head.next;
  for (let left = head.value; left > 0; left--) {
    const key = itemAt(bytes, at);
    const item = key ? itemAt(bytes, key.next) : null;
    if (typeof key?.item !== "number" || !item || fields.has(key.item)) return null;
    fields.set(key.item, item.item);
    at = item.next;
  }
  return at === bytes.length ? fields : null;
}

function itemAt(bytes: Uint8Array, at: number): { item: number | Uint8Array; next: number } | null {
  const head = headAt(bytes, at);
  if (!head) return null;
  const { major, value, next } = head;
  if (major === 0) return { item: value, next };
  if (major === 1) return { item: -1 - value, next };
  if (major !== 2 || next + value > bytes.length) return null;
  return { item: bytes.slice(next, next + value), next: next + value };
}

/** The first three bits say what comes, the other five how much, or in how many bytes that is written. */
function headAt(bytes: Uint8Array, at: number): { major: number; value: number; next: number } | null {
  const first = bytes[at];
  if (first === undefined) return null;
  const [major, low] = [first >> 5, first & 31];
  if (low < 24) return { major, value: low, next: at + 1 };
  if (low > 25) return null;
  const width = low - 23;
  if (at + 1 + width > bytes.length) return null;
  const value = bytes.slice(at + 1, at + 1 + width).reduce((sum, byte) => sum * 256 + byte, 0);
  return { major, value, next: at + 1 + width };
}
