import { NotHere } from "@/components/panels/account/not-here";

export default function NotFound() {
  return (
    <NotHere
      title="There is no such agent"
      text="It was never open to all, or the address is mistyped."
      href="/registry"
      action="Search the registry"
    />
  );
}
