import type { ApiError } from "@/components/api/answers";

/** What happened, what is safe, what to do next, and the code to search for. */
export type Explained = { what: string; safe: string; next: string; code: string };

export type Words = Omit<Explained, "code">;
export type Of<Code extends ApiError["code"]> = Extract<ApiError, { code: Code }>;
export type Explain = { [Code in ApiError["code"]]: (error: Of<Code>) => Words };

export const UNPAID = "Nothing was started and nothing was paid.";
export const UNTOUCHED = "Nothing was changed.";
