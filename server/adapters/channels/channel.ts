import type { Result } from "@/flows/basics/result";

/** The ways out of the studio. A notice inside it is the row itself, and has no channel that could fail. */
export const CHANNELS = ["email", "webhook", "slack", "push"] as const;
export type ChannelName = (typeof CHANNELS)[number];

export type Fact = { name: string; value: string };

/** One notice as it is sent. All but `url` holds words of others. `url` is a page, which decides nothing by being opened. */
export type Item = {
  notice: string;
  kind: string;
  at: string;
  title: string;
  text: string;
  facts: readonly Fact[];
  url: string;
  action: string;
};

/**
 * What goes to one address. `id` stays the same however often it is sent, so that whoever takes it can tell a repetition.
 * `more` notices are left to the studio's own list, at `studio`; what is sent is chosen at `settings`.
 */
export type Message = {
  id: string;
  kind: "notices" | "check" | "test";
  title: string;
  items: readonly Item[];
  more: number;
  studio: string;
  settings: string;
};

/** Where it goes, by the names that the channel gives them. */
export type Target = Readonly<Record<string, string>>;

/**
 * Why a message did not arrive, or may not have. `final`: to try again would change nothing. `address_gone`: there is nobody any
 * more. `problem` is the end of a sentence about the channel. Units: `afterMs` milliseconds that the receiver asks to be left alone.
 */
export type NotSent = {
  code:
    | "channel_unreachable"
    | "channel_slow"
    | "channel_refused"
    | "channel_absent"
    | "address_refused"
    | "address_gone"
    | "egress_refused";
  problem: string;
  final: boolean;
  afterMs?: number;
};

/** Where it arrived they say so, with a receipt where they give one. */
export type Sent = { receipt: string | null };

/**
 * Brings messages to addresses. It sends once and repeats nothing: whoever asks does, under the same id. Errors: what is
 * not certain to have arrived is not sent; a target that is not of the channel throws, which is a bug.
 */
export type Channel = {
  send(message: Message, target: Target): Promise<Result<Sent, NotSent>>;
  close(): Promise<void>;
};
