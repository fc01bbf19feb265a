import { isMainThread } from "node:worker_threads";
import { serveAgents } from "@/sdk/serve-agents";
import { answerApart } from "./apart/answer-apart";
import { APART, inChildren } from "./apart/in-child";
import { watchApart } from "./apart/watch-apart";
import { documentExtractor } from "./document-extractor/agent";
import { readEnvironment } from "./environment";
import { imageCaptioner } from "./image-captioner/agent";
import { knowledgeQa } from "./knowledge-qa/agent";
import { languageTranslator } from "./language-translator/agent";
import { newsAggregator } from "./news-aggregator/agent";
import { spreadsheetAnalyst } from "./spreadsheet-analyst/agent";
import { summariser } from "./summariser/agent";
import { webPageReader } from "./web-page-reader/agent";

const HERE = new URL(import.meta.url);

/** The process of the agents that ship with the studio. Whoever starts it reads one line of JSON per event. */
async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  if ("problem" in environment) return giveUp(`The environment of the agents is wrong. ${environment.problem}`);
  const { port, answers, model, allowedOrigins } = environment;

  const apart = inChildren(HERE);
  const fetching = { allowedOrigins };
  const agents = [
    documentExtractor({ apart }),
    imageCaptioner({ model }),
    knowledgeQa({ model }),
    languageTranslator({ model }),
    newsAggregator({ apart, fetching }),
    spreadsheetAnalyst({ apart }),
    summariser({ model }),
    webPageReader({ apart, fetching }),
  ];
  const served = await serveAgents({ agents, port, answers, log: tell });
  if (!served.ok) return giveUp(`The agents cannot start: ${JSON.stringify(served.error)}`);
  console.log(JSON.stringify({ level: "info", event: "agents_ready", url: served.value.url }));

  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    served.value.close().then(() => process.exit(0), tell);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  process.on("disconnect", stop); // the parent that held the channel is gone: nobody else would stop us
}

/** Why an agent broke: for the operator, never for the caller. */
function tell(problem: unknown): void {
  const words = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
  console.error(JSON.stringify({ level: "error", event: "agent_failed", problem: words }));
}

function giveUp(sentence: string): void {
  console.error(JSON.stringify({ level: "fatal", event: "agents_stopped", problem: sentence }));
  process.exit(1);
}

// The same file is what a process is started from that reads one document, and its thread (apart/in-child.ts).
const begin = process.argv[2] === APART ? async () => watchApart(HERE) : main;
await (isMainThread ? begin() : answerApart());
