// What this browser remembers by itself: language, theme, keys, whether it may make sounds. Nothing personal.
const PREFIX = "livebot.";

export function kept(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null; // a browser that forbids it, such as a browser source
  }
}

export function keep(name, value) {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // it is forgotten with the page
  }
}
