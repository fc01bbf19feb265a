// An agent that answers at once, in a process of its own: echo-agent.mjs PORT
import { createServer } from "node:http";

const answer = JSON.stringify({ output: { text: "done" }, price: { currency: "microcredits", amount: "10" } });
createServer((request, response) => {
  request.resume().on("end", () => {
    response.writeHead(200, { "content-type": "application/json" }).end(answer);
  });
}).listen(Number(process.argv[2]), "127.0.0.1", () => process.send?.({ ready: true }));
process.on("disconnect", () => process.exit(0));
