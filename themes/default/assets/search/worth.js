// What is worth how much beside what (src/search/queries.rs).

/** What another way to say a keyword is worth beside the keyword itself. */
export const VARIANT = Math.fround(0.8);
/** What it is worth in tier B that a part of the query is there at all: more than to have another one often. */
export const THERE = 12;
/** What a phrase of tier B is worth beside a token: its own tokens may be parts too. */
export const SAID = 0.5;
/** What a word in katakana is worth where it stands within a longer one only. */
export const INSIDE = Math.fround(0.1);
