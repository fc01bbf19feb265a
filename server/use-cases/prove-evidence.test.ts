import { expect, test } from "vitest";
import { ok } from "@/flows/basics/result";
import { ada, questionAbout } from "@/flows/ports/evidence.contract";
import { proveYes, type Signed } from "./prove-evidence";

test("[V8] what an adapter takes for signed counts only where everybody else can check it, too", async () => {
  const taken = { ask: async () => ok({} as never), prove: async () => ok({ kind: "wallet" as const, proof: "{}" }) };
  const signed = { kind: "wallet", nonce: "n", message: "", signature: "", address: "" } as unknown as Signed;
  const ask = { account: ada, about: questionAbout("Pay acme?") };
  expect(await proveYes({ wallet: taken, passkey: taken }, ask, signed)).toMatchObject({
    ok: false,
    error: { code: "signature_invalid", problem: expect.stringMatching(/cannot be checked by others/) },
  });
});
