import fc from "fast-check";
import { expect, test } from "vitest";
import { digestOf } from "./digest";
import { confirmationOf, type MeansChange, passkeyDigest } from "./means-change";

const made = { id: "abc", attestationObject: "o2Nm" };
const add: MeansChange = { do: "add", passkey: passkeyDigest(made), name: "Laptop" };

test("[P14] what is signed for a change names it: the new passkey by its digest and name, the wallet by its address, the one that goes by its id", () => {
  expect(confirmationOf(add).question).toBe(`Add the passkey Laptop, whose digest is ${digestOf(made)}, to my account`);
  expect(confirmationOf({ do: "link", address: "9xQe" }).question).toBe("Link the wallet 9xQe to my account");
  expect(confirmationOf({ do: "remove", id: "abc" }).question).toBe(
    "Remove the passkey with the id abc from my account",
  );
  const rules = digestOf("rules");
  expect(confirmationOf({ do: "rules", policy: rules }).question).toContain(`whose digest is ${rules} in force`);
  expect(confirmationOf({ do: "rules", policy: null }).question).toBe(
    "Take every rule for spending of my account away",
  );
  expect(confirmationOf(add).unlocks).toEqual({ bound: [], payees: [], agents: [] });
});

test("[P14] another key, name, address or id is another confirmation, and another key under the same id is, too", () => {
  const text = fc.string({ minLength: 1, maxLength: 60 });
  const change = fc.oneof(
    fc.record({
      do: fc.constant("add" as const),
      passkey: text.map((id) => passkeyDigest({ ...made, id })),
      name: text,
    }),
    fc.record({ do: fc.constant("remove" as const), id: text }),
    fc.record({ do: fc.constant("link" as const), address: text }),
    fc.record({ do: fc.constant("rules" as const), policy: fc.option(text.map((rules) => digestOf(rules))) }),
  );
  fc.assert(
    fc.property(change, change, (one, other) => {
      const isSame = digestOf(one) === digestOf(other);
      expect(confirmationOf(one).operation === confirmationOf(other).operation).toBe(isSame);
      expect(digestOf(confirmationOf(one)) === digestOf(confirmationOf(other))).toBe(isSame);
    }),
  );
  expect(passkeyDigest({ ...made, attestationObject: "o2Nn" })).not.toBe(passkeyDigest(made));
});
