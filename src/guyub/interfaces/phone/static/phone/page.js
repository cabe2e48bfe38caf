// What every screen needs: the words that the server gave along, days, and filled templates.

const told = JSON.parse(document.getElementById("phone-words").textContent);
const language = document.documentElement.lang;
const plural = new Intl.PluralRules(language);

// A sentence by its name; where something is counted, in the form for that number.
export function say(name, values = {}) {
  const said = told[name];
  const text = Array.isArray(said) ? said[plural.select(values.count) === "one" ? 0 : 1] : said;
  return text.replace(/%\((\w+)\)s/g, (_all, key) => values[key]);
}

export const word = (group, value) => told[group][value] ?? "";

// A filled copy of a template.
export function drawn(name, slots = {}) {
  const shown = document.getElementById(`draw-${name}`).content.cloneNode(true).firstElementChild;
  fill(shown, slots);
  return shown;
}

// Says each text in its place; a place without a text is not there.
export function fill(element, slots) {
  for (const [name, text] of Object.entries(slots)) {
    for (const place of element.querySelectorAll(`[data-slot="${name}"]`)) {
      place.textContent = text ?? "";
      place.hidden = !text;
    }
  }
}

export const screen = (name) => document.querySelector(`[data-screen="${name}"]`);

const two = (number) => String(number).padStart(2, "0");
export const isoDay = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
export const today = () => isoDay(new Date());

export function dayIn(days) {
  const date = new Date();
  date.setDate(date.getDate() + days);
  return isoDay(date);
}

const noon = (iso) => new Date(`${iso}T12:00:00`);
export const daysSince = (iso) => Math.round((noon(today()) - noon(iso)) / 86_400_000);

export function shownDay(iso, style = { day: "numeric", month: "short" }) {
  return new Intl.DateTimeFormat(language, style).format(noon(iso));
}

export function shownTime(moment) {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(moment));
}

// What people call this hour, as guyub/interfaces/web/days.py has it.
export function timeOfDay(hour = new Date().getHours()) {
  return hour < 11 ? "morning" : hour < 15 ? "midday" : hour < 18 ? "afternoon" : "evening";
}

// How somebody is called and written to; 08… is an Indonesian number.
export function reach(element, phone) {
  const digits = (phone ?? "").replace(/[^0-9]/g, "");
  const call = element.querySelector("[data-call]");
  const write = element.querySelector("[data-write]");
  call.hidden = write.hidden = !digits;
  if (digits) {
    call.href = `tel:${phone.replace(/[^0-9+]/g, "")}`;
    write.href = `https://wa.me/${digits.startsWith("0") ? `62${digits.slice(1)}` : digits}`;
  }
}

// What was said on one screen is not said on the next but one.
export function passOver(only = "") {
  document.querySelectorAll(`[data-notices] .notice${only}:not([data-stays])`).forEach((each) => each.remove());
}

// Says something above the screen, with one thing to do about it.
export function notice(text, { label = "", act = null, stays = false } = {}) {
  const shown = drawn("notice", { text });
  const button = shown.querySelector("[data-do]");
  if (act) {
    button.hidden = false;
    button.textContent = label;
    button.addEventListener("click", () => {
      shown.remove();
      act();
    });
  }
  const place = document.querySelector("[data-notices]");
  passOver();
  shown.toggleAttribute("data-stays", stays);
  place.append(shown);
  return shown;
}

export function list(section, name, elements) {
  section.querySelector(`[data-list="${name}"]`).replaceChildren(...elements);
  const part = section.querySelector(`[data-part="${name}"]`);
  if (part) {
    part.hidden = elements.length === 0;
  }
}
