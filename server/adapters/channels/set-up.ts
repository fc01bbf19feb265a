import { guardedFetch } from "@/server/egress/guarded-fetch";
import { emailChannel, type MailServer } from "./email/email";
import type { Ways } from "./outbox/outbox";
import { pushChannel } from "./push/push";
import { readVapidKey } from "./push/vapid";
import { slackChannel } from "./slack";
import { webhookChannel } from "./webhook";

/** `trusted`: origins of the operator's own, where posts may go on a private network. */
export type SetUpOptions = {
  mail: MailServer | null;
  pushKeyFile: string | undefined;
  trusted: readonly string[];
  studioUrl: string;
  now: () => number;
};

const NO_REDIRECTS = { connectMs: 10_000, bodyBytes: 64 * 1024, redirects: 0 };

/** Every way out, as the operator has set it up. A channel has pools of its own, so that none holds up another. */
export function setUpChannels({ mail, pushKeyFile, trusted, studioUrl, now }: SetUpOptions): Ways {
  const guard = () => guardedFetch({ trusted: new Set(trusted) }, NO_REDIRECTS);
  const key = pushKeyFile === undefined ? null : readVapidKey(pushKeyFile);
  const subject = studioUrl.startsWith("https:") ? studioUrl : `mailto:${addressOf(mail)}`;
  return {
    email: mail
      ? { channel: emailChannel(mail), words: `Mail comes from ${mail.from}.` }
      : { channel: null, words: "The operator of this studio has set up no mail server." },
    webhook: {
      channel: webhookChannel({ guard: guard(), now }),
      words: "Posts are signed as Standard Webhooks says it.",
    },
    slack: {
      channel: slackChannel({ guard: guard() }),
      words: "Any address that takes Slack's incoming webhooks. Tested against its published form on a local address.",
    },
    push: key
      ? {
          channel: pushChannel({ guard: guard(), key, subject, now }),
          words: "For this browser, also while the studio is closed. Tested against the standards on a local address.",
          publicKey: key.publicKey,
        }
      : { channel: null, words: "The operator of this studio has set up no key for push." },
  };
}

function addressOf(mail: MailServer | null): string {
  return /([^\s<>]+@[^\s<>@]+)>?\s*$/.exec(mail?.from ?? "")?.[1] ?? "operator@studio.invalid";
}
