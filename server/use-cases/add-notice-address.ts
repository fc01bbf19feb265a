import { z } from "zod";
import type { AccountId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import { unreachable } from "@/flows/basics/unreachable";
import type { Services } from "../services";

/** What a person brings: a mail address, an address that takes posts, or a browser's subscription to push. */
export type WantedAddress =
  | { channel: "email"; address: string }
  | { channel: "webhook" | "slack"; url: string }
  | { channel: "push"; endpoint: string; p256dh: string; auth: string; label: string };

export type AddNoticeAddressError =
  | { code: "notice_address_invalid"; problem: string }
  | { code: "notice_address_known" }
  | { code: "notice_address_not_found" }
  | { code: "notice_addresses_full"; most: number }
  | { code: "notice_channel_absent"; channel: WantedAddress["channel"] }
  | { code: "notice_checks_spent"; mostPerDay: number };

const MOST_ADDRESSES = 10;
/** Checks are what goes to an address before it is proved: a stranger gets few of them, whoever asks. */
const CHECKS = { byOwner: 10, toTarget: 3 };

const Mail = z.email().max(254);
const Post = z.url({ protocol: /^https?$/ }).max(2_000);
/** A point of the curve and sixteen bytes, in base64url. */
const BROWSER_KEY = /^[A-Za-z0-9_-]{87}$/;
const BROWSER_SECRET = /^[A-Za-z0-9_-]{22}$/;

/** Keeps an address, and sends a check there. Nothing else goes there before it is proved. */
export async function addNoticeAddress(
  { notices }: Pick<Services, "notices">,
  owner: AccountId,
  wanted: WantedAddress,
): Promise<Result<{ id: string; secret: string | null }, AddNoticeAddressError>> {
  const made = draftOf(wanted);
  if (!made.ok) return made;
  const { channel } = wanted;
  const setUp = (await notices.channels()).some((each) => each.channel === channel && each.isSetUp);
  if (!setUp) return err({ code: "notice_channel_absent", channel });
  return notices.addresses.add(owner, { channel, ...made.value }, roomFor);
}

type Draft = { label: string; target: Record<string, string> };
/** Addresses of a person, and checks within a day: for them, and to the one address by whomever. */
type AddressesNow = { present: number; byOwner: number; toTarget: number };
type Spent = { code: "notice_checks_spent"; mostPerDay: number };

function roomFor(now: AddressesNow): AddNoticeAddressError | null {
  return now.present >= MOST_ADDRESSES ? { code: "notice_addresses_full", most: MOST_ADDRESSES } : spent(now);
}

function spent({ byOwner, toTarget }: AddressesNow): Spent | null {
  const isSpent = byOwner >= CHECKS.byOwner || toTarget >= CHECKS.toTarget;
  return isSpent ? { code: "notice_checks_spent", mostPerDay: CHECKS.toTarget } : null;
}

function draftOf(wanted: WantedAddress): Result<Draft, AddNoticeAddressError> {
  switch (wanted.channel) {
    case "email": {
      const address = Mail.safeParse(wanted.address.trim());
      return address.success
        ? ok({ label: address.data, target: { address: address.data } })
        : unusable("This is no mail address.");
    }
    case "webhook":
    case "slack": {
      const url = Post.safeParse(wanted.url.trim());
      return url.success
        ? ok({ label: hostOf(url.data), target: { url: url.data } })
        : unusable("This is no address that begins with https://.");
    }
    case "push": {
      const { endpoint, p256dh, auth, label } = wanted;
      const isWhole = Post.safeParse(endpoint).success && BROWSER_KEY.test(p256dh) && BROWSER_SECRET.test(auth);
      return isWhole
        ? ok({ label, target: { endpoint, p256dh, auth } })
        : unusable("The browser gave a subscription that cannot be used.");
    }
    default:
      return unreachable(wanted);
  }
}

function unusable(problem: string): Result<never, AddNoticeAddressError> {
  return err({ code: "notice_address_invalid", problem });
}

/** An address can be a key to a place, so its host alone is shown. */
function hostOf(url: string): string {
  return /^https?:\/\/([^/?#]+)/.exec(url)?.[1]?.replace(/^.*@/, "") ?? url;
}

/** Sends another check to an address that is not proved yet. */
export async function checkNoticeAddress(
  { notices }: Pick<Services, "notices">,
  owner: AccountId,
  id: string,
): Promise<Result<{ id: string }, AddNoticeAddressError>> {
  const sent = await notices.addresses.checkAgain(owner, id, spent);
  return sent.ok ? ok({ id }) : sent;
}
