// Forms that are filled in here: what was answered, whether it can be sent, and how it is shown until the
// server's own answer is here. What each form asks and means, its declaration says (submissions/offline.py).

import { today } from "./page.js";

const told = JSON.parse(document.getElementById("phone-forms").textContent);
const FORMS = new Map(told.map((form) => [form.name, form]));

// {question: [answer, …]} of what was filled in; what was left empty is no answer.
export function answersOf(fields) {
  const answers = {};
  for (const [name, value] of new FormData(fields)) {
    if (name !== "key" && value.trim()) {
      (answers[name] ??= []).push(value.trim());
    }
  }
  return answers;
}

export function submissionOf(form, answers, key = crypto.randomUUID()) {
  return { form, version: FORMS.get(form).version, key, answers };
}

// What is wrong, as far as it can be said here: a sentence at the question. The server looks again.
export function faultsOf({ form, answers }) {
  const { rules, shown } = FORMS.get(form);
  const faults = {};
  const given = (name) => Boolean(answers[name]?.length);
  const say = (names, sentence, wrong) => names.filter(wrong).forEach((name) => (faults[name] = sentence));
  for (const [names, sentence] of rules.any_of) {
    say(names.slice(0, 1), sentence, () => !names.some(given));
  }
  for (const [name, others, sentence] of rules.needs) {
    say([name], sentence, () => others.some(given) && !given(name));
  }
  const people = answers[shown.people] ?? [];
  const [about] = answers[shown.about] ?? [];
  const chosen = people.includes(about);
  const there = people.length + namesIn(answers[shown.new]).length;
  say(...rules.about_one, (name) => there !== 1 && !chosen && given(name));
  const whom = chosen ? about : people[0];
  say(...rules.others, (name) => whom && given(name) && answers[name].includes(whom));
  say(...rules.not_before, (name) => given(name) && answers[name][0] < today());
  say(...rules.not_after, (name) => given(name) && answers[name][0] > today());
  return faults;
}

// What it holds, in a few words, and what of it stands on the screens at once.
export async function shownOf(book, submission) {
  const { shown, several } = FORMS.get(submission.form);
  const { answers, key } = submission;
  const values = await valuesOf(book, submission, shown);
  const effects = values.fresh.map(({ id, name }) => ({
    kind: "person",
    id,
    data: { id, name, alias: "", occupation: "", groups: "", phone: "", community: values.home },
  }));
  for (const row of shown.rows.filter((each) => !each.if || answers[each.if])) {
    const each = row.each === "there" ? values.there : (answers[row.each] ?? []);
    for (const one of row.each ? each : [null]) {
      const filled = (template) => fill(template, { ...values, each: one }, answers, several);
      const id = row.id ? filled(row.id) : await uuid5(key, filled(row.made));
      const held = book.store.row(row.kind, id);
      if (!row.held || values.there.includes(held?.[row.held])) {
        effects.push({ kind: row.kind, id, data: row.data && { id, ...filled(row.data) } });
      }
    }
  }
  const text = shown.text.flatMap((name) => answers[name] ?? []).join(" ");
  return { text, effects, names: [...values.people.map((id) => book.nameOf(id)), ...values.fresh.map(({ name }) => name)] };
}

// What was noted, as the form says it.
export const titleOf = ({ form }, names) => FORMS.get(form).shown.said.replace("%(names)s", names.join(", "));

// Whether it is a form that is drawn from what it says of itself.
export const isAsked = ({ form }) => Boolean(FORMS.get(form)?.shown.title);

// What it holds, by the questions that were answered.
export function briefOf({ form, answers }) {
  const brief = FORMS.get(form)?.shown.brief ?? [];
  return brief.filter(([, names]) => names.some((name) => answers[name])).map(([label]) => label);
}

async function valuesOf(book, { answers, key }, shown) {
  const people = answers[shown.people] ?? [];
  const fresh = await Promise.all(
    namesIn(answers[shown.new]).map(async (name) => ({ id: await uuid5(key, `person ${name}`), name })),
  );
  const there = [...people, ...fresh.map(({ id }) => id)];
  const [about] = answers[shown.about] ?? [];
  const who = people.includes(about) ? about : there.length === 1 ? there[0] : null;
  const said = shown.days.flatMap((name) => answers[name] ?? [])[0] ?? today();
  const month = said.length === 7;
  const home = answers[shown.place]?.[0] ?? book.home;
  const day = month ? `${said}-01` : said.slice(0, 10);
  return { people, fresh, there, who, day, month_only: month, home, me: book.me.name };
}

// {a} is what a value or an answer is, {a|b} the first of them that there is, {a|=word} else that word,
// {a?} whether it was answered.
function fill(template, values, answers, several) {
  const of = (name) => {
    if (name.startsWith("=")) {
      return name.slice(1);
    }
    const given = answers[name];
    return name in values ? values[name] : several.includes(name) ? given : given?.[0];
  };
  const meant = (names, asked) => {
    const found = names.split("|").map(of).find((each) => each !== undefined && each !== null);
    return asked ? found !== undefined : (found ?? null);
  };
  if (typeof template === "string") {
    const whole = /^\{([^{}?]+)(\??)\}$/.exec(template);
    return whole ? meant(whole[1], whole[2]) : template.replace(/\{([^{}]+)\}/g, (_all, names) => meant(names));
  }
  if (template && typeof template === "object" && !Array.isArray(template)) {
    const filled = Object.entries(template).map(([name, part]) => [name, fill(part, values, answers, several)]);
    return Object.fromEntries(filled);
  }
  return template;
}

// The names between the commas of a text, each once, however they were typed.
export function namesIn(texts = []) {
  const found = new Map();
  for (const part of texts.join(",").split(/[,;]/)) {
    const name = part.trim().split(/\s+/).join(" ");
    if (name && !found.has(name.toLowerCase())) {
      found.set(name.toLowerCase(), name);
    }
  }
  return [...found.values()];
}

// A name-based identifier (RFC 9562, version 5): the same name under the same key is the same.
async function uuid5(namespace, name) {
  const digits = namespace.replaceAll("-", "");
  const key = Uint8Array.from({ length: 16 }, (_, place) => parseInt(digits.slice(2 * place, 2 * place + 2), 16));
  const content = new Uint8Array([...key, ...new TextEncoder().encode(name)]);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-1", content)).slice(0, 16);
  hash[6] = (hash[6] & 0x0f) | 0x50;
  hash[8] = (hash[8] & 0x3f) | 0x80;
  const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
