import { NotHere } from "@/components/panels/account/not-here";

export default function NotFound() {
  return (
    <NotHere
      title="There is no such approval for you"
      text="It names other people, or the address is mistyped. Check which account you are signed in with."
      href="/approvals"
      action="Show your approvals"
    />
  );
}
