import { expect, test } from "vitest";
import { challengeAbout } from "@/components/panels/wallets/signed-about";
import { digestOf } from "@/flows/plan/digest";
import { confirmationOf, type MeansChange } from "@/flows/plan/means-change";
import { PasskeyRefusal, signWithPasskey } from "./passkey-ceremony";

const bound = { account: "ada", nonce: "n1", origin: "https://studio.example" };
const add: MeansChange = { do: "add", passkey: digestOf("mine"), name: "Laptop" };
/** What the studio asks to be signed. */
const asked = (change: MeansChange, other: Partial<typeof bound> = {}) => {
  const subject = digestOf(confirmationOf(change));
  const hex = digestOf({ ...bound, ...other, subject });
  return { challenge: Buffer.from(hex, "hex").toString("base64url"), rpId: "studio.example" };
};
const own = challengeAbout(confirmationOf(add), bound);
const refused = new PasskeyRefusal({ code: "words_other" });

test("[P14] the page works a challenge out as the studio does, and lets an authenticator see that one", async () => {
  expect(asked(add).challenge).toBe(own);
  // There is no authenticator here: that none is found shows that it was looked for.
  await expect(signWithPasskey(asked(add), own)).rejects.toEqual(new PasskeyRefusal({ code: "passkey_unable" }));
});

test.each<[string, ReturnType<typeof asked>]>([
  ["another passkey", asked({ ...add, passkey: digestOf("theirs") })],
  ["another name", asked({ ...add, name: "Phone" })],
  ["another change", asked({ do: "link", address: "9xQe" })],
  ["another account", asked(add, { account: "eve" })],
  ["another address", asked(add, { origin: "https://studio.example.evil" })],
  ["another nonce", asked(add, { nonce: "n2" })],
])("[P14] no authenticator is asked to sign for %s than is on the screen", async (_, options) => {
  await expect(signWithPasskey(options, own)).rejects.toEqual(refused);
});
