import { type Address, createSolanaRpc, isAddress, type KeyPairSigner } from "@solana/kit";
import { err, ok, type Result } from "@/flows/basics/result";
import { actOf, type Deed } from "./act";
import { type Chain, escrowsOf, seenAt } from "./seen";
import { built, landed, rehearsed, wireOf } from "./sending";
import { listed, shown } from "./shown";
import { signerIn } from "./signer";
import { readWish, type Typed, USAGE } from "./wish";

/** What was typed, and which chain it is about. */
export type Order = Typed & {
  readonly rpc: string;
  readonly program: string;
  readonly key?: string | undefined;
  readonly signer?: string | undefined;
  readonly price?: string | undefined;
  readonly send?: boolean | undefined;
};

/**
 * `npm run escrow`: looks at an escrow and acts on it with a key of one's own, from the chain alone. Nothing of the studio is
 * asked, so that it does as well when the studio is gone. Answers in lines; errors: a sentence of what to do.
 */
export async function byHand(order: Order): Promise<Result<readonly string[], string>> {
  const wish = readWish(order);
  if (!wish.ok) return wish;
  const { program } = order;
  if (!isAddress(program)) return err(`${program} is no address of a program.`);
  const chain = createSolanaRpc(order.rpc);
  if ("deed" in wish.value) return doing({ chain, program, order }, wish.value);
  const { does, of } = wish.value;
  if (does === "list") {
    const lines = listed(await escrowsOf(chain, { program, who: of }));
    return ok(lines.length > 0 ? lines : [`No escrow here has ${of} as payer, arbiter or payee.`]);
  }
  const seen = await seenAt(chain, { program, escrow: of });
  return seen.ok ? ok(shown(seen.value)) : seen;
}

type Where = { chain: Chain; program: Address; order: Order };

async function doing({ chain, program, order }: Where, { of, deed }: { of: Address; deed: Deed }) {
  const seen = await seenAt(chain, { program, escrow: of });
  if (!seen.ok) return seen;
  const act = actOf(seen.value, deed);
  if (!act.ok) return act;
  const who = await signerOf(order);
  if (!who.ok) return who;
  const { address } = who.value;
  const { by, instructions, says } = act.value;
  if (by !== null && by !== address) return err(`Only ${by} can do this; this is ${address}.`);
  const price = /^\d{1,9}$/.test(order.price ?? "0") ? BigInt(order.price ?? "0") : null;
  if (price === null) return err(USAGE);
  const wanted = await built(chain, { feePayer: address, instructions, price });
  const taken = await rehearsed(chain, wanted);
  if (!taken.ok) return taken;
  const { keys } = who.value;
  if (!keys) return ok([...says, "Sign and send this within a minute, base64:", wireOf(wanted.transaction)]);
  if (!order.send) return ok([...says, "The chain would take it. Nothing was sent: add --send to do it."]);
  const sent = await landed(chain, wanted, keys);
  return sent.ok ? ok([...says, `Done: ${sent.value}`]) : sent;
}

type Signer = { address: Address; keys: KeyPairSigner | null };

async function signerOf({ key, signer, send }: Order): Promise<Result<Signer, string>> {
  if (key !== undefined && signer === undefined) {
    const keys = await signerIn(key);
    return keys.ok ? ok({ address: keys.value.address, keys: keys.value }) : keys;
  }
  if (signer === undefined || key !== undefined)
    return err("Say who signs and pays the fee: --key FILE or --signer ADDRESS");
  if (!isAddress(signer)) return err(`${signer} is no address of the chain.`);
  return send
    ? err("There is no key to send it with: leave --send away, or give --key FILE.")
    : ok({ address: signer, keys: null });
}
