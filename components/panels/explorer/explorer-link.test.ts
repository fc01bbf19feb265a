import { expect, test } from "vitest";
import { whereIs } from "./explorer-link";

const ADDRESS = "EscRowProgram111111111111111111111111111111";

test("an address leads to an account and a signature to a transaction, with blanks around it or without", () => {
  expect(whereIs(` ${ADDRESS} `)).toEqual({ href: `/explorer/account/${ADDRESS}` });
  expect(whereIs("5".repeat(88))).toEqual({ href: `/explorer/tx/${"5".repeat(88)}` });
});

test.each([
  ["", /Type the signature/],
  ["0xdeadbeef", /"0"/],
  [`${ADDRESS}/../../wallet`, /"\/"/],
  ["5".repeat(50), /50 letters/],
])("%s is told what is wrong with it", (typed, problem) => {
  expect(whereIs(typed)).toEqual({ problem: expect.stringMatching(problem) });
});
