import { type Explain, UNPAID } from "@/components/api/explained";

const AGAIN = "Nothing moved: what was not signed and sent in time never will.";

/** What can go wrong when a run is to be paid from an escrow. */
export const escrowWords = {
  chain_unreachable: () => ({
    what: "The chain does not answer.",
    safe: UNPAID,
    next: "Try again in a moment, or pay with credits.",
  }),
  escrow_exists: () => ({
    what: "This run has an escrow that is open or may still open.",
    safe: "It is not opened a second time.",
    next: "Wait until its transaction is confirmed or provably over.",
  }),
  escrow_not_there: () => ({
    what: "The chain shows no escrow of this run.",
    safe: "What payees earned and what came back to you stand in the receipts.",
    next: "Look at the run again: it may be over, or paid with credits.",
  }),
  nothing_to_dispute: () => ({
    what: "Nothing of what you chose can be disputed any more: its window is over, or it is disputed already.",
    safe: "Nothing was signed.",
    next: "Look at what each payee holds now.",
  }),
  nothing_to_extend: () => ({
    what: "More time would change nothing: the run has ended, or its escrow is not open.",
    safe: "Nothing was signed.",
    next: "Look at the run again: what was earned is paid, and the rest returns to you.",
  }),
  extension_too_long: ({ latest }) => ({
    what: `No escrow lasts longer than a year: this one expires on ${new Date(latest * 1_000).toLocaleDateString("en", { dateStyle: "medium" })} at the latest.`,
    safe: "Nothing was signed, and it lasts as long as it did.",
    next: "Answer what the run waits for, or stop it: then what is not earned returns to you.",
  }),
  intent_expired: () => ({
    what: "What was to be signed is too old: it could no longer reach the chain.",
    safe: AGAIN,
    next: "Ask again, and sign what is made then.",
  }),
  intent_unknown: () => ({
    what: "The studio did not offer this transaction to you.",
    safe: AGAIN,
    next: "Ask again, and sign what is made then.",
  }),
  nothing_to_fund: () => ({
    what: "This flow can pay nobody, so it needs no escrow.",
    safe: UNPAID,
    next: "Run it with credits: it costs nothing.",
  }),
  offers_too_many: ({ mostPerMinute }) => ({
    what: `One person asks the chain at most ${mostPerMinute} times a minute.`,
    safe: UNPAID,
    next: "Wait a minute, then ask again.",
  }),
  operation_reused: () => ({
    what: "This transaction was handed over already, signed otherwise.",
    safe: "What was handed over first counts.",
    next: "Wait for what becomes of it.",
  }),
  payee_account_missing: ({ payee, wallet }) => ({
    what: `${payee} cannot be paid yet: the wallet ${wallet} has no account for USDC.`,
    safe: UNPAID,
    next: "Its owner opens one by receiving USDC once. Pay with credits until then.",
  }),
  payee_wallet_missing: ({ payee }) => ({
    what: `${payee} has no payout wallet, so nothing can be paid to it on chain.`,
    safe: UNPAID,
    next: "Its publisher links a wallet under Settings. Pay with credits until then.",
  }),
  payees_too_many: ({ payees, most }) => ({
    what: `This flow can pay ${payees} payees; an escrow holds at most ${most}.`,
    safe: UNPAID,
    next: "Draw it with fewer, or pay with credits.",
  }),
  payer_account_missing: ({ wallet }) => ({
    what: `Your wallet ${wallet} has no account for USDC.`,
    safe: UNPAID,
    next: "Send USDC to the wallet, then ask again.",
  }),
  payer_funds_insufficient: ({ needed, left }) => ({
    what: `Your wallet holds ${usdc(left)} USDC, and ${usdc(needed)} are needed.`,
    safe: UNPAID,
    next: "Send USDC to the wallet, or lower the bound of the flow.",
  }),
  price_currency_differs: ({ step }) => ({
    what: `${step} is priced in what an escrow cannot pay.`,
    safe: UNPAID,
    next: "Pay with credits.",
  }),
  price_not_whole: ({ step, multiple }) => ({
    what: `The price of ${step} cannot be paid in USDC to the last bit.`,
    safe: UNPAID,
    next: `Set it to a multiple of ${multiple} microcredits, or pay with credits.`,
  }),
  rail_absent: () => ({
    what: "This studio offers no escrow: it has no chain, or nobody who signs for it there.",
    safe: UNPAID,
    next: "Pay with credits, or ask the operator.",
  }),
  rail_paused: () => ({
    what: "No escrow can be opened now: whoever keeps the escrow program has paused it.",
    safe: "Escrows that are open are paid and given back all the same.",
    next: "Pay with credits, or ask again later.",
  }),
  signature_unfit: ({ problem }) => ({
    what: problem,
    safe: "It was not sent, and nothing moved.",
    next: "Sign exactly what is shown, with the linked wallet. A wallet that adds something of its own cannot be used.",
  }),
  sponsor_empty: () => ({
    what: "The studio's sponsor has too little left to pay the fee and lend the rent of an escrow.",
    safe: UNPAID,
    next: "Pay with credits, or ask the operator to fill it up.",
  }),
  transaction_refused: ({ reason }) => ({
    what: `The chain would refuse this transaction: ${reason}`,
    safe: UNPAID,
    next: "Ask again. If it happens twice, tell the operator.",
  }),
} satisfies Partial<Explain>;

/** Units: smallest units in, two or more decimals out, never rounded. */
function usdc(amount: bigint): string {
  const digits = amount.toString().padStart(7, "0");
  return `${digits.slice(0, -6)}.${digits.slice(-6).replace(/0{1,4}$/, "")}`;
}

/** Why the worker did not bring what a wallet signed to the chain. What it has no words for is told as it came. */
export function refusedWords(reason: string | null): string {
  switch (reason) {
    case "sponsor_exhausted":
      return "The studio's sponsor has lent as much within a day as its operator lets it. Pay with credits, or ask again tomorrow.";
    case "sponsor_share_spent":
      return "Your runs had the studio's sponsor lend as much within a day as it lends to one person. Pay with credits, or ask again tomorrow.";
    case "escrow_idle":
      return "Another escrow of yours is open and its run has not begun. Wait until it has, or until it was given back.";
    default:
      return `It was refused: ${reason ?? "no reason was given"}.`;
  }
}
