import { expect, test } from "vitest";
import { readEnvironment } from "./environment";

const least = { AGENTS_URL: "http://127.0.0.1:4510", STUDIO_DATA: "/data/studio" };

test("the least that is needed is an address and a folder", () => {
  expect(readEnvironment(least)).toEqual({
    port: 4510,
    answers: "/data/studio/agents/answers",
    model: null,
    allowedOrigins: [],
  });
  expect(readEnvironment({ ...least, OPENAI_BASE_URL: "" })).toMatchObject({ model: null });
});

test("a model needs an address; its key and name may be left out", () => {
  const OPENAI_BASE_URL = "http://127.0.0.1:11434/v1";
  expect(readEnvironment({ ...least, OPENAI_BASE_URL })).toMatchObject({ model: { baseUrl: OPENAI_BASE_URL } });
  const named = readEnvironment({ ...least, OPENAI_BASE_URL, OPENAI_MODEL: "tiny", OPENAI_API_KEY: "k" });
  expect(named).toMatchObject({ model: { baseUrl: OPENAI_BASE_URL, model: "tiny", apiKey: "k" } });
});

test("what is wrong is named by its variable, all of it, without its value", () => {
  const wrong = readEnvironment({ AGENTS_URL: "http://0.0.0.0:1", OPENAI_BASE_URL: "sk-pasted-here" });
  expect(wrong).toMatchObject({ problem: expect.stringMatching(/AGENTS_URL.*STUDIO_DATA.*OPENAI_BASE_URL/) });
  expect(JSON.stringify(wrong)).not.toContain("sk-pasted");
});

test("origins that agents may fetch from are exact", () => {
  const origins = "http://127.0.0.1:8080, https://intranet.example";
  const read = readEnvironment({ ...least, AGENTS_ALLOWED_ORIGINS: origins });
  expect(read).toMatchObject({ allowedOrigins: ["http://127.0.0.1:8080", "https://intranet.example"] });
  for (const wrong of ["intranet", "http://a.example/", "http://*.example", "file:///etc", "http://u:p@a.example"]) {
    const told = readEnvironment({ ...least, AGENTS_ALLOWED_ORIGINS: wrong });
    expect(told).toMatchObject({ problem: expect.stringContaining("AGENTS_ALLOWED_ORIGINS") });
  }
});
