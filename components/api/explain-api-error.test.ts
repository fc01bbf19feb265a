import { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";
import type { ApiError } from "@/components/api/answers";
import { domainErrorOf, isSignedOut, isWorthRetrying } from "@/components/api/api-error";
import { explainApiError, explainDomainError } from "@/components/api/explain-api-error";

type Data = { code: string; httpStatus: number; domain: ApiError | null };

function answered(data: Data) {
  return new TRPCClientError(data.code, { result: { error: { message: data.code, code: -32000, data } } } as never);
}

const notFound = answered({ code: "NOT_FOUND", httpStatus: 404, domain: { code: "run_not_found" } });
const broken = answered({ code: "INTERNAL_SERVER_ERROR", httpStatus: 500, domain: null });
const signedOut = answered({ code: "UNAUTHORIZED", httpStatus: 401, domain: null });
const unreachable = new TRPCClientError("fetch failed");

test("a domain error is read whole from what tRPC throws", () => {
  expect(domainErrorOf(notFound)).toEqual({ code: "run_not_found" });
  expect(domainErrorOf(broken)).toBeNull();
  expect(domainErrorOf(new Error("else"))).toBeNull();
});

test("missing money names both amounts without rounding", () => {
  const left = { currency: "trial_microcredits", amount: 400_000n } as const;
  const needed = { currency: "trial_microcredits", amount: 100_000_001n } as const;
  const error = { code: "funds_insufficient", needed, left } as unknown as ApiError;
  expect(explainDomainError(error)).toMatchObject({
    what: "Not enough credits: 100.000001 needed, 0.40 left.",
    code: "funds_insufficient",
  });
});

test("every failure has words and a code to search for, also those that are no domain errors", () => {
  expect(explainApiError(notFound).code).toBe("run_not_found");
  expect(explainApiError(broken).code).toBe("studio_fault");
  expect(explainApiError(signedOut).code).toBe("signed_out");
  expect(explainApiError(unreachable).code).toBe("studio_unreachable");
});

test("what was answered is not asked again; what was lost is", () => {
  expect(isWorthRetrying(notFound)).toBe(false);
  expect(isWorthRetrying(signedOut)).toBe(false);
  expect(isWorthRetrying(broken)).toBe(true);
  expect(isWorthRetrying(unreachable)).toBe(true);
  expect(isSignedOut(signedOut)).toBe(true);
});
