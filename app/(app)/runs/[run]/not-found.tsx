import { NotHere } from "@/components/panels/account/not-here";

export default function NotFound() {
  return (
    <NotHere
      title="This run is not here"
      text="It belongs to another account, or the address is mistyped. Runs are never removed."
      href="/runs"
      action="Show your runs"
    />
  );
}
