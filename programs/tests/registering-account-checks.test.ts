import type { Instruction } from "@solana/kit";
import { describe, expect, test } from "vitest";
import { SYSTEM_PROGRAM } from "@/programs/clients/escrow-addresses";
import { configureRegistry, register } from "@/programs/clients/registry-instructions";
import { putProgramData } from "./chain.contract";
import { configuredRegistry, declared } from "./registered.contract";
import { signer } from "./run.contract";
import {
  forgedAs,
  otherMint,
  otherToken,
  type Row,
  refusesMalformed,
  stranger,
  strangersTokens,
} from "./substitutes.contract";
import { exchanged, padded, saying, unsigned } from "./tampering.contract";

describe("register", () => {
  const rows: readonly Row[] = [
    [0, "another publisher", stranger, "agent_address_wrong"],
    [2, "another address", stranger, "agent_address_wrong"],
    [3, "another vault", stranger, "vault_address_wrong"],
    [4, "another version", stranger, "version_address_wrong"],
    [5, "a mint that is not allowed", otherMint, "mint_not_allowed"],
    [5, "no mint", stranger, "mint_wrong"],
    [6, "somebody else's configuration", forgedAs("config"), "config_wrong"],
    [7, "another arbiter", stranger, "arbiter_wrong"],
    [8, "another account for slashed stake", strangersTokens, "forfeit_account_wrong"],
    [9, "the other token program", otherToken, "mint_wrong"],
    [9, "no token program", stranger, "token_program_wrong"],
    [10, "no system program", stranger, "system_program_wrong"],
  ];
  test.each(rows)("[Y14] at place %i, %s is refused", async (...[place, , substitute, refusal]) => {
    const draft = await declared();
    const { chain, terms, keys } = draft;
    const tampered = exchanged(register(terms), place, await substitute(draft));
    expect(await chain.send([tampered], [keys.owner, keys.stranger], keys.rentPayer)).toMatchObject({ refusal });
  });
  test.each([
    [0, "publisher_not_signed"],
    [1, "rent_payer_not_signed"],
  ])("[Y14] without the signature at place %i it is refused", async (place, refusal) => {
    const { chain, terms, keys } = await declared();
    const signers = [keys.owner, keys.rentPayer].filter((_, at) => at !== place);
    expect(await chain.send([unsigned(register(terms), place)], signers)).toMatchObject({ refusal });
  });
  test("[Y14] with an account or a byte too few or too many it is refused, and so is what takes no stake", async () => {
    const { chain, terms, keys, forfeit } = await declared();
    const sends = (instruction: Instruction) => chain.send([instruction], [keys.owner], keys.rentPayer);
    await refusesMalformed((tamper) => sends(tamper(register(terms))));
    chain.put(forfeit, new Uint8Array(0), keys.stranger.address);
    expect(await sends(register(terms))).toMatchObject({ refusal: "forfeit_account_wrong" });
  });
});

test("[Y14] the registry is configured at its own address, on the word of whoever may upgrade the program", async () => {
  const { chain, configuring, house } = await configuredRegistry();
  const [other, sponsor] = [await signer(), await signer()];
  chain.put(configuring.config, new Uint8Array(0), SYSTEM_PROGRAM);
  const making = configureRegistry(configuring);
  const send = (instruction: Instruction, signers = [chain.upgrader, other]) => chain.send([instruction], signers);
  expect(await send(exchanged(making, 1, other.address))).toMatchObject({ refusal: "config_address_wrong" });
  expect(await send(exchanged(making, 2, other.address))).toMatchObject({ refusal: "program_data_wrong" });
  expect(await send(exchanged(making, 3, other.address))).toMatchObject({ refusal: "system_program_wrong" });
  expect(await send(exchanged(making, 4, other.address))).toMatchObject({ refusal: "upgrade_authority_not_signed" });
  expect(await send(unsigned(making, 4), [])).toMatchObject({ refusal: "upgrade_authority_not_signed" });
  const sponsored = configureRegistry({ ...configuring, rentPayer: sponsor.address });
  expect(await send(unsigned(sponsored, 0))).toMatchObject({ refusal: "rent_payer_not_signed" });
  expect(await send(padded(making))).toMatchObject({ refusal: "data_malformed" });
  expect(await send({ ...making, accounts: [] })).toMatchObject({ refusal: "accounts_missing" });
  const odd = configureRegistry({ ...configuring, members: [...configuring.members, other.address], threshold: 2 });
  const data = Uint8Array.from(odd.data ?? []);
  data[2] = 3; // one key too few to be a member, and so the mints do not come in pairs
  expect(await send(saying(odd, data))).toMatchObject({ refusal: "data_malformed" });
  await putProgramData(chain, other.address, house.address);
  const ofAnother = configureRegistry({ ...configuring, programData: house.address, signers: [other.address] });
  expect(await send(ofAnother)).toMatchObject({ refusal: "program_data_wrong" });
  expect(await send(making)).toMatchObject({ ok: true });
});
