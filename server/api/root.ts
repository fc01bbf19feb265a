import { accountRouter } from "./routers/account";
import { apiKeysRouter } from "./routers/api-keys";
import { approvalsRouter } from "./routers/approvals";
import { delegationsRouter } from "./routers/delegations";
import { escrowsRouter } from "./routers/escrows";
import { eventsRouter } from "./routers/events";
import { explorerRouter } from "./routers/explorer";
import { flowsRouter } from "./routers/flows";
import { liveRouter } from "./routers/live";
import { noticesRouter } from "./routers/notices";
import { organisationsRouter } from "./routers/organisations";
import { passkeysRouter } from "./routers/passkeys";
import { policiesRouter } from "./routers/policies";
import { publishingRouter } from "./routers/publishing";
import { registryRouter } from "./routers/registry";
import { runsRouter } from "./routers/runs";
import { secretsRouter } from "./routers/secrets";
import { triggersRouter } from "./routers/triggers";
import { walletRouter } from "./routers/wallet";
import { walletsRouter } from "./routers/wallets";
import { router } from "./trpc";

export const appRouter = router({
  account: accountRouter,
  apiKeys: apiKeysRouter,
  approvals: approvalsRouter,
  delegations: delegationsRouter,
  escrows: escrowsRouter,
  events: eventsRouter,
  explorer: explorerRouter,
  flows: flowsRouter,
  live: liveRouter,
  notices: noticesRouter,
  organisations: organisationsRouter,
  passkeys: passkeysRouter,
  policies: policiesRouter,
  publishing: publishingRouter,
  registry: registryRouter,
  runs: runsRouter,
  secrets: secretsRouter,
  triggers: triggersRouter,
  wallet: walletRouter,
  wallets: walletsRouter,
});
export type AppRouter = typeof appRouter;
