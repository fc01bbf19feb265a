import { expect, test } from "vitest";
import { AccountId, AgentId } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import type { Version } from "../repos/versions-repo";
import type { Deed, ListingState } from "./listing-states";
import { moveListing } from "./move-listing";

const agent = AgentId.parse("acme/shouter@1.0.0");
const digest = digestOf("declared");
const rey = AccountId.parse("rey");

function studio(more: { state?: ListingState; owner?: string } = {}) {
  const version = {
    ...{ manifest: { agent, digest }, state: "pending_review", owner: "acme", conformance: "trial-2", ...more },
  } as unknown as Version;
  const moves: unknown[] = [];
  const services = {
    publishers: { isReviewer: async (account: AccountId) => account === rey },
    versions: { find: async () => version, move: async (move: unknown) => moves.push(move) > 0 },
  };
  const review = (ask: { conformance: string | null; deed?: Deed }) =>
    moveListing(services as never, {
      account: rey,
      as: "reviewer",
      agent,
      digest,
      deed: "approve",
      reason: null,
      ...ask,
    });
  return { moves, review };
}

test("a reviewer decides on the address and the checks that they were shown, and on no others under the same declaration", async () => {
  const { moves, review } = studio();
  for (const conformance of ["trial-1", null])
    expect(await review({ conformance })).toMatchObject({ error: { code: "listing_moved" } });
  expect(moves).toEqual([]);
  expect(await review({ conformance: "trial-2" })).toEqual({ ok: true, value: { state: "approved" } });
  expect(moves).toMatchObject([{ conformance: "trial-2", from: "pending_review", to: "approved" }]);
});
