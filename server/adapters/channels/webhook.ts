import { createHmac } from "node:crypto";
import { z } from "zod";
import { ok } from "@/flows/basics/result";
import type { GuardedFetch } from "@/server/egress/guarded-fetch";
import type { Channel, Message } from "./channel";
import { post } from "./posting";

const WebhookTarget = z.object({ url: z.string(), secret: z.string().regex(/^whsec_[A-Za-z0-9+/=]+$/) });

type WebhookOptions = { guard: GuardedFetch; now: () => number; waitMs?: number };

/**
 * A POST of JSON to an address of a person's own, signed as Standard Webhooks says it: whoever has the secret can tell that
 * it comes from here and is no repetition.
 * Source: github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md (read 2026-11-21).
 */
export function webhookChannel({ guard, now, waitMs }: WebhookOptions): Channel {
  return {
    async send(message, target) {
      const { url, secret } = WebhookTarget.parse(target);
      const body = JSON.stringify(bodyOf(message));
      const timestamp = String(Math.floor(now() / 1_000));
      const headers = {
        "content-type": "application/json",
        "user-agent": "agent-labs-studio",
        "webhook-id": message.id,
        "webhook-timestamp": timestamp,
        "webhook-signature": signatureOf(secret, { id: message.id, timestamp, body }),
      };
      const posted = await post(guard, url, { headers, body, ...(waitMs ? { waitMs } : {}) });
      return posted.ok ? ok({ receipt: null }) : posted;
    },
    close: guard.close,
  };
}

function bodyOf({ id, kind, title, items, more }: Message) {
  return { type: kind, id, title, notices: items, more };
}

type Signed = { id: string; timestamp: string; body: string };

function signatureOf(secret: string, { id, timestamp, body }: Signed): string {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}
