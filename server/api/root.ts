import { accountRouter } from "./routers/account";
import { approvalsRouter } from "./routers/approvals";
import { flowsRouter } from "./routers/flows";
import { liveRouter } from "./routers/live";
import { policiesRouter } from "./routers/policies";
import { registryRouter } from "./routers/registry";
import { runsRouter } from "./routers/runs";
import { walletRouter } from "./routers/wallet";
import { router } from "./trpc";

export const appRouter = router({
  account: accountRouter,
  approvals: approvalsRouter,
  flows: flowsRouter,
  live: liveRouter,
  policies: policiesRouter,
  registry: registryRouter,
  runs: runsRouter,
  wallet: walletRouter,
});
export type AppRouter = typeof appRouter;
