import { TRPCError } from "@trpc/server";
import type { TRPC_ERROR_CODE_KEY } from "@trpc/server/rpc";
import type { Result } from "@/flows/basics/result";
import type { DisputeError, ExtendError, SubmitError } from "@/flows/ports/escrows";
import type { AddNoticeAddressError } from "../use-cases/add-notice-address";
import type { AnswerSignedError } from "../use-cases/answer-signed";
import type { StartCause } from "../use-cases/carry-out-start";
import type { MeansError } from "../use-cases/change-means";
import type { OrganisationError } from "../use-cases/change-organisation";
import type { DelegateError } from "../use-cases/delegate";
import type { EditFlowError } from "../use-cases/edit-flow";
import type { HistoryError } from "../use-cases/flow-history";
import type { ForkRunError } from "../use-cases/fork-run";
import type { FundRunError } from "../use-cases/fund-run";
import type { ImportError } from "../use-cases/import-manifest";
import type { ImportToolsError } from "../use-cases/import-tools";
import type { LinkWalletError, PayoutError, UnlinkWalletError } from "../use-cases/link-wallet";
import type { MoveError } from "../use-cases/move-listing";
import type { PrepareTryError } from "../use-cases/prepare-try";
import type { ProveError } from "../use-cases/prove-publisher";
import type { PublishError } from "../use-cases/publish-agent";
import type { PublishEventError } from "../use-cases/publish-event";
import type { PublishFlowError } from "../use-cases/publish-flow";
import type { RetryLetterError } from "../use-cases/retry-letter";
import type { RetryRunError } from "../use-cases/retry-run";
import type { ReviewError } from "../use-cases/review-agent";
import type { RotateSecretError } from "../use-cases/rotate-trigger-secret";
import type { AgentSecretError } from "../use-cases/set-agent-secret";
import type { SetAsideError } from "../use-cases/set-aside";
import type { SetPolicyError } from "../use-cases/set-policy";
import type { SettleOutcomeError } from "../use-cases/settle-outcome";
import type { ShowQuestionError } from "../use-cases/show-question";
import type { ShowRunError, ValueError } from "../use-cases/show-run";
import type { StartRunError } from "../use-cases/start-run";
import type { SteerRunError } from "../use-cases/steer-run";
import type { StopRunError } from "../use-cases/stop-run";
import type { TurnOnError } from "../use-cases/turn-on-trigger";

type DraftChanged = { code: "draft_changed"; revision: number };
type OffersTooMany = { code: "offers_too_many"; mostPerMinute: number };
type ImportsTooMany = { code: "imports_too_many"; mostPerMinute: number };
type NoticeError =
  | { code: "notice_code_wrong" | "notice_code_over" }
  | { code: "notice_tests_spent"; mostPerHour: number }
  | { code: "zone_unknown"; zone: string };
type AgentNotFound = { code: "agent_not_found"; name: string };

/** Every error that an API caller can meet. Add a use case's errors here and the table below must grow. */
export type ApiError =
  | AddNoticeAddressError
  | NoticeError
  | AgentNotFound
  | AgentSecretError
  | AnswerSignedError
  | DelegateError
  | MeansError
  | OrganisationError
  | EditFlowError
  | ForkRunError
  | FundRunError
  | HistoryError
  | ImportToolsError
  | LinkWalletError
  | ImportsTooMany
  | OffersTooMany
  | RetryLetterError
  | DraftChanged
  | ImportError
  | MoveError
  | PrepareTryError
  | ProveError
  | PublishError
  | ReviewError
  | PublishEventError
  | PublishFlowError
  | RetryRunError
  | RotateSecretError
  | SetAsideError
  | SetPolicyError
  | DisputeError
  | ExtendError
  | SettleOutcomeError
  | ShowQuestionError
  | ShowRunError
  | StartCause
  | StartRunError
  | SteerRunError
  | StopRunError
  | SubmitError
  | PayoutError
  | TurnOnError
  | UnlinkWalletError
  | ValueError;

export const trpcCode = {
  chain_unreachable: "SERVICE_UNAVAILABLE",
  escrow_exists: "CONFLICT",
  escrow_not_there: "NOT_FOUND",
  nothing_to_dispute: "CONFLICT",
  nothing_to_extend: "CONFLICT",
  extension_too_long: "UNPROCESSABLE_CONTENT",
  intent_expired: "CONFLICT",
  intent_unknown: "NOT_FOUND",
  nothing_to_fund: "UNPROCESSABLE_CONTENT",
  offers_too_many: "TOO_MANY_REQUESTS",
  operation_reused: "CONFLICT",
  payee_account_missing: "UNPROCESSABLE_CONTENT",
  payee_wallet_missing: "UNPROCESSABLE_CONTENT",
  payees_too_many: "UNPROCESSABLE_CONTENT",
  payer_account_missing: "PAYMENT_REQUIRED",
  payer_funds_insufficient: "PAYMENT_REQUIRED",
  price_currency_differs: "UNPROCESSABLE_CONTENT",
  price_not_whole: "UNPROCESSABLE_CONTENT",
  rail_absent: "UNPROCESSABLE_CONTENT",
  rail_paused: "UNPROCESSABLE_CONTENT",
  signature_unfit: "FORBIDDEN",
  sponsor_empty: "UNPROCESSABLE_CONTENT",
  transaction_refused: "UNPROCESSABLE_CONTENT",
  account_has_wallet: "CONFLICT",
  challenge_expired: "CONFLICT",
  signature_invalid: "FORBIDDEN",
  wallet_not_linked: "FORBIDDEN",
  wallet_only_way: "FORBIDDEN",
  wallet_taken: "CONFLICT",
  notice_address_invalid: "UNPROCESSABLE_CONTENT",
  notice_address_known: "CONFLICT",
  notice_address_not_found: "NOT_FOUND",
  notice_addresses_full: "UNPROCESSABLE_CONTENT",
  notice_channel_absent: "UNPROCESSABLE_CONTENT",
  notice_checks_spent: "TOO_MANY_REQUESTS",
  notice_code_over: "UNPROCESSABLE_CONTENT",
  notice_code_wrong: "UNPROCESSABLE_CONTENT",
  notice_tests_spent: "TOO_MANY_REQUESTS",
  zone_unknown: "UNPROCESSABLE_CONTENT",
  account_not_found: "NOT_FOUND",
  admin_last: "CONFLICT",
  admin_needed: "FORBIDDEN",
  delegation_invalid: "UNPROCESSABLE_CONTENT",
  delegation_not_found: "NOT_FOUND",
  invitation_expired: "CONFLICT",
  invitations_full: "TOO_MANY_REQUESTS",
  invitation_not_found: "NOT_FOUND",
  members_full: "UNPROCESSABLE_CONTENT",
  organisation_not_found: "NOT_FOUND",
  organisation_taken: "CONFLICT",
  address_refused: "UNPROCESSABLE_CONTENT",
  document_unreadable: "UNPROCESSABLE_CONTENT",
  imports_too_many: "TOO_MANY_REQUESTS",
  openapi_invalid: "UNPROCESSABLE_CONTENT",
  server_unreachable: "UNPROCESSABLE_CONTENT",
  address_unproved: "UNPROCESSABLE_CONTENT",
  address_unreadable: "UNPROCESSABLE_CONTENT",
  conformance_missing: "UNPROCESSABLE_CONTENT",
  draft_changed: "CONFLICT",
  draft_not_found: "NOT_FOUND",
  form_invalid: "UNPROCESSABLE_CONTENT",
  listing_moved: "CONFLICT",
  listing_not_found: "NOT_FOUND",
  proof_invalid: "UNPROCESSABLE_CONTENT",
  publisher_taken: "CONFLICT",
  publisher_unproved: "FORBIDDEN",
  reviewer_needed: "FORBIDDEN",
  self_review: "FORBIDDEN",
  version_breaking: "UNPROCESSABLE_CONTENT",
  version_not_newer: "UNPROCESSABLE_CONTENT",
  version_taken: "CONFLICT",
  agent_not_callable: "NOT_FOUND",
  agent_not_found: "NOT_FOUND",
  agent_name_taken: "CONFLICT",
  answer_given: "CONFLICT",
  approver_is_starter: "FORBIDDEN",
  approver_revoked: "FORBIDDEN",
  edit_refused: "UNPROCESSABLE_CONTENT",
  edits_spent: "UNPROCESSABLE_CONTENT",
  change_unconfirmed: "FORBIDDEN",
  passkey_not_found: "NOT_FOUND",
  passkey_taken: "CONFLICT",
  passkeys_absent: "UNPROCESSABLE_CONTENT",
  passkeys_full: "UNPROCESSABLE_CONTENT",
  means_too_new: "FORBIDDEN",
  evidence_missing: "FORBIDDEN",
  evidence_needed: "FORBIDDEN",
  withdrawal_refused: "FORBIDDEN",
  body_malformed: "UNPROCESSABLE_CONTENT",
  cap_reached: "TOO_MANY_REQUESTS",
  cap_too_low: "UNPROCESSABLE_CONTENT",
  delivery_invalid: "UNPROCESSABLE_CONTENT",
  edits_unusable: "UNPROCESSABLE_CONTENT",
  event_reserved: "FORBIDDEN",
  flow_asks_people: "UNPROCESSABLE_CONTENT",
  flow_calls_itself: "UNPROCESSABLE_CONTENT",
  flow_invalid: "UNPROCESSABLE_CONTENT",
  flow_not_found: "NOT_FOUND",
  funds_insufficient: "PAYMENT_REQUIRED",
  input_invalid: "UNPROCESSABLE_CONTENT",
  mock_invalid: "UNPROCESSABLE_CONTENT",
  letter_not_found: "NOT_FOUND",
  letter_replaced: "CONFLICT",
  mail_full: "TOO_MANY_REQUESTS",
  outcome_settled: "CONFLICT",
  outcome_unsettled: "CONFLICT",
  pin_invalid: "UNPROCESSABLE_CONTENT",
  pins_too_many: "UNPROCESSABLE_CONTENT",
  plan_changed: "CONFLICT",
  policy_denied: "FORBIDDEN",
  policy_invalid: "UNPROCESSABLE_CONTENT",
  position_unknown: "UNPROCESSABLE_CONTENT",
  price_below_bound: "UNPROCESSABLE_CONTENT",
  price_unusable: "UNPROCESSABLE_CONTENT",
  price_above_cap: "UNPROCESSABLE_CONTENT",
  question_expired: "CONFLICT",
  question_not_found: "NOT_FOUND",
  question_settled: "CONFLICT",
  rail_unusable: "UNPROCESSABLE_CONTENT",
  recording_not_found: "NOT_FOUND",
  revision_not_found: "NOT_FOUND",
  run_exists: "CONFLICT",
  run_not_faulted: "CONFLICT",
  run_not_found: "NOT_FOUND",
  run_over: "CONFLICT",
  step_not_found: "NOT_FOUND",
  runs_too_many: "TOO_MANY_REQUESTS",
  secret_not_found: "NOT_FOUND",
  secret_not_needed: "UNPROCESSABLE_CONTENT",
  start_broken: "INTERNAL_SERVER_ERROR",
  start_key_reused: "CONFLICT",
  start_too_deep: "FORBIDDEN",
  subject_changed: "CONFLICT",
  times_missed: "CONFLICT",
  trigger_not_found: "NOT_FOUND",
  trigger_off: "CONFLICT",
  value_not_found: "NOT_FOUND",
} satisfies Record<ApiError["code"], TRPC_ERROR_CODE_KEY>;

/** Carries a domain error through tRPC, whole; `errorFormatter` puts `detail` on the wire. */
export class DomainError extends Error {
  constructor(readonly detail: ApiError) {
    super(detail.code);
  }
}

export function unwrap<T>(result: Result<T, ApiError>): T {
  if (result.ok) return result.value;
  throw new TRPCError({ code: trpcCode[result.error.code], cause: new DomainError(result.error) });
}
