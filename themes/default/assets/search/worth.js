// What is worth how much beside what (src/search/queries.rs).

/** What another way to say a keyword is worth beside the keyword itself. */
export const VARIANT = Math.fround(0.8);
/** What it is worth in tier B that a part of the query is there at all: more than to have another one often. */
export const THERE = 12;
/** What a phrase of tier B is worth beside a token: its own tokens may be parts too. */
export const SAID = 0.5;
/** What a word in katakana is worth where it stands within a longer one only. */
export const INSIDE = Math.fround(0.1);
/** What a hit in titles, headings and readings is worth, where several words are asked for. */
export const BESIDE = 0.05;
/** What it is worth that a keyword follows the one before it. */
export const FOLLOWS = 2;
/** What it is worth besides where nothing is between the two. */
export const NEAR = 8;
/** With so many characters between them, two keywords are worth half of that. */
export const HALF = 3;
/** With more characters between them, two keywords are not near each other. */
export const FAR = 100;
/** A term that more texts have is common, and never near another. */
export const COMMON = 1024;

/**
 * Is the text worth more than the title for the keywords of a plan? Otherwise each field has its own boost: a
 * title that has one of several keywords says less than a text that has them all.
 * @param {import('./plan.js').Plan} plan
 */
export const boostOf = ({ keywords }) => keywords.length > 1;
