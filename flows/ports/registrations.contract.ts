import { afterAll, describe, expect, test } from "vitest";
import { AgentId } from "../basics/ids";
import { digestOf } from "../plan/digest";
import type { RegisteredState, RegistrationsPort } from "./registrations";

/** What becomes of the registration of acme/echo@1.0.0, as its owner and its arbiter make it. */
export type RegistrationsRig = {
  port: RegistrationsPort;
  move(of: "agent" | "version", state: RegisteredState): Promise<void>;
  close(): Promise<void>;
  /** Registers it anew, as it was at first. */
  again(): Promise<void>;
  unreachable(): void;
};

const agent = AgentId.parse("acme/echo@1.0.0");
export const registeredManifest = digestOf("what acme/echo declares");

/** Rules of whoever says what the chain has of an agent. `open`: acme/echo@1.0.0 is registered and active, and noted so. */
export function registrationsContract(name: string, open: () => Promise<RegistrationsRig>, end = async () => {}) {
  const check = ({ port }: RegistrationsRig) => port.check(agent, registeredManifest);

  describe(`registrations: ${name}`, () => {
    afterAll(end);

    test("[P11] a registered agent is called, one that was never registered as well, and one with another manifest is not", async () => {
      const rig = await open();
      expect(await check(rig)).toEqual({ ok: true, value: "registered" });
      const other = AgentId.parse("acme/other@1.0.0");
      expect(await rig.port.check(other, registeredManifest)).toEqual({ ok: true, value: "unregistered" });
      expect(await rig.port.check(agent, digestOf("something else"))).toEqual({
        ok: false,
        error: { code: "manifest_mismatched", registered: registeredManifest },
      });
    });

    test.each(["agent", "version"] as const)(
      "[P11] when the %s is deprecated it goes on, suspended it is not called",
      async (of) => {
        const rig = await open();
        await rig.move(of, "deprecated");
        expect(await check(rig)).toEqual({ ok: true, value: "registered" });
        await rig.move(of, "suspended");
        expect(await check(rig)).toEqual({ ok: false, error: { code: "state_refused", of, state: "suspended" } });
        await rig.move(of, "draft");
        expect(await check(rig)).toEqual({ ok: false, error: { code: "state_refused", of, state: "draft" } });
        await rig.move(of, "active");
        expect(await check(rig)).toEqual({ ok: true, value: "registered" });
      },
    );

    test("[P11] one that is gone is not called, nor one that was registered anew in its place", async () => {
      const rig = await open();
      await rig.close();
      expect(await check(rig)).toEqual({ ok: false, error: { code: "registration_gone" } });
      await rig.again();
      expect(await check(rig)).toEqual({ ok: false, error: { code: "registration_replaced" } });
    });

    test("[P11] what nobody can say is not called", async () => {
      const rig = await open();
      rig.unreachable();
      expect(await check(rig)).toMatchObject({ ok: false, error: { code: "chain_unknown" } });
    });
  });
}
