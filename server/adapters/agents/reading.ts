import { z } from "zod";
import type { OperationId } from "@/flows/basics/ids";
import type { Json } from "@/flows/basics/json";
import { Money } from "@/flows/basics/money";
import { err, ok, type Result } from "@/flows/basics/result";
import type { AgentsError, Delivery } from "@/flows/ports/agents";

type Answered = { status: number; said: unknown };

const DEPTH_LIMIT = 64; // deeper values would exhaust the stack of whoever walks them
const DETAILS = 32;
const LONGEST_TEXT = 500;

const Success = z.looseObject({
  output: z.record(z.string(), z.unknown()),
  price: Money.optional(),
  units: z.number().optional(),
  detail: z.record(z.string(), z.unknown()).default({}),
});
const Failure = z.looseObject({
  error: z.looseObject({ code: z.string().min(1), message: z.string(), class: z.string().optional() }),
});

/** What an agent's answer means for the operation. Only what is provably not done may be called unreachable. */
export function readAnswer({ status, said }: Answered, operation: OperationId): Result<Delivery, AgentsError> {
  if (status === 200) return delivered(said);
  const failure = Failure.safeParse(said).data?.error;
  const reason = failure ? short(`${failure.code}: ${failure.message}`) : `status ${status}`;
  if (status === 409) return err({ code: "operation_reused", operation });
  // Busy, or failed in a way that the agent itself calls passing: it did not do the work, and says so.
  if (status === 429 || (status === 503 && failure)) return err({ code: "agent_unreachable", reason, answered: true });
  // The agent answers for itself that this call fails, now and when it is repeated.
  if (status === 500 && failure?.class === "permanent") return err({ code: "agent_refused", reason });
  if (status === 408 || status >= 500) return err({ code: "outcome_unknown", reason });
  if (status >= 300 && status < 400)
    return err({ code: "agent_refused", reason: "redirect_refused: the agent has moved" });
  return err({ code: "agent_refused", reason });
}

function delivered(said: unknown): Result<Delivery, AgentsError> {
  const read = Success.safeParse(said);
  if (!read.success)
    return malformed(read.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("; "));
  if (deeperThan(DEPTH_LIMIT, read.data.output)) return malformed(`it nests more than ${DEPTH_LIMIT} levels`);
  const detail = Object.entries(read.data.detail)
    .slice(0, DETAILS)
    .map(([name, value]) => [short(name), short(typeof value === "string" ? value : JSON.stringify(value))] as const);
  const { output, price = null, units } = read.data;
  return ok({ output: output as Json, price, units, detail: Object.fromEntries(detail) });
}

export function malformed(problem: string): Result<never, AgentsError> {
  return err({ code: "agent_refused", reason: short(`answer_malformed: ${problem}`) });
}

/** Counted level by level: recursion is what a hostile depth would exhaust. */
function deeperThan(limit: number, value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((item) => (typeof item === "object" && item !== null ? Object.values(item) : []));
  }
  return false;
}

function short(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
}
