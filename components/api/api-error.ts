import { TRPCClientError } from "@trpc/client";
import type { ApiError } from "@/components/api/answers";
import type { AppRouter } from "@/server/api/root";

function shapeOf(fault: unknown) {
  return fault instanceof TRPCClientError ? (fault as TRPCClientError<AppRouter>).data : null;
}

/** The expected failure that a call ended with; null for a fault of the machine or the network. */
export function domainErrorOf(fault: unknown): ApiError | null {
  return shapeOf(fault)?.domain ?? null;
}

export function isSignedOut(fault: unknown): boolean {
  return shapeOf(fault)?.code === "UNAUTHORIZED";
}

/** A call that never got an answer, or got none from our code. What was answered once is answered the same again. */
export function isWorthRetrying(fault: unknown): boolean {
  const shape = shapeOf(fault);
  return !shape || (shape.domain === null && shape.httpStatus >= 500);
}

/** Whether the server was reached at all. */
export function isUnreachable(fault: unknown): boolean {
  return fault instanceof TRPCClientError && !shapeOf(fault);
}
