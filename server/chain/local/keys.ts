import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createKeyPairSignerFromPrivateKeyBytes, type KeyPairSigner } from "@solana/kit";

/** Whose keys a local chain begins with; each lies in a file of this name, 32 bytes in hex. */
export const KEY_FILES = {
  faucet: "faucet.key",
  usdcMint: "usdc-mint.key",
  upgrade: "upgrade.key",
  sponsor: "sponsor.key",
  settler: "settler.key",
  house: "house.key",
  arbiter: "arbiter.key",
  pause: "pause.key",
} as const;

export type KeyName = keyof typeof KEY_FILES;
export type Keys = Readonly<Record<KeyName, KeyPairSigner>>;

/** Reads the keys of a local chain, after those that are missing have been made: once, and readable by their owner alone. */
export async function readKeys(folder: string): Promise<Keys> {
  const of = (name: KeyName) => createKeyPairSignerFromPrivateKeyBytes(seedIn(folder, KEY_FILES[name]));
  const [faucet, usdcMint, upgrade, sponsor, settler, house, arbiter, pause] = await Promise.all([
    ...([of("faucet"), of("usdcMint"), of("upgrade"), of("sponsor")] as const),
    ...([of("settler"), of("house"), of("arbiter"), of("pause")] as const),
  ]);
  return { faucet, usdcMint, upgrade, sponsor, settler, house, arbiter, pause };
}

function seedIn(folder: string, name: string): Uint8Array {
  const file = join(folder, name);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const draft = `${file}.new`; // renamed when whole: half a key would be a wrong key for ever
    writeFileSync(draft, randomBytes(32).toString("hex"), { mode: 0o600, flush: true });
    renameSync(draft, file);
  }
  const text = readFileSync(file, "utf8").trim();
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Error(`${file} holds no key: 32 bytes in hex are expected`);
  return Uint8Array.from(Buffer.from(text, "hex"));
}
