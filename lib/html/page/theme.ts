const KEY = "remotion-lambda-terraform-theme";

type Theme = "dark" | "light";

/** Takes the theme that was chosen last; the system's unless one was. */
export function startTheme(): void {
  const chosen = remembered();
  if (chosen !== undefined) {
    choose(chosen);
  }
}

/** The other one than is seen. */
export function toggleTheme(): void {
  const next: Theme = currentTheme() === "dark" ? "light" : "dark";
  choose(next);
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Where nothing may be kept, the choice lasts as long as the page.
  }
}

/** The one that is seen. */
function currentTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  if (theme === "dark" || theme === "light") {
    return theme;
  }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function choose(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme;
}

function remembered(): Theme | undefined {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === "dark" || theme === "light" ? theme : undefined;
  } catch {
    return undefined;
  }
}
