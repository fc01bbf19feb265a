import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tooManyArguments } from "./bitcode.mjs";
import { linkerArguments } from "./linker-arguments.mjs";
import { lower } from "./lower.mjs";

test("short copies stay with the backend, long and variable ones become system calls, declared once", () => {
  const short = "  call void @llvm.memcpy.p0.p0.i64(ptr %a, ptr %b, i64 64, i1 false)";
  const long = "  tail call void @llvm.memcpy.p0.p0.i64(ptr align 8 %a, ptr %b, i64 65, i1 false) #7";
  const variable = "  call void @llvm.memcpy.p0.p0.i64(ptr %a, ptr %b, i64 noundef %n, i1 false)";
  expect(lower(`${short}\n${long}\n${variable}`).trimEnd()).toBe(
    [
      short,
      "  tail call void @sol_memcpy_(ptr align 8 %a, ptr %b, i64 65)",
      "  call void @sol_memcpy_(ptr %a, ptr %b, i64 %n)",
      "declare void @sol_memcpy_(ptr, ptr, i64)",
    ].join("\n"),
  );
});

test("filling and moving have system calls of their own", () => {
  const filled = lower("  call void @llvm.memset.p0.i64(ptr %a, i8 0, i64 200, i1 false)");
  expect(filled).toContain("@sol_memset_(ptr %a, i8 0, i64 200)");
  const moved = lower("  call void @llvm.memmove.p0.p0.i64(ptr %a, ptr %b, i64 200, i1 false)");
  expect(moved).toContain("@sol_memmove_(ptr %a, ptr %b, i64 200)");
});

test("division with a sign is put together from division without one", () => {
  expect(lower("  %q = sdiv i64 %a, %b")).toContain("  %q = call i64 @signed_sdiv(i64 %a, i64 %b)");
  const narrow = lower("  %r = srem i32 %a, -3, !dbg !1");
  expect(narrow).toContain("sext i32 %a to i64");
  expect(narrow).toContain("define internal i64 @signed_srem(");
  expect(lower("  %q = udiv i64 %a, %b").trim()).toBe("%q = udiv i64 %a, %b");
});

test("functions that take too many arguments are read from both ways in which the code generator complains", () => {
  const said = [
    "error: x.rs:1:0: in function _ZN4many17h1E i64 (i64): stack arguments are not supported",
    "error: t3: i64 = GlobalAddress<ptr @other.name> 0 too many arguments",
  ].join("\n");
  expect(tooManyArguments(said)).toEqual(["_ZN4many17h1E", "other.name"]);
});

test("rustc's words for its linker come down to files and a place, also from a file of words", () => {
  const folder = mkdtempSync(join(tmpdir(), "linker-words-"));
  try {
    const words = join(folder, "words");
    writeFileSync(words, "a.o\n--cpu\nv2\nlibcore-1.rlib\n");
    expect(linkerArguments([`@${words}`, "--export", "x.o", "-O3", "-o", "out.so", "-L", "some.a"])).toEqual({
      out: "out.so",
      files: ["a.o", "libcore-1.rlib"],
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
