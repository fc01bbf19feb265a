import { ed25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import { base64url, bytesOfBase64url } from "../basics/base64url";
import type { Digest } from "../basics/ids";
import { sha256Hex } from "../plan/digest";
import { type CoseKey, readCoseKey } from "./cose-key";
import { isSignedByRsa } from "./rsa-signature";

/** What an authenticator signed, and for whom: bytes in base64url, the key as COSE. `challenge` is what it had to sign. */
export type PasskeySigned = {
  publicKey: string;
  rpId: string;
  origin: string;
  challenge: Digest;
  authenticatorData: string;
  clientDataJSON: string;
  signature: string;
};

const ClientData = z.looseObject({ type: z.literal("webauthn.get"), challenge: z.string(), origin: z.string() });
const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;

/**
 * Whether a passkey of this studio's name signed exactly this challenge, with its user there and verified: what the studio
 * asks of it, except for its counter, which only the studio knows. Source: Web Authentication Level 3, 7.2.
 */
export function isSignedByPasskey(signed: PasskeySigned): boolean {
  const { authenticatorData, clientDataJSON, publicKey, signature } = signed;
  const [authenticator, client] = [bytesOfBase64url(authenticatorData), bytesOfBase64url(clientDataJSON)];
  const [key, proof] = [bytesOfBase64url(publicKey), bytesOfBase64url(signature)];
  if (!authenticator || !client || !key || !proof) return false;
  if (!isForHere(client, signed) || !isByUser(authenticator, signed.rpId)) return false;
  const read = readCoseKey(key);
  return read !== null && verifies(read, proof, Uint8Array.from([...authenticator, ...sha256(client)]));
}

function isForHere(client: Uint8Array, { origin, challenge, rpId }: PasskeySigned): boolean {
  const read = ClientData.safeParse(parsed(client));
  if (!read.success) return false;
  const asked = base64url(hexToBytes(challenge));
  return read.data.challenge === asked && read.data.origin === origin && isNameOf(rpId, origin);
}

/** The name of a studio is that of its address, or one above it. */
function isNameOf(rpId: string, origin: string): boolean {
  const [, host = ""] = /^https?:\/\/([a-z0-9.-]+)(?::\d+)?$/.exec(origin) ?? [];
  return host === rpId || (rpId !== "" && host.endsWith(`.${rpId}`));
}

/** The first 32 bytes are the digest of the name, the next one what the authenticator says of its user. */
function isByUser(authenticator: Uint8Array, rpId: string): boolean {
  const asked = USER_PRESENT | USER_VERIFIED;
  const named = authenticator.length >= 37 && bytesToHex(authenticator.slice(0, 32)) === sha256Hex(rpId);
  return named && ((authenticator[32] ?? 0) & asked) === asked;
}

/** The libraries throw at bytes that are no signature, or no point of the curve; those sign nothing. */
function verifies(key: CoseKey, signature: Uint8Array, message: Uint8Array): boolean {
  try {
    if (key.alg === "RS256") return isSignedByRsa(signature, message, key);
    if (key.alg === "EdDSA") return ed25519.verify(signature, message, key.key, { zip215: false });
    return p256.verify(signature, message, key.point, { format: "der", lowS: false });
  } catch (thrown) {
    if (thrown instanceof Error) return false;
    throw thrown;
  }
}

/** JSON in UTF-8; null for whatever is not that. */
function parsed(bytes: Uint8Array): unknown {
  const escaped = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  try {
    return JSON.parse(decodeURIComponent(escaped));
  } catch (thrown) {
    if (thrown instanceof SyntaxError || thrown instanceof URIError) return null;
    throw thrown;
  }
}
