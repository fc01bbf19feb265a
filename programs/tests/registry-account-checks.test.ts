import type { Instruction, KeyPairSigner } from "@solana/kit";
import { describe, expect, test } from "vitest";
import { versionAddress } from "@/programs/clients/registry-addresses";
import {
  accept,
  closeAgent,
  closeVersion,
  contestSlash,
  decideSlash,
  executeSlash,
  newVersion,
  offer,
  proposeSlash,
  setAgentState,
  setVersionState,
  stake,
  takeBackSlash,
  unstake,
  withdraw,
} from "@/programs/clients/registry-instructions";
import { REGISTRY } from "./chain.contract";
import { type Registered, registered } from "./registered.contract";
import {
  config,
  forgedAs,
  otherAgent,
  otherMint,
  otherToken,
  otherVersion,
  type Row,
  refusesMalformed,
  stranger,
  strangersTokens,
  vaultItself,
  version,
} from "./substitutes.contract";
import { exchanged, padded, saying, unsigned } from "./tampering.contract";

// Each row: which place of the instruction is exchanged for something that lies there well formed, and how it is refused.

const notAnAgent = (place: number): readonly Row[] => [
  [place, "an account of another program", forgedAs("agent"), "agent_wrong"],
  [place, "the configuration", config, "agent_wrong"],
  [place, "a version", version, "agent_wrong"],
  [place, "a wallet", stranger, "agent_wrong"],
];
const OWNERS: readonly Row[] = [
  ...notAnAgent(1),
  [0, "somebody else", stranger, "owner_wrong"],
  [1, "somebody else's agent", otherAgent, "owner_wrong"],
];
const ARBITERS: readonly Row[] = [
  ...notAnAgent(1),
  [0, "somebody else", stranger, "arbiter_wrong"],
  [1, "an agent with another arbiter", otherAgent, "arbiter_wrong"],
];
const TO_OWNER: readonly Row[] = [
  ...OWNERS,
  [2, "another token account as vault", strangersTokens, "vault_wrong"],
  [3, "another mint", otherMint, "mint_wrong"],
  [4, "the other token program", otherToken, "token_program_wrong"],
  [5, "somebody else's account", strangersTokens, "destination_wrong"],
  [5, "the vault itself", vaultItself, "destination_wrong"],
  [5, "a wallet", stranger, "destination_wrong"],
];

type Call = {
  readonly name: string;
  readonly call: (run: Registered) => Instruction | Promise<Instruction>;
  readonly by: (run: Registered) => KeyPairSigner[];
  readonly rows: readonly Row[];
  readonly unsigned?: readonly [place: number, refusal: string];
  /** Calls that take as many signers as there are: a place less is a signer less. */
  readonly open?: true;
};

const owner = ({ keys }: Registered) => [keys.owner];
const arbiter = (run: Registered) => [run.arbiter];
const byOwner = { by: owner, unsigned: [0, "owner_not_signed"] as const };
const byArbiter = { by: arbiter, unsigned: [0, "arbiter_not_signed"] as const };

const calls: readonly Call[] = [
  {
    name: "new_version",
    ...byOwner,
    by: ({ keys }) => [keys.owner, keys.rentPayer],
    call: async ({ asOwner, terms }) => {
      const manifest = new Uint8Array(32).fill(8);
      return newVersion({ ...asOwner, manifest, version: await versionAddress(REGISTRY, terms.agent, manifest) });
    },
    rows: [
      ...notAnAgent(2),
      [0, "somebody else", stranger, "owner_wrong"],
      [2, "somebody else's agent", otherAgent, "owner_wrong"],
      [3, "another address", stranger, "version_address_wrong"],
      [4, "no system program", stranger, "system_program_wrong"],
    ],
  },
  {
    name: "set_agent_state",
    ...byOwner,
    call: ({ moving, keys }) => setAgentState(moving(keys.owner.address, "active")),
    rows: OWNERS,
  },
  {
    name: "set_agent_state by the arbiter",
    ...byArbiter,
    call: (run) => setAgentState(run.moving(run.arbiter.address, "suspended")),
    rows: [[1, "an agent with another arbiter", otherAgent, "owner_wrong"]],
  },
  {
    name: "set_version_state",
    ...byOwner,
    call: ({ moving, terms, keys }) => setVersionState({ ...terms, ...moving(keys.owner.address, "active") }),
    rows: [
      ...OWNERS,
      [2, "a version of another agent", otherVersion, "version_wrong"],
      [2, "an account of another program", forgedAs("version"), "version_wrong"],
      [2, "the agent", ({ terms }) => terms.agent, "version_wrong"],
    ],
  },
  {
    name: "stake",
    ...byOwner,
    call: ({ asOwner, source }) => stake({ ...asOwner, source, amount: 1n }),
    rows: [
      ...OWNERS,
      [2, "another token account as vault", strangersTokens, "vault_wrong"],
      [3, "the vault as source", vaultItself, "source_wrong"],
      [4, "another mint", otherMint, "mint_wrong"],
      [5, "the other token program", otherToken, "token_program_wrong"],
    ],
  },
  { name: "unstake", ...byOwner, call: ({ asOwner }) => unstake({ ...asOwner, amount: 1n }), rows: OWNERS },
  { name: "withdraw", ...byOwner, call: ({ paying }) => withdraw(paying), rows: TO_OWNER },
  { name: "propose_slash", ...byArbiter, call: (run) => proposeSlash(run.proposing(1n)), rows: ARBITERS },
  { name: "contest_slash", ...byOwner, call: ({ contesting }) => contestSlash(contesting), rows: OWNERS },
  {
    name: "decide_slash",
    call: (run) => decideSlash(run.deciding(1n)),
    by: ({ members }) => members.slice(0, 2),
    unsigned: [2, "members_too_few"],
    open: true,
    rows: [
      ...notAnAgent(0),
      [1, "an account of another program", forgedAs("config"), "config_wrong"],
      [1, "the agent as configuration", ({ terms }) => terms.agent, "config_wrong"],
      [2, "somebody else", stranger, "members_too_few"],
    ],
  },
  {
    name: "execute_slash",
    call: ({ terms }) => executeSlash(terms),
    by: () => [],
    rows: [
      ...notAnAgent(0),
      [1, "another token account as vault", strangersTokens, "vault_wrong"],
      [2, "another mint", otherMint, "mint_wrong"],
      [3, "the other token program", otherToken, "token_program_wrong"],
      [4, "another account", strangersTokens, "forfeit_account_wrong"],
    ],
  },
  { name: "take_back_slash", ...byArbiter, call: ({ asArbiter }) => takeBackSlash(asArbiter), rows: ARBITERS },
  {
    name: "offer",
    ...byOwner,
    call: ({ asOwner, keys }) => offer({ ...asOwner, heir: keys.heir.address }),
    rows: OWNERS,
  },
  {
    name: "accept",
    call: ({ terms, keys }) => accept({ ...terms, heir: keys.heir.address }),
    by: ({ keys }) => [keys.heir],
    unsigned: [0, "heir_not_signed"],
    rows: [...notAnAgent(1), [0, "somebody else", stranger, "heir_wrong"]],
  },
  {
    name: "close_version",
    ...byOwner,
    call: ({ asOwner }) => closeVersion(asOwner),
    rows: [
      ...OWNERS,
      [2, "a version of another agent", otherVersion, "version_wrong"],
      [2, "an account of another program", forgedAs("version"), "version_wrong"],
      [3, "somebody else for the rent", stranger, "rent_payer_wrong"],
    ],
  },
  {
    name: "close",
    ...byOwner,
    call: ({ paying }) => closeAgent(paying),
    rows: [...TO_OWNER, [6, "somebody else for the rent", stranger, "rent_payer_wrong"]],
  },
];

describe.each(calls)("$name", ({ call, by, rows, unsigned: without, open }) => {
  test.each(rows)("[Y14] at place %i, %s is refused", async (...[place, , substitute, refusal]) => {
    const run = await offered();
    const tampered = exchanged(await call(run), place, await substitute(run));
    expect(await run.chain.send([tampered], [...by(run), run.keys.stranger])).toMatchObject({ refusal });
  });
  test("[Y14] without its signature, with an account or a byte too few or too many it is refused", async () => {
    const run = await offered();
    const calling = await call(run);
    if (without) {
      const signers = by(run).filter(({ address }) => address !== calling.accounts?.[without[0]]?.address);
      expect(await run.chain.send([unsigned(calling, without[0])], signers)).toMatchObject({ refusal: without[1] });
    }
    const send = (instruction: Instruction) => run.chain.send([instruction], by(run));
    if (open) expect(await send({ ...calling, accounts: [] })).toMatchObject({ refusal: "accounts_missing" });
    else await refusesMalformed((tamper) => send(tamper(calling)));
    expect(await send(padded(calling))).toMatchObject({ refusal: "data_malformed" });
    expect(await send(saying(calling, Uint8Array.of(99)))).toMatchObject({ refusal: "instruction_unknown" });
  });
});

test("[Y14] nobody adds a version for whose rent nobody signed", async () => {
  const run = await offered();
  const calling = await calls[0]?.call(run);
  if (!calling) throw new Error("there is no such call");
  const refused = await run.chain.send([unsigned(calling, 1)], [run.keys.owner]);
  expect(refused).toMatchObject({ refusal: "rent_payer_not_signed" });
});

/** A registered agent with stake that was offered to somebody, so that every other check would be passed. */
async function offered(): Promise<Registered> {
  const run = await registered();
  const offering = offer({ ...run.asOwner, heir: run.keys.heir.address });
  expect(await run.chain.send([offering], [run.keys.owner])).toMatchObject({ ok: true });
  return run;
}
