// Snippets of our own.
export const cut = (text) => [{ text, hit: false }];
