// How names are spelled: the same as guyub/cycle/listen/vocabulary/spelling.py, for a phone that has
// no server to ask. A test holds the two together.

const HONORIFICS = new Set(
  `pak bapak bp bu ibu mas mbak mbah mbok kang bang abang neng cak ning eyang nyai haji
   hajah hajjah h hj kh kyai kiai ki gus ustaz ustad ustadz ustadzah ust sdr sdri tn ny dr drs
   dra ir prof alm almh raden rd`.split(/\s+/),
);
const LONG = ["muhamad", "mohamad", "muhamed", "mohamed", "muhd", "mohd"];
const MUHAMMAD = new Set([...LONG, "muh", "moh", "m"]);

// In this order: dj is taken for j before j is taken for y.
const LETTERS = [
  ["tj", "c"],
  ["dj", "j"],
  ["oe", "u"],
  ["y", "j"],
  ["sj", "s"],
  ["ch", "h"],
  ["kh", "h"],
  ["dh", "d"],
  ["th", "t"],
  ["v", "f"],
  ["q", "k"],
];

const APART = /[^\p{L}\p{N}]+/u;

// Numbers are not names: 11 is another house than 1.
const DOUBLED = /([\p{L}\p{Nl}\p{No}])\1+/gu;

// The words by which somebody is looked for; each stands somewhere in `searched` of theirs.
export function wordsSought(text) {
  const words = wordsOf(text);
  const named = words.filter((word) => !HONORIFICS.has(word));
  return (named.length ? named : words).map(spelled);
}

// All in which a search looks: each word of these names, and Muhammad in all its lengths.
export function searched(...names) {
  const found = new Set(names.flatMap(wordsOf).map(spelled));
  if ([...found].some((word) => MUHAMMAD.has(word))) {
    LONG.forEach((word) => found.add(word));
  }
  return [...found].join(" ");
}

function wordsOf(text) {
  const bare = text
    .toLowerCase()
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replace(/\p{M}|['’`ʼ]/gu, "");
  return bare.split(APART).filter(Boolean);
}

function spelled(word) {
  const read = LETTERS.reduce((text, [written, spoken]) => text.replaceAll(written, spoken), word);
  return read.replace(DOUBLED, "$1");
}
