import { type EscrowRefusal, refusalOf } from "./escrow-refusals";

/** Why the registry refuses, beside what it refuses as the escrow does (programs/rules/src/refusal.rs). */
const REFUSALS = {
  200: "publisher_not_signed",
  201: "owner_not_signed",
  202: "heir_not_signed",
  203: "owner_wrong",
  204: "heir_wrong",
  205: "agent_wrong",
  206: "version_wrong",
  207: "agent_address_wrong",
  208: "version_address_wrong",
  209: "agent_exists",
  210: "version_exists",
  211: "forfeit_account_wrong",
  212: "forfeit_of_party",
  213: "destination_wrong",
  220: "arbiter_is_member",
  221: "manifest_missing",
  222: "price_unit_wrong",
  230: "state_move_refused",
  231: "more_than_staked",
  232: "nothing_leaving",
  233: "cool_down_running",
  234: "stake_locked",
  235: "slash_open",
  236: "slash_none",
  237: "cause_missing",
  238: "contest_too_late",
  239: "nothing_contested",
  240: "more_than_proposed",
  241: "window_running",
  242: "slash_undecided",
  243: "stake_remains",
  244: "versions_remain",
} as const;

type OwnRefusal = (typeof REFUSALS)[keyof typeof REFUSALS];
export type RegistryRefusal = EscrowRefusal | OwnRefusal;

/** The name of a refusal, or nothing for a number that another program ended with. */
export const registryRefusalOf = (code: number): RegistryRefusal | undefined =>
  (REFUSALS as Record<number, OwnRefusal>)[code] ?? refusalOf(code);

/** All that the registry alone refuses, with their numbers. */
export const registryRefusals = (): readonly [number, OwnRefusal][] =>
  Object.entries(REFUSALS).map(([code, name]) => [Number(code), name]);
