import { expect, test } from "vitest";
import { clickOf } from "./click-of";

test("a click is more than a click only within ten minutes of a wallet's sign-in", () => {
  const at = (signedInMs: number | undefined, way: "wallet" | "browser" = "wallet") =>
    clickOf({ way, ...(signedInMs === undefined ? {} : { signedInMs }) }, 1_000_000_000);
  expect(at(1_000_000_000 - 599_999)).toBe("confirmed");
  expect(at(1_000_000_000 - 600_000)).toBe("session");
  expect(at(1_000_000_001)).toBe("session");
  expect(at(undefined)).toBe("session");
  expect(at(1_000_000_000, "browser")).toBe("session");
});
