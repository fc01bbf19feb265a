import { ApiFault } from "@/components/panels/account/api-fault";
import { PasskeyRefusal, passkeyFaultWords } from "@/components/panels/settings/passkey-ceremony";
import { ErrorNotice } from "@/components/ui/error-notice";

/** Why rules were not changed: what the studio says, or the device that was to sign. */
export function RuleFault({ fault }: { fault: unknown }) {
  if (fault instanceof PasskeyRefusal) return <ErrorNotice {...passkeyFaultWords(fault.fault)} />;
  return <ApiFault fault={fault} />;
}
