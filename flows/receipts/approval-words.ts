import type { AccountId, OperationId, RunId } from "../basics/ids";
import type { Money } from "../basics/money";
import { inWords } from "../basics/money-words";
import { digestOf } from "../plan/digest";

/** What is read of a question; its digest is over all of it. */
export type ReadQuestion = {
  question: string;
  unlocks: { bound: readonly Money[]; payees: readonly AccountId[] };
  run: RunId;
  operation: OperationId;
};

/** Where, by whom, until when and under which nonce. Times are ISO 8601 in UTC; `origin` is the studio's own. */
export type ApprovalSigning = {
  origin: string;
  address: string;
  account: string;
  nonce: string;
  issuedAt: string;
  expiresAt: string;
};

/**
 * How long such words may be. They name every payee, of which a flow may have very many; with its other parts, and written as
 * JSON, what was signed stays below what a receipt file takes of it. Units: characters.
 */
export const MOST_APPROVAL_WORDS = 90_000;

/**
 * What a wallet signs for a yes: readable, and by its digest to exactly one question. It is made of what is kept, so that a
 * page cannot have other words signed. In the manner of Sign in with Solana, which wallets show line by line.
 */
export function approvalWords(about: ReadQuestion, signing: ApprovalSigning): string {
  const { origin, address, account, nonce, issuedAt, expiresAt } = signing;
  const { question, unlocks, operation, run } = about;
  return [
    headOf(origin),
    address,
    "",
    `I say yes to "${inOneLine(question)}" of Agent Labs Studio. This signature itself pays nothing.`,
    "",
    `At most: ${unlocks.bound.map(inWords).join(" and ") || "nothing"}`,
    `Paid to: ${unlocks.payees.join(", ") || "nobody"}`,
    `Run: ${run}`,
    `Approval: ${operation}`,
    `Digest: ${digestOf(about)}`,
    `Account: ${account}`,
    `URI: ${origin}`,
    `Nonce: ${nonce}`,
    `Issued At: ${issuedAt}`,
    `Expiration Time: ${expiresAt}`,
  ].join("\n");
}

/** What such words say of where, by whom and to what; everything in them that is not looked at is under the signature, too. */
export type SaidInWords = { origin: string; address: string; run: string; subject: string; account: string };

/** Reads words as `approvalWords` writes them, line by line: null for any others, so that nothing else passes for a yes. */
export function readApprovalWords(message: string): SaidInWords | null {
  const lines = message.split("\n");
  const [address = ""] = lines.slice(1);
  const said = LABELS.map((label, at) => {
    const line = lines[at + 5];
    return line?.startsWith(`${label}: `) ? line.slice(label.length + 2) : null;
  });
  const [, , run, , subject, account, origin] = said;
  if (lines.length !== 5 + LABELS.length || said.includes(null) || !run || !subject || !account || !origin) return null;
  const isYes = /^I say yes to "[^"]*" of Agent Labs Studio\. This signature itself pays nothing\.$/.test(
    lines[3] ?? "",
  );
  const isHead = lines[0] === headOf(origin) && lines[2] === "" && lines[4] === "";
  return isYes && isHead ? { origin, address, run, subject, account } : null;
}

const LABELS = "At most,Paid to,Run,Approval,Digest,Account,URI,Nonce,Issued At,Expiration Time".split(",");
const headOf = (origin: string) => `${origin.replace(/^https?:\/\//, "")} asks you to agree with your Solana account:`;

/** A question that brings lines of its own, or turns the direction of the text, could pass for other words of ours. */
function inOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}"]+/gu, " ").trim();
}
