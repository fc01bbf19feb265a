import { accountRouter } from "./routers/account";
import { approvalsRouter } from "./routers/approvals";
import { eventsRouter } from "./routers/events";
import { flowsRouter } from "./routers/flows";
import { liveRouter } from "./routers/live";
import { noticesRouter } from "./routers/notices";
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
  approvals: approvalsRouter,
  events: eventsRouter,
  flows: flowsRouter,
  live: liveRouter,
  notices: noticesRouter,
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
