import type { AgentFailure, FailureClass } from "./agent";

/** What goes back over HTTP. `body` is JSON text already, so that a repeated answer is the same to the byte. */
export type Reply = { status: number; body: string; headers?: Readonly<Record<string, string>> };

type Refusal = { status: number; class: FailureClass };

/** Every refusal that the server itself can give. Codes never change once shipped: callers act on them. */
const REFUSALS = {
  input_invalid: { status: 400, class: "permanent" },
  key_invalid: { status: 400, class: "permanent" },
  route_unknown: { status: 404, class: "permanent" },
  operation_reused: { status: 409, class: "permanent" },
  body_too_large: { status: 413, class: "permanent" },
  content_type_unknown: { status: 415, class: "permanent" },
  agent_failed: { status: 500, class: "permanent" },
  answer_unkept: { status: 500, class: "transient" },
  agent_busy: { status: 503, class: "resource" },
  deadline_exceeded: { status: 504, class: "transient" },
} as const satisfies Record<string, Refusal>;
export type RefusalCode = keyof typeof REFUSALS;

/** An agent's own failures keep their code; their class decides the status. */
const STATUS_OF_CLASS = { business: 422, permanent: 500, transient: 503, resource: 503 } satisfies Record<
  FailureClass,
  number
>;

const RETRY_AFTER_S = "1";

export function success(body: unknown): Reply {
  return { status: 200, body: JSON.stringify(body) };
}

export function refuse(code: RefusalCode, message: string): Reply {
  const { status, class: kind } = REFUSALS[code];
  return failed(status, { code, message, class: kind });
}

export function failure({ code, message, class: kind }: AgentFailure): Reply {
  return failed(STATUS_OF_CLASS[kind], { code, message, class: kind });
}

function failed(status: number, error: AgentFailure): Reply {
  const body = JSON.stringify({ error });
  return status === 503 ? { status, body, headers: { "Retry-After": RETRY_AFTER_S } } : { status, body };
}
