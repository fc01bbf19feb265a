import { type AccountId, type Digest, OperationId, RunId } from "../basics/ids";
import type { Money } from "../basics/money";
import { digestOf } from "./digest";

/**
 * A change of what an account signs with, or of what keeps others from spending in its name. `passkey` is the digest of what an
 * authenticator made; `id` is a passkey's own; an address is a wallet's; `policy` is the digest of rules, null for none.
 */
export type MeansChange =
  | { do: "add"; passkey: Digest; name: string }
  | { do: "remove"; id: string }
  | { do: "link"; address: string }
  | { do: "rules"; policy: Digest | null };

/** A question to the account's owner, in the shape of those that a run asks. It unlocks nothing and pays nobody. */
export type Confirmation = {
  question: string;
  unlocks: { bound: readonly Money[]; payees: readonly AccountId[]; agents: readonly string[] };
  run: RunId;
  operation: OperationId;
};

/**
 * What is signed to confirm a change: this one and no other, for all of it is in the digest. The page works it out as the server
 * does, and has nothing else signed. [P14]
 */
export function confirmationOf(change: MeansChange): Confirmation {
  return {
    question: questionOf(change),
    unlocks: { bound: [], payees: [], agents: [] },
    run: RunId.parse("settings"),
    operation: OperationId.parse(`settings/means/${change.do}/${digestOf(change)}`),
  };
}

function questionOf(change: MeansChange): string {
  switch (change.do) {
    case "add":
      return `Add the passkey ${change.name}, whose digest is ${change.passkey}, to my account`;
    case "remove":
      return `Remove the passkey with the id ${change.id} from my account`;
    case "link":
      return `Link the wallet ${change.address} to my account`;
    case "rules":
      return change.policy === null
        ? "Take every rule for spending of my account away"
        : `Put the rules for spending whose digest is ${change.policy} in force for my account`;
  }
}

/** What an authenticator made, by its digest: its id and its public key are in what it attests. Both in base64url. */
export function passkeyDigest({ id, attestationObject }: { id: string; attestationObject: string }): Digest {
  return digestOf({ id, attestationObject });
}
