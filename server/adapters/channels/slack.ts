import { z } from "zod";
import { ok } from "@/flows/basics/result";
import type { GuardedFetch } from "@/server/egress/guarded-fetch";
import type { Channel, Item, Message } from "./channel";
import { post } from "./posting";
import { defused } from "./untrusted";

const SlackTarget = z.object({ url: z.string() });

const MOST_BLOCKS = 40;
const LONGEST_TEXT = 2_900;
const LONGEST_LABEL = 75;

/**
 * An incoming webhook as Slack has it, which others take as well. People's words stand in plain text, where nothing is a link
 * or a call to somebody; where a receiver reads the fall-back as markup, they are escaped.
 * Source: api.slack.com/reference/surfaces/formatting and /reference/block-kit (read 2026-11-21).
 */
export function slackChannel({ guard, waitMs }: { guard: GuardedFetch; waitMs?: number }): Channel {
  return {
    async send(message, target) {
      const { url } = SlackTarget.parse(target);
      const headers = {
        "content-type": "application/json",
        "user-agent": "agent-labs-studio",
        "x-notice-id": message.id,
      };
      const body = JSON.stringify(slackBody(message));
      const posted = await post(guard, url, { headers, body, ...(waitMs ? { waitMs } : {}) });
      return posted.ok ? ok({ receipt: null }) : posted;
    },
    close: guard.close,
  };
}

export function slackBody(message: Message) {
  const blocks = [
    ...(message.items.length > 1 ? [section(message.title)] : []),
    ...message.items.flatMap(itemBlocks),
    ...(message.more > 0 ? [section(`And ${message.more} more in the studio.`)] : []),
  ].slice(0, MOST_BLOCKS);
  const text = message.items.length === 1 ? (message.items[0]?.title ?? message.title) : message.title;
  return { text: escaped(text), parse: "none", link_names: false, unfurl_links: false, unfurl_media: false, blocks };
}

function itemBlocks({ title, text, facts, url, action }: Item) {
  const lines = [title, text, ...facts.map(({ name, value }) => `${name}: ${value}`)].filter(Boolean);
  const button = { type: "button", text: { type: "plain_text", text: action.slice(0, LONGEST_LABEL) }, url };
  return [section(lines.join("\n")), { type: "actions", elements: [button] }];
}

function section(text: string) {
  return { type: "section", text: { type: "plain_text", text: defused(text).slice(0, LONGEST_TEXT), emoji: false } };
}

/** The three characters that markup is made of, and whatever a reader's program would make a link or a call of. */
function escaped(text: string): string {
  return defused(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
