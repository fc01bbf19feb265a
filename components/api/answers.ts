import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/api/root";

type Answers = inferRouterOutputs<AppRouter>;

/** What the API answers, in the words of the screens. Types only: none of the server's code reaches the browser. */
export type FlowInList = Answers["flows"]["list"][number];
export type PlannedFlow = Answers["flows"]["plan"];
export type FlowHistory = Answers["flows"]["history"];
export type ComparedFlow = Answers["flows"]["compare"];
export type RunInList = Answers["runs"]["list"][number];
export type StoppedThing = Answers["runs"]["stopped"][number];
export type ShownRun = Answers["runs"]["get"];
export type TurnedOn = Answers["triggers"]["list"][number];
export type TriggerStart = Answers["triggers"]["starts"][number];
export type ReceiptsFile = Answers["runs"]["receipts"];
export type AskedQuestion = Answers["approvals"]["list"][number];
export type ShownQuestion = Answers["approvals"]["get"];
export type Listing = Answers["registry"]["search"][number];
export type ShownAgent = Answers["registry"]["agent"];
export type PreparedTry = Answers["registry"]["prepareTry"];
export type AgentDraft = Answers["publishing"]["draft"];
export type AgentTrial = NonNullable<Answers["publishing"]["trial"]>;
export type PublisherClaim = Answers["publishing"]["claim"];
export type OwnVersion = Answers["publishing"]["mine"]["versions"][number];
export type ReviewedVersion = Answers["publishing"]["queue"][number];
export type ListingCounts = Answers["registry"]["counts"];
export type CallTime = Answers["registry"]["callTimes"][number];
export type ShownNotice = Answers["notices"]["list"][number];
export type NoticeAddress = Answers["notices"]["addresses"][number];
export type NoticeChannel = Answers["notices"]["channels"][number];
export type NoticeWanted = Answers["notices"]["wanted"][number];
export type NoticeSettings = Answers["notices"]["settings"];
export type Undelivered = Answers["notices"]["undelivered"][number];
export type Balance = Answers["wallet"]["balances"][number];
export type FundingOffer = Answers["escrows"]["offer"];
export type EscrowOfRun = NonNullable<Answers["escrows"]["ofRun"]>;
export type EarnedLine = Answers["escrows"]["earnings"]["lines"][number];
export type DisputeOffer = Answers["escrows"]["dispute"];
export type ExtendOffer = Answers["escrows"]["extend"];
export type EscrowWithoutRun = Answers["escrows"]["withoutRun"][number];
export type SignInWords = Answers["wallets"]["wordsToSignIn"];
export type Posting = Answers["wallet"]["postings"][number];

type ErrorShape = AppRouter["_def"]["_config"]["$types"]["errorShape"];

/** Every expected failure that the API can answer with. */
export type ApiError = NonNullable<ErrorShape["data"]["domain"]>;
