import { z } from "zod";
import { AccountId, FlowId, RunId } from "@/flows/basics/ids";
import { composeWeb } from "@/server/compose-web";
import { answerQuestion } from "@/server/use-cases/answer-question";
import { openAccount } from "@/server/use-cases/open-account";
import { planFlow } from "@/server/use-cases/plan-flow";
import { startRun } from "@/server/use-cases/start-run";

const Asked = z.discriminatedUnion("do", [
  z.object({ id: z.number(), do: z.literal("open") }),
  z.object({ id: z.number(), do: z.literal("start"), owner: AccountId, flow: FlowId, run: RunId }),
  z.object({ id: z.number(), do: z.literal("approve"), owner: AccountId, run: RunId }),
]);
type Asked = z.infer<typeof Asked>;

/** The web process without its HTTP: the same composition and use cases, asked over a channel instead of a socket. */
const services = composeWeb();

async function answer(asked: Asked): Promise<unknown> {
  switch (asked.do) {
    case "open": {
      const { id } = await openAccount(services, { name: "Chaos" });
      const flows = await services.flows.list(id);
      return { owner: id, flows: flows.map(({ id, name }) => ({ id, name })) };
    }
    case "start": {
      const { owner, flow, run } = asked;
      const agreed = await planFlow(services, { owner, flow });
      if (!agreed.ok) return agreed;
      const { hash, defaults } = agreed.value;
      return startRun(services, { owner, flow, run, plan: hash, currency: "trial_microcredits", input: defaults });
    }
    case "approve": {
      const open = (await services.questions.list(asked.owner, "open")).find(({ run }) => run === asked.run);
      if (!open) return { asked: false };
      const { operation, subject } = open;
      await answerQuestion(services, { by: asked.owner, operation, subject, answer: "approved" });
      return { asked: true };
    }
  }
}

process.on("message", (message) => {
  const asked = Asked.parse(message);
  answer(asked).then(
    (value) => process.send?.({ id: asked.id, value }),
    (problem: unknown) => process.send?.({ id: asked.id, problem: String(problem) }),
  );
});
process.on("disconnect", () => process.exit(1));
process.send?.({ ready: true });
