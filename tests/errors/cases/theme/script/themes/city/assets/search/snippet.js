// Snippets of our own.
export function snippet(text { return [{ text, hit: false }]; }
