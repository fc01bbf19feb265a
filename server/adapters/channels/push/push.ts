import { z } from "zod";
import { ok } from "@/flows/basics/result";
import type { GuardedFetch } from "@/server/egress/guarded-fetch";
import type { Channel, Message } from "../channel";
import { post } from "../posting";
import { plain } from "../untrusted";
import { encrypt } from "./encrypt";
import { type VapidKey, vapidHeader } from "./vapid";

const PushTarget = z.object({ endpoint: z.string(), p256dh: z.string(), auth: z.string() });

type PushOptions = { guard: GuardedFetch; key: VapidKey; subject: string; now: () => number; waitMs?: number };

/** A push service keeps what a browser that is off has not taken for so long. Units: seconds. */
const KEPT_S = 86_400;
const TITLE = 120;
const TEXT = 400;

/** A notice on a device whose browser may be closed. What it says is read by that browser alone. Source: RFC 8030. */
export function pushChannel({ guard, key, subject, now, waitMs }: PushOptions): Channel {
  return {
    async send(message, target) {
      const { endpoint, p256dh, auth } = PushTarget.parse(target);
      const body = encrypt(Buffer.from(JSON.stringify(shown(message))), { p256dh, auth });
      const headers = {
        authorization: vapidHeader(key, { endpoint, subject, nowMs: now() }),
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        ttl: String(KEPT_S),
        urgency: "high",
        topic: topicOf(message.id),
      };
      const posted = await post(guard, endpoint, { headers, body, ...(waitMs ? { waitMs } : {}) });
      return posted.ok ? ok({ receipt: posted.value.headers.get("location") }) : posted;
    },
    close: guard.close,
  };
}

/** What the service worker shows. The path alone: it opens pages of its own studio and of no other. */
function shown({ id, title, items: [first, ...others], studio }: Message) {
  const { pathname } = new URL(first && others.length === 0 ? first.url : studio);
  const text = first && others.length === 0 ? first.text : [first, ...others].map((item) => item?.title).join(" · ");
  return {
    id,
    title: plain(first && others.length === 0 ? first.title : title, TITLE),
    text: plain(text, TEXT),
    path: pathname,
  };
}

/** A repetition replaces the first where a push service still holds it. It takes 32 characters of the alphabet of base64url. */
function topicOf(id: string): string {
  return id
    .replace(/[^A-Za-z0-9_-]/g, "")
    .replaceAll("-", "")
    .slice(0, 32);
}
