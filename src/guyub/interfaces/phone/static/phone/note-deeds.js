// From what was answered on the page to the deeds of one entry: the same deeds, with the same keys,
// as note_forms.py and note_deeds.py make of the same answers. A test holds the two together.

const PROMISES = [1, 2, 3];
const SKILLS = [1, 2];
const PICKED = ["people", "sharing", "advice", "news", "brings", "known"];
const TRAITS = ["initiative", "responsibility", "vision", "proactive", "openness", "influence"];
const TIMES = ["morning", "midday", "afternoon", "evening"];
const TIES = [
  ["advice", "advice"],
  ["news", "nomination"],
  ["brings", "organises"],
];
const LONGEST = { name: 200, place: 200, promise: 500, thing: 120, words: 10_000 };
const MOST_OTHERS = 100_000;

// What is about one person: with several there, somebody has to say about whom.
const ABOUT_ONE = [
  "life_area",
  "own_words",
  "depth",
  ...PICKED.slice(1),
  "stance",
  ...TRAITS,
  "evidence",
  ...SKILLS.map((number) => `skill_${number}`),
  "asset",
  ...PROMISES.map((number) => `promise_${number}`),
  "next_on",
];

// What was answered, as data, and at which fields something is wrong: the name of the sentence that
// says so. answers: like FormData. today: the day as 2026-11-27.
export function read(answers, today) {
  const faults = {};
  const text = (name, most = LONGEST.words) => {
    const written = (answers.get(name) ?? "").trim();
    if (written.length > most) {
      faults[name] = "too_long";
    }
    return written;
  };
  const number = (name) => (answers.get(name) ? Number(answers.get(name)) : null);
  const day = (name) => answers.get(name) || null;
  const told = { key: answers.get("key"), ...when(answers, today, faults) };
  for (const name of PICKED) {
    told[name] = [...new Set(answers.getAll(name))];
  }
  told.about = answers.get("about") || null;
  told.new_names = labels(answers.get("new_names") ?? "");
  if (told.new_names.some((name) => name.length > LONGEST.name)) {
    faults.new_names = "name_too_long";
  }
  told.new_place = answers.get("new_place") || null;
  told.others = number("others");
  if (told.others !== null && !(Number.isInteger(told.others) && told.others >= 0 && told.others <= MOST_OTHERS)) {
    faults.others = "whole_number";
  }
  told.kind = answers.get("kind") || "one_on_one";
  told.initiated_by = answers.get("initiated_by") || "worker";
  told.place = text("place", LONGEST.place);
  told.summary = text("summary");
  told.open_summary = answers.get("open_summary") !== null;
  told.own_words = text("own_words");
  told.evidence = text("evidence");
  told.life_area = answers.getAll("life_area");
  told.known_kind = answers.get("known_kind") || "any";
  for (const name of ["depth", "stance", ...TRAITS]) {
    told[name] = number(name);
  }
  for (const each of SKILLS) {
    told[`skill_${each}`] = text(`skill_${each}`, LONGEST.thing);
    told[`level_${each}`] = number(`level_${each}`);
    told[`teaches_${each}`] = answers.get(`teaches_${each}`) !== null;
  }
  told.asset = text("asset", LONGEST.thing);
  told.asset_capital = answers.get("asset_capital") ?? "";
  for (const each of PROMISES) {
    told[`promise_${each}`] = text(`promise_${each}`, LONGEST.promise);
    // A day that was written is meant more exactly than one that was tapped.
    told[`due_${each}`] = day(`due_${each}`) ?? day(`soon_${each}`);
    told[`mine_${each}`] = answers.get(`mine_${each}`) !== null;
  }
  told.next_on = day("next_on");
  told.parts = Object.fromEntries(told.people.map((id) => [id, answers.get(`part_${id}`) || "present"]));
  wanting(told, today, faults);
  return { told, faults };
}

// Into held_on, time_of_day and month_only, whichever was said most exactly.
function when(answers, today, faults) {
  const [said, time = ""] = (answers.get("when") ?? "").split(" ");
  const told = { held_on: said || today, time_of_day: "", month_only: false };
  if (answers.get("day")) {
    told.held_on = answers.get("day");
  } else if (answers.get("month")) {
    told.held_on = `${answers.get("month")}-01`;
    told.month_only = true;
  } else if (TIMES.includes(time)) {
    told.time_of_day = time;
  }
  if (told.held_on > today) {
    faults.day = "earlier_day";
  }
  return told;
}

function wanting(told, today, faults) {
  const there = told.people.length + told.new_names.length;
  if (!there && !told.others) {
    faults.people = "who";
  }
  if (told.next_on && told.next_on < today) {
    faults.next_on = "later_day";
  }
  const filled = (name) => (Array.isArray(told[name]) ? told[name].length > 0 : Boolean(told[name]));
  const needed = [
    ["life_area", ["own_words", "depth", "sharing"], "life_area"],
    ["asset_capital", ["asset"], "capital"],
    ...PROMISES.map((n) => [`promise_${n}`, [`due_${n}`, `mine_${n}`], "promise"]),
    ...SKILLS.map((n) => [`skill_${n}`, [`level_${n}`, `teaches_${n}`], "skill"]),
  ];
  for (const [name, others, sentence] of needed) {
    if (others.some(filled) && !filled(name)) {
      faults[name] = sentence;
    }
  }
  const chosen = told.people.includes(told.about);
  if (there !== 1 && !chosen) {
    for (const name of ABOUT_ONE.filter((each) => filled(each) || told[each] === 0)) {
      faults[name] = "about_whom";
    }
  }
  const whom = chosen ? told.about : told.people[0];
  for (const name of PICKED.slice(1)) {
    if (whom && told[name].includes(whom)) {
      faults[name] = "two_people";
    }
  }
}

// All that a conversation says, in the order in which it can be done. openVisit: the planned visit
// that it was, while it stands. home: where somebody new lives unless another place was chosen.
export async function deedsOf(told, { home, openVisit = null }) {
  const identifier = (part) => uuid5(told.key, part);
  const fresh = await Promise.all(
    told.new_names.map(async (name) => ({ id: await identifier(`person ${name}`), name })),
  );
  const there = [...told.people, ...fresh.map((person) => person.id)];
  const encounter = await identifier("encounter");
  const said = fresh.map((person) => [
    "listen.add_person",
    `add ${person.name}`,
    { id: person.id, name: person.name, community: told.new_place ?? home },
  ]);
  said.push([
    "listen.record_encounter",
    "meet",
    {
      id: encounter,
      participants: there.map((person) => ({ person, part: told.parts[person] ?? "present" })),
      head_count: told.others ? there.length + told.others : null,
      held_on: told.held_on,
      time_of_day: told.time_of_day,
      month_only: told.month_only,
      kind: told.kind,
      place: told.place,
      initiated_by: told.initiated_by,
      summary: told.summary,
      open_summary: told.open_summary,
    },
  ]);
  if (openVisit) {
    const settled = { visit: openVisit, result: "met", noted_on: told.held_on };
    said.push(["listen.settle_visit", "settle", settled]);
  }
  const about = told.people.includes(told.about) ? told.about : null;
  if (there.length === 1 || about) {
    const person = about ?? there[0];
    said.push(...cares(told, person, encounter), ...knows(told, person), ...has(told, person));
    said.push(...seen(told, person), ...promised(told, person));
  }
  return Promise.all(
    said.map(async ([action, part, data]) => ({ key: await identifier(part), action, data })),
  );
}

// One concern for each area that the words touch: each area is counted by itself.
function cares(told, person, encounter) {
  return told.life_area.map((area) => [
    "listen.note_concern",
    `concern ${area}`,
    {
      own_words: told.own_words,
      depth: told.depth,
      person,
      encounter,
      noted_on: told.held_on,
      shared_with: told.sharing,
      life_area: area,
    },
  ]);
}

function knows(told, person) {
  return [...TIES, ["known", told.known_kind]].flatMap(([field, kind]) =>
    told[field].map((other) => [
      "map.report_tie",
      `${field} ${other}`,
      { from_person: person, to_person: other, kind, reported_by: "one", reported_on: told.held_on },
    ]),
  );
}

function has(told, person) {
  const held = { holder: person, noted_on: told.held_on };
  const skills = SKILLS.filter((number) => told[`skill_${number}`]).map((number) => [
    "map.note_asset",
    `skill ${number}`,
    {
      ...held,
      level: told[`level_${number}`],
      would_teach: told[`teaches_${number}`],
      name: told[`skill_${number}`],
      capital: "human",
    },
  ]);
  const things = told.asset
    ? [["map.note_asset", "asset", { ...held, name: told.asset, capital: told.asset_capital }]]
    : [];
  return [...skills, ...things];
}

function seen(told, person) {
  return ["stance", ...TRAITS]
    .filter((trait) => told[trait] !== null)
    .map((trait) => [
      "listen.note_observation",
      trait,
      { person, trait, value: told[trait], evidence: told.evidence, observed_on: told.held_on },
    ]);
}

function promised(told, person) {
  const promises = PROMISES.filter((number) => told[`promise_${number}`]).map((number) => [
    "listen.make_promise",
    `promise ${number}`,
    {
      person,
      what: told[`promise_${number}`],
      made_on: told.held_on,
      due_on: told[`due_${number}`],
      by_worker: told[`mine_${number}`],
    },
  ]);
  const next = told.next_on
    ? [["listen.plan_visits", "next", { visits: [{ person, planned_on: told.next_on }] }]]
    : [];
  return [...promises, ...next];
}

// The labels between the commas of a text, each once, however it was typed.
function labels(text) {
  const found = new Map();
  for (const part of text.split(/[,;]/)) {
    const label = part.trim().split(/\s+/).join(" ");
    if (label && !found.has(label.toLowerCase())) {
      found.set(label.toLowerCase(), label);
    }
  }
  return [...found.values()];
}

// A name-based identifier (RFC 9562, version 5): the same name under the same key is the same.
export async function uuid5(namespace, name) {
  const digits = namespace.replaceAll("-", "");
  const key = Uint8Array.from({ length: 16 }, (_, place) => parseInt(digits.slice(2 * place, 2 * place + 2), 16));
  const content = new Uint8Array([...key, ...new TextEncoder().encode(name)]);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-1", content)).slice(0, 16);
  hash[6] = (hash[6] & 0x0f) | 0x50;
  hash[8] = (hash[8] & 0x3f) | 0x80;
  const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
