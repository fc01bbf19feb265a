import { StudioSkeleton } from "@/components/canvas/studio-skeleton";

export default function Loading() {
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <div className="h-bar shrink-0 border-b bg-surface" />
      <StudioSkeleton />
    </div>
  );
}
