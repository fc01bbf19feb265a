import { expect, test } from "vitest";
import { encrypt, MOST_BYTES } from "./encrypt";

const browser = {
  p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
};

test("the example of RFC 8291 comes out byte for byte", () => {
  const chance = {
    salt: Buffer.from("DGv6ra1nlYgDCS1FRnbzlw", "base64url"),
    ephemeral: Buffer.from("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw", "base64url"),
  };
  const text = Buffer.from("When I grow up, I want to be a watermelon");
  expect(encrypt(text, browser, chance).toString("base64url")).toBe(
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
  );
});

test("the longest message is what every push service takes, and a longer one is a bug", () => {
  expect(encrypt(Buffer.alloc(MOST_BYTES), browser)).toHaveLength(4_096);
  expect(() => encrypt(Buffer.alloc(MOST_BYTES + 1), browser)).toThrow(RangeError);
});
