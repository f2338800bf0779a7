// Snippets of our own.
export * from './element.js';
