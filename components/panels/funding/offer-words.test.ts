import { expect, test } from "vitest";
import { changeLines, sol, windowWords } from "./offer-words";

const nothing = { lamports: null, tokens: null };
type Asked = Parameters<typeof changeLines>[0];
const terms = { source: "source", vault: "vault", escrow: "escrow", sponsor: "sponsor" } as Asked["terms"];

test("every account that a transaction changes is told of, in words, with what is left", () => {
  const changes: Asked["changes"] = [
    { address: "source", before: { lamports: 2n, tokens: 5_000_000n }, after: { lamports: 2n, tokens: 4_968_000n } },
    { address: "vault", before: nothing, after: { lamports: 2_039_280n, tokens: 32_000n } },
    { address: "escrow", before: nothing, after: { lamports: 4_000_000n, tokens: null } },
    {
      address: "sponsor",
      before: { lamports: 10_000_000n, tokens: null },
      after: { lamports: 3_950_720n, tokens: null },
    },
    { address: "other", before: nothing, after: nothing },
  ];
  expect(changeLines({ changes, terms }).map(({ account, words }) => `${account}: ${words}`)).toEqual([
    "Your USDC account: pays 0.032 USDC, 4.968 USDC left",
    "The escrow's vault: made by this transaction, holds 0.032 USDC; holds 0.00203928 SOL of rent, lent by the sponsor",
    "The escrow account: holds 0.004 SOL of rent, lent by the sponsor",
    "The studio's sponsor: pays 0.00604928 SOL",
  ]);
});

test("lamports and windows are told exactly", () => {
  expect([0n, 5_000n, 1_000_000_000n].map(sol)).toEqual(["0.00", "0.000005", "1.00"]);
  expect([0, 90, 3_600, 86_400].map(windowWords)).toEqual([
    "none: what is recorded as earned is paid at once",
    "2 minutes after each settlement",
    "1 hour after each settlement",
    "24 hours after each settlement",
  ]);
});
