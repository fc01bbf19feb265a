import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { DELIVERY_KEY } from "@/flows/triggers/signature";
import type { Services } from "../services";
import { type HookError, receiveHook } from "../use-cases/receive-hook";
import { trpcCode } from "./errors";
import { readBody } from "./read-body";

const MOST_BYTES = 1_048_576;

/**
 * Answers a post to a trigger: 202 with the run, or a status with a code. Whoever cannot sign learns nothing; what is
 * wrong with the request itself is said before anything is looked up.
 */
export async function answerHook(services: Services, request: Request, trigger: string): Promise<Response> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? ""))
    return refuse(415, "body_type_unknown");
  const key = request.headers.get("idempotency-key") ?? "";
  if (!DELIVERY_KEY.test(key)) return refuse(400, "delivery_key_missing");
  const body = await readBody(request, MOST_BYTES);
  if (body === null) return refuse(413, "body_too_large");
  const signature = request.headers.get("x-studio-signature") ?? "";
  const started = await receiveHook(services, { trigger, signature, key, body });
  if (started.ok) return Response.json({ run: started.value }, { status: 202 });
  return refuse(statusOf(started.error), started.error.code);
}

function refuse(status: number, code: string): Response {
  return Response.json({ code }, { status });
}

function statusOf(error: HookError): number {
  if (error.code === "hook_refused") return 401;
  if (error.code === "rate_exceeded") return 429;
  return getHTTPStatusCodeFromError(new TRPCError({ code: trpcCode[error.code] }));
}
