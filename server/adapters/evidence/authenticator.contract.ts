import { createHash, createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import type { AccountId } from "@/flows/basics/ids";
import type { KeptPasskey } from "@/flows/ports/evidence";
import type { SignedByPasskey } from "./passkey";
import type { MadePasskey, PasskeyOffer } from "./passkey-registrar";

/** What is wrong with an answer of an authenticator, to be refused. */
export type Flaw = Partial<{ origin: string; rpId: string; flags: number; counter: number; type: string }>;

const USER_PRESENT = 0x01;
export const USER_VERIFIED = 0x04 | USER_PRESENT;
const HAS_KEY = 0x40;
/** CBOR, RFC 8949: {"fmt": "none", "attStmt": {}, "authData": up to 65,535 bytes}. */
const UNATTESTED = Buffer.from("a363666d74646e6f6e656761747453746d74a068617574684461746159", "hex");

/** An authenticator with one key of P-256, which signs as the W3C's Web Authentication says (6.3.3). */
export class Authenticator {
  private readonly key: KeyObject;
  readonly id: string;
  publicKey: Uint8Array;
  private counter = 0;

  constructor(account: AccountId) {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    this.key = privateKey;
    this.id = createHash("sha256").update(account).digest("base64url");
    // COSE_Key {1: 2, 3: -7, -1: 1, -2: x, -3: y}, RFC 9052.
    const head = Buffer.from("a5010203262001215820", "hex");
    const middle = Buffer.from("225820", "hex");
    this.publicKey = Buffer.concat([head, Buffer.from(x, "base64url"), middle, Buffer.from(y, "base64url")]);
  }

  kept(account: AccountId): KeptPasskey {
    return { id: this.id, account, publicKey: this.publicKey, counter: 0, transports: ["internal"] };
  }

  /** Makes its key for a studio, as 6.5.1 and 5.8.1 say, and attests nothing. */
  make({ nonce, options }: PasskeyOffer, flaw: Flaw & { challenge?: string } = {}): MadePasskey {
    const { rp, challenge: asked } = options;
    const { origin = `https://${rp.id}`, rpId = rp.id ?? "", type = "webauthn.create", challenge = asked } = flaw;
    const clientData = JSON.stringify({ type, challenge, origin, crossOrigin: false });
    const id = Buffer.from(this.id, "base64url");
    const data = Buffer.concat([
      createHash("sha256").update(rpId).digest(),
      Buffer.from([(flaw.flags ?? USER_VERIFIED) | HAS_KEY]),
      ...[Buffer.alloc(4), Buffer.alloc(16), Buffer.from([0, id.length]), id, this.publicKey],
    ]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(data.length);
    const response = {
      clientDataJSON: Buffer.from(clientData).toString("base64url"),
      attestationObject: Buffer.concat([UNATTESTED, length, data]).toString("base64url"),
      transports: ["internal" as const],
    };
    return {
      nonce,
      response: { id: this.id, rawId: this.id, type: "public-key", clientExtensionResults: {}, response },
    };
  }

  sign(
    { nonce, options }: { nonce: string; options: PublicKeyCredentialRequestOptionsJSON },
    flaw: Flaw = {},
  ): SignedByPasskey {
    this.counter += 1;
    const { origin = `https://${options.rpId}`, rpId = options.rpId ?? "", type = "webauthn.get" } = flaw;
    const clientData = JSON.stringify({ type, challenge: options.challenge, origin, crossOrigin: false });
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(flaw.counter ?? this.counter);
    const flags = Buffer.from([flaw.flags ?? USER_VERIFIED]);
    const data = Buffer.concat([createHash("sha256").update(rpId).digest(), flags, counter]);
    const signed = Buffer.concat([data, createHash("sha256").update(clientData).digest()]);
    const signature = createSign("sha256").update(signed).sign(this.key).toString("base64url");
    const response = {
      clientDataJSON: Buffer.from(clientData).toString("base64url"),
      authenticatorData: data.toString("base64url"),
      signature,
    };
    return {
      nonce,
      response: { id: this.id, rawId: this.id, type: "public-key", clientExtensionResults: {}, response },
    };
  }
}
