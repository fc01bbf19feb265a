"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useEffect } from "react";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { useRemembered } from "@/components/ui/use-remembered";

const THEMES = [
  { value: "system", label: "Follow the system", icon: <Monitor /> },
  { value: "light", label: "Light", icon: <Sun /> },
  { value: "dark", label: "Dark", icon: <Moon /> },
] as const;

type Theme = (typeof THEMES)[number]["value"];

/** Light, dark, or what the system says. */
export function ThemeToggle({ className }: { className?: string }) {
  const [kept, keep] = useRemembered("theme", "system");
  const theme: Theme = THEMES.find(({ value }) => value === kept)?.value ?? "system";

  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === "system") delete dataset.theme;
    else dataset.theme = theme;
  }, [theme]);

  return (
    <SegmentedControl
      label="Theme"
      segments={THEMES}
      value={theme}
      onChange={keep}
      show="icons"
      {...(className ? { className } : {})}
    />
  );
}
