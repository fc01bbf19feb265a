import type { FailedTransactionMetadata } from "litesvm";
import type { Wire } from "./json";

// The chain in process says its errors by number, in this order; a test compares both lists with what it exports.
export const TRANSACTION_ERRORS =
  "AccountInUse AccountLoadedTwice AccountNotFound ProgramAccountNotFound InsufficientFundsForFee InvalidAccountForFee AlreadyProcessed BlockhashNotFound CallChainTooDeep MissingSignatureForFee InvalidAccountIndex SignatureFailure InvalidProgramForExecution SanitizeFailure ClusterMaintenance AccountBorrowOutstanding WouldExceedMaxBlockCostLimit UnsupportedVersion InvalidWritableAccount WouldExceedMaxAccountCostLimit WouldExceedAccountDataBlockLimit TooManyAccountLocks AddressLookupTableNotFound InvalidAddressLookupTableOwner InvalidAddressLookupTableData InvalidAddressLookupTableIndex InvalidRentPayingAccount WouldExceedMaxVoteCostLimit WouldExceedAccountDataTotalLimit MaxLoadedAccountsDataSizeExceeded ResanitizationNeeded InvalidLoadedAccountsDataSizeLimit UnbalancedTransaction ProgramCacheHitMaxLimit CommitCancelled".split(
    " ",
  );
export const INSTRUCTION_ERRORS =
  "GenericError InvalidArgument InvalidInstructionData InvalidAccountData AccountDataTooSmall InsufficientFunds IncorrectProgramId MissingRequiredSignature AccountAlreadyInitialized UninitializedAccount UnbalancedInstruction ModifiedProgramId ExternalAccountLamportSpend ExternalAccountDataModified ReadonlyLamportChange ReadonlyDataModified DuplicateAccountIndex ExecutableModified RentEpochModified NotEnoughAccountKeys AccountDataSizeChanged AccountNotExecutable AccountBorrowFailed AccountBorrowOutstanding DuplicateAccountOutOfSync InvalidError ExecutableDataModified ExecutableLamportChange ExecutableAccountNotRentExempt UnsupportedProgramId CallDepth MissingAccount ReentrancyNotAllowed MaxSeedLengthExceeded InvalidSeeds InvalidRealloc ComputationalBudgetExceeded PrivilegeEscalation ProgramEnvironmentSetupFailure ProgramFailedToComplete ProgramFailedToCompile Immutable IncorrectAuthority AccountNotRentExempt InvalidAccountOwner ArithmeticOverflow UnsupportedSysvar IllegalOwner MaxAccountsDataAllocationsExceeded MaxAccountsExceeded MaxInstructionTraceLengthExceeded BuiltinProgramsMustConsumeComputeUnits BorshIoError".split(
    " ",
  );

/** Why a transaction failed, as Solana's servers write it. */
export type Failure = string | { readonly [kind: string]: Wire };

type Said = ReturnType<FailedTransactionMetadata["err"]>;

export function failureOf(said: Said): Failure {
  if (typeof said === "number") return TRANSACTION_ERRORS[said] ?? `Unknown${said}`;
  if ("err" in said) return { InstructionError: [said.index, instructionFailure(said.err())] };
  if ("index" in said) return { DuplicateInstruction: said.index };
  const place = { account_index: said.accountIndex };
  const kind = said.constructor.name;
  return kind.includes("Rent") ? { InsufficientFundsForRent: place } : { ProgramExecutionTemporarilyRestricted: place };
}

type SaidOfInstruction = ReturnType<Extract<Said, { err(): unknown }>["err"]>;

function instructionFailure(said: SaidOfInstruction): Wire {
  if (typeof said === "number") return INSTRUCTION_ERRORS[said] ?? "GenericError";
  return "code" in said ? { Custom: said.code } : "BorshIoError";
}

const SENTENCES: Readonly<Record<string, string>> = {
  AccountNotFound: "Attempt to debit an account but found no record of a prior credit.",
  AlreadyProcessed: "This transaction has already been processed",
  BlockhashNotFound: "Blockhash not found",
  InsufficientFundsForFee: "Insufficient funds for fee",
  ProgramAccountNotFound: "Attempt to load a program that does not exist",
  SignatureFailure: "Transaction did not pass signature verification",
};

/** The sentence that a failed preflight is told in, with a failed instruction's own words from the log. */
export function sentenceOf(failure: Failure, logs: readonly string[]): string {
  if (typeof failure === "string") return SENTENCES[failure] ?? failure;
  const inner = failure.InstructionError;
  if (!Array.isArray(inner)) return JSON.stringify(failure);
  const why = logs.findLast((line) => / failed: /.test(line))?.replace(/^.* failed: /, "");
  return `Error processing Instruction ${inner[0]}: ${why ?? JSON.stringify(inner[1])}`;
}
