import type { Digest } from "../basics/ids";
import { digestOf, sha256Hex } from "../plan/digest";
import type { Plan } from "../plan/plan";
import { inCurrency } from "../run/preflight";
import { ReceiptBodyShape } from "./body-shape";
import type { SealedReceipt } from "./chain";
import { consentClaims, unruled } from "./consent-claims";
import { endsAs } from "./ends-as";
import { freshClaims, isFreshnessSaid } from "./fresh-claims";
import { isSignedBy, keyIdOf } from "./keys";
import type { Claim, ClosingLink, Link, StepLink } from "./links";
import { merkleRoot } from "./merkle";
import { parseStored } from "./parse-stored";
import { proofClaims, signedYeses, unshown } from "./proof-claims";
import type { ReceiptFile, Verdict } from "./receipt-file";
import { settlementClaims } from "./settlement";
import { stepClaims } from "./step-claims";

/**
 * Checks everything that the receipts of a run say, offline, and says what was proved and what was not. [V2]
 * `trustedKeys` are public keys that the reader has from somewhere else than this file; without them the file proves
 * that one key signed it all, not whose key that is.
 */
export function verifyReceipts(
  file: ReceiptFile,
  { trustedKeys = [] }: { trustedKeys?: readonly string[] } = {},
): Verdict {
  const links = file.receipts.flatMap((sealed) => linkOf(sealed) ?? []);
  const sound = links.filter((link) => isSealed(link, file));
  const steps = links.filter((link): link is StepLink => link.body.kind === "step");
  const closings = links.filter((link): link is ClosingLink => link.body.kind === "closing");
  const closing = closings.at(-1)?.body ?? null;
  const signed = signedYeses(file, steps);

  const claims = [
    ...sealClaims(file, sound.length),
    chainClaim(file, links),
    ...planClaims(file, links),
    ...payClaims(file, steps),
    ...stepClaims(file.plan, steps, closing?.payer ?? null),
    ...freshClaims(file.plan, steps, closing),
    ...consentClaims(steps, closing?.payer ?? null),
    ...proofClaims(file, steps, signed),
    ...(closing
      ? closingClaims(closing, { plan: file.plan, steps, isLast: closings.length === 1 && isClosing(links.at(-1)) })
      : []),
    ...settlementClaims(file, { steps, closing }),
  ];
  const trusted =
    file.receipts.length > 0 &&
    [...file.receipts, ...(file.settlement ? [file.settlement] : [])].every(({ keyId }) =>
      trustedKeys.includes(file.keys[keyId] ?? ""),
    );
  if (trustedKeys.length > 0)
    claims.push({
      holds: trusted,
      proved: "Every receipt was signed with a key that you trust.",
      failed: "A receipt was signed with a key that is not among those you trust.",
    });
  return {
    receipts: file.receipts.length,
    verified: sound.length,
    proved: claims.flatMap(({ holds, proved }) => (holds ? [proved] : [])),
    failed: claims.flatMap(({ holds, failed }) => (holds ? [] : [failed])),
    signed,
    notProved: notProved({
      signed,
      ruled: unruled(steps),
      ended: closing !== null,
      fresh: isFreshnessSaid(steps, closing),
      trusted,
      pinned: steps.filter(isPinned).length,
      rail: railOf(file, closing),
    }),
    root: closing?.root ?? null,
  };
}

/** A body that cannot be read counts as one that was not verified. */
function linkOf(sealed: SealedReceipt): Link | null {
  const stored = parseStored(sealed.body);
  const read = stored.ok ? ReceiptBodyShape.safeParse(stored.value) : null;
  return read?.success ? { sealed, body: read.data } : null;
}

function isSealed({ sealed, body }: Link, { run, keys }: ReceiptFile): boolean {
  const publicKey = Object.hasOwn(keys, sealed.keyId) ? (keys[sealed.keyId] ?? "") : "";
  const ownKey = keyIdOf(publicKey) === sealed.keyId;
  return ownKey && body.run === run && sha256Hex(sealed.body) === sealed.hash && isSignedBy(sealed, publicKey);
}

function sealClaims({ receipts }: ReceiptFile, sound: number): Claim[] {
  return [
    {
      holds: receipts.length > 0 && sound === receipts.length,
      proved: `All ${receipts.length} receipts are signed, and none was changed since.`,
      failed: `${receipts.length - sound} of ${receipts.length} receipts do not carry a valid signature of their own text.`,
    },
  ];
}

/** Each receipt names the one before it, so none can be taken out, put in or moved. */
function chainClaim({ receipts }: ReceiptFile, links: readonly Link[]): Claim {
  const fits = links.every(({ sealed, body }, place) => {
    const previous: Digest | null = links[place - 1]?.sealed.hash ?? null;
    return body.place === place && sealed.place === place && body.previous === previous;
  });
  return {
    holds: fits && links.length === receipts.length,
    proved: "The receipts form one unbroken chain, in order.",
    failed: "The chain of receipts is broken: one was taken out, put in or moved.",
  };
}

function planClaims({ plan }: ReceiptFile, links: readonly Link[]): Claim[] {
  const hash = digestOf(plan);
  const known = new Set<string>(plan.steps.map(({ id }) => id));
  return [
    {
      holds: links.every(({ body }) => body.plan === hash),
      proved: `They belong to the plan ${hash.slice(0, 6)}…${hash.slice(-4)}, which is in this file.`,
      failed: "They belong to another plan than the one in this file.",
    },
    {
      holds: links.every(({ body }) => body.kind === "closing" || known.has(body.step.step)),
      proved: "Every step that acted is a step of that plan.",
      failed: "A step acted that the plan does not have.",
    },
  ];
}

function payClaims({ plan }: ReceiptFile, steps: readonly StepLink[]): Claim[] {
  const { authority } = plan;
  const paidTo = new Map<string, bigint>();
  for (const { body } of steps)
    if (body.step.paid)
      paidTo.set(body.step.payee ?? "", (paidTo.get(body.step.payee ?? "") ?? 0n) + body.step.paid.amount);
  const caps = new Map<string, bigint>();
  const currencies = new Set(steps.flatMap(({ body }) => (body.step.paid ? [body.step.paid.currency] : [])));
  const [currency = "microcredits"] = currencies;
  for (const { payee, cap } of authority.payees)
    caps.set(payee, (caps.get(payee) ?? 0n) + (inCurrency(cap, currency)?.amount ?? 0n));
  const bound = plan.bound.reduce((total, part) => total + (inCurrency(part, currency)?.amount ?? 0n), 0n);
  const spent = [...paidTo.values()].reduce((total, amount) => total + amount, 0n);
  return [
    {
      holds: spent <= bound && currencies.size <= 1,
      proved: "Together they paid no more than the worst case that was agreed to.",
      failed: "Together they paid more than the worst case that was agreed to.",
    },
    {
      holds: [...paidTo].every(([payee, amount]) => amount <= (caps.get(payee) ?? -1n)),
      proved: "Nobody was paid whom the plan does not name, and nobody more than their cap.",
      failed: "Somebody was paid whom the plan does not name, or more than their cap.",
    },
  ];
}

const isClosing = (link: Link | undefined) => link?.body.kind === "closing";

type Ended = { plan: Plan; steps: readonly StepLink[]; isLast: boolean };

function closingClaims(closing: ClosingLink["body"], { plan, steps, isLast }: Ended): Claim[] {
  const { root, spent, budget, outcome } = closing;
  const paid = steps.flatMap(({ body }) => body.step.paid ?? []);
  const sum = paid.reduce((total, { amount }) => total + amount, 0n);
  const oneCurrency = [spent, ...paid].every(({ currency }) => currency === budget.currency);
  return [
    {
      holds: isLast && root === merkleRoot(steps.map(({ sealed }) => sealed.hash)),
      proved: `The closing receipt is the last, and covers every step under the root ${root.slice(0, 6)}…${root.slice(-4)}.`,
      failed: "The closing receipt covers other steps than those in this file, or is not its only end.",
    },
    {
      holds: oneCurrency && spent.amount === sum && sum <= budget.amount,
      proved: "What the run says it spent is the sum of its receipts, within its budget.",
      failed: "What the run says it spent is not the sum of its receipts, or is above its budget.",
    },
    {
      holds: endsAs(outcome, { plan, receipts: steps.map(({ body }) => body.step) }),
      proved: "The run ended as its steps did.",
      failed: "The run says that it ended otherwise than its steps did.",
    },
  ];
}

const isPinned = ({ body: { step } }: StepLink) => step.pinned === true;

type Rail = "ledger" | "chain" | "unsettled";
type Open = {
  signed: Verdict["signed"];
  ruled: readonly string[];
  ended: boolean;
  fresh: boolean;
  trusted: boolean;
  pinned: number;
  rail: Rail;
};

function railOf({ settlement }: ReceiptFile, closing: ClosingLink["body"] | null): Rail {
  if (settlement) return "chain";
  return closing?.budget.currency === "usdc_base" ? "unsettled" : "ledger";
}

const MOVED: Record<Rail, string> = {
  ledger: "That the ledger moved the money: receipts are the runtime's statement; the wallet shows the postings.",
  chain: "That the chain has these transactions: pass --rpc with the address of a server that you trust.",
  unsettled: "That anybody was paid: the settlement of this run had not landed when this file was saved.",
};

function notProved({ signed, ruled, ended, fresh, trusted, pinned, rail }: Open): string[] {
  return [
    ...(pinned === 0 ? [] : [`Where the outputs of ${pinned} steps came from: they were pinned, not executed.`]),
    ...(trusted ? [] : ["Whose key signed them: compare its id with one that the operator publishes, or pass --key."]),
    ...(ended ? [] : ["How the run ended: it had not when this file was saved."]),
    ...(fresh
      ? []
      : ["Whether the studio asked for more than a click above an amount of its own: no receipt here says so."]),
    ...unshown(signed),
    ...ruled,
    "That this plan is the one that was agreed to: compare its hash with the one that was shown before the run.",
    "What the inputs and outputs were, and what people were shown: receipts carry their digests, not the values.",
    MOVED[rail],
  ];
}
