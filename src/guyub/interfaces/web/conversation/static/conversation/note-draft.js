// Keeps what is being noted on this phone at each keystroke, until it is saved or thrown away.
// It lies in IndexedDB as ciphertext. The key comes with the page and only to whoever is logged in,
// so that on a shared phone nobody else reads it. Each conversation (somebody's, a visit's, or one
// begun from nowhere) has a draft of its own: two never mix.

import { draftsOf, stored } from "../frame/draft-store.js";
import { mayBeTakenBack } from "../frame/take-back.js";

// How long after the finger was lifted a tap may arrive, in milliseconds. Our choice.
const TAP = 300;

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

// Whether somebody answered otherwise than the page does by itself; people are always an answer.
function answered(field) {
  if (field.type === "checkbox" || field.type === "radio") {
    return field.checked && (!field.defaultChecked || field.closest("[data-picker]"));
  }
  if (field.type === "select-one") {
    return !field.selectedOptions[0].defaultSelected;
  }
  return field.value !== field.defaultValue;
}

class NoteDraft extends HTMLElement {
  async connectedCallback() {
    this.form = this.querySelector("form");
    this.addEventListener("htmx:beforeOnLoad", (event) => this.answered(event));
    this.addEventListener("htmx:configRequest", (event) => this.asked(event));
    this.addEventListener("htmx:beforeSwap", (event) => this.stale(event));
    this.missed = new Set();
    this.addEventListener("pointerdown", () => this.press());
    this.addEventListener("htmx:sendError", (event) => this.unsent(event));
    const secret = bytes(this.dataset.secret);
    // Whose draft it is, told apart without saying who: half of the secret names the place.
    this.owner = Array.from(secret.slice(32), (byte) => byte.toString(16).padStart(2, "0")).join("");
    this.slot = `${this.owner} ${await this.digest(this.dataset.context)}`;
    this.key = await crypto.subtle.importKey("raw", secret.slice(0, 32), "AES-GCM", false, [
      "encrypt",
      "decrypt",
    ]);
    const refused = this.hasAttribute("data-refused");
    const people = refused ? new Map() : await this.bringBack();
    this.addEventListener("input", () => this.keep());
    this.addEventListener("change", () => this.keep());
    mayBeTakenBack(this, () => this.keep());
    if (!refused) {
      await this.offerOthers();
      await this.draw(people);
    }
  }

  async digest(text) {
    const content = new TextEncoder().encode(this.owner + text);
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
    return btoa(String.fromCharCode(...hash));
  }

  // One after the other: what is typed while a draft is written goes into the next one.
  async keep() {
    this.changed = true;
    if (this.keeping) {
      return;
    }
    this.keeping = true;
    while (this.changed && !this.sent) {
      this.changed = false;
      await this.write();
    }
    this.keeping = false;
  }

  async write() {
    const fields = [...new FormData(this.form)].filter(
      ([name]) => name !== "csrfmiddlewaretoken" && !name.endsWith("_text"),
    );
    const names = [...this.querySelectorAll("[data-picker=people] .chip:has(:checked)")];
    const draft = {
      fields,
      context: this.dataset.context,
      at: Date.now(),
      what: names.map((chip) => chip.textContent.trim()).join(", "),
    };
    const vector = crypto.getRandomValues(new Uint8Array(12));
    const content = new TextEncoder().encode(JSON.stringify(draft));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: vector }, this.key, content);
    await stored("readwrite", (store) => store.put({ vector, sealed }, this.slot));
    this.querySelector("[data-kept]").hidden = false;
  }

  async opened(record) {
    try {
      const content = await crypto.subtle.decrypt(
        { name: "AES-GCM", iv: record.vector },
        this.key,
        record.sealed,
      );
      return JSON.parse(new TextDecoder().decode(content));
    } catch {
      return null;
    }
  }

  // Fills the form with the draft; who was chosen comes back by the place they were chosen in.
  async bringBack() {
    const picked = new Map();
    const record = await stored("readonly", (store) => store.get(this.slot));
    const draft = record && (await this.opened(record));
    if (!draft) {
      return picked;
    }
    for (const box of this.form.querySelectorAll("input:is([type=radio], [type=checkbox])")) {
      box.checked = false;
    }
    for (const [name, value] of draft.fields) {
      const picker = this.querySelector(`[data-picker="${name}"]`);
      if (picker || name.startsWith("part_") || name === "about") {
        const place = picker ? name : "people";
        picked.set(place, [...(picked.get(place) ?? []), [name, value]]);
        continue;
      }
      for (const field of this.form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (field.type === "radio" || field.type === "checkbox") {
          field.checked ||= field.value === value;
        } else {
          field.value = value;
        }
      }
    }
    for (const [name, chosen] of picked) {
      this.hold(name, chosen);
    }
    this.unfold();
    this.querySelector("[data-kept]").hidden = false;
    return picked;
  }

  unfold() {
    for (const part of this.form.querySelectorAll("details")) {
      part.open ||= [...part.querySelectorAll("input, textarea, select")].some(answered);
    }
  }

  async draw(people) {
    for (const [place, chosen] of people) {
      await this.choose(place, chosen);
    }
    this.unfold();
  }

  // Whoever was chosen is in the form at once: saving may come before the server drew them, or
  // without a signal.
  hold(place, chosen) {
    for (const [name, value] of chosen) {
      const box = this.form.querySelector(`[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
      if (box) {
        box.checked = true;
      } else {
        const held = Object.assign(document.createElement("input"), { type: "hidden", name, value });
        this.querySelector(`#${place}-found`).append(held);
      }
    }
  }

  // The server draws whoever was chosen, as it does while one searches.
  async choose(name, chosen) {
    const asked = new URLSearchParams([["find", name], ...chosen]);
    const answer = await fetch(`${location.pathname}?${asked}`, { headers: { "HX-Request": "true" } });
    if (answer.ok) {
      this.querySelector(`#${name}-found`).innerHTML = await answer.text();
    }
  }

  async offerOthers() {
    const keys = await stored("readonly", (store) => store.getAllKeys(draftsOf(this.owner)));
    for (const key of keys.filter((each) => each !== this.slot)) {
      const draft = await this.opened(await stored("readonly", (store) => store.get(key)));
      if (draft) {
        this.offer(key, draft);
      }
    }
  }

  offer(key, draft) {
    const shown = this.querySelector("[data-offer]").content.cloneNode(true).firstElementChild;
    const when = new Intl.DateTimeFormat(document.documentElement.lang, {
      dateStyle: "medium",
      timeStyle: "short",
    }).format(draft.at);
    shown.querySelector("[data-what]").textContent = [draft.what, when].filter(Boolean).join(", ");
    shown.querySelector("[data-go]").href = `${location.pathname}?${draft.context}`;
    shown.querySelector("[data-throw]").addEventListener("click", async () => {
      await stored("readwrite", (store) => store.delete(key));
      shown.remove();
    });
    this.querySelector("[data-offers]").append(shown);
  }

  // Who is chosen in the picker around an element, as one text.
  chosen(element) {
    const boxes = element.closest("[data-picker]")?.querySelectorAll(":checked") ?? [];
    return [...boxes].map((box) => box.value).join(" ");
  }

  asked(event) {
    this.missed.delete(event.detail.elt);
    event.detail.elt.chosenThen = this.chosen(event.detail.elt);
  }

  // Somebody was tapped while a search was under way: its answer does not know of them. Another is
  // on its way. Nor is a list drawn anew while a finger is down: what lies beneath it would move
  // away, and the tap be lost.
  stale(event) {
    const asking = event.detail.requestConfig.elt;
    if (!asking.closest("[data-picker]")) {
      return;
    }
    if (this.pressed) {
      this.missed.add(asking);
      event.detail.shouldSwap = false;
    } else if (asking.chosenThen !== this.chosen(asking)) {
      event.detail.shouldSwap = false;
    }
  }

  press() {
    this.pressed = true;
    clearTimeout(this.lifting);
    const lifted = () => {
      // The tap itself comes a little after the finger is up; what it chose is searched anyway.
      this.lifting = setTimeout(() => {
        this.pressed = false;
        for (const asking of this.missed) {
          asking.dispatchEvent(new Event("change", { bubbles: true }));
        }
      }, TAP);
    };
    for (const end of ["pointerup", "pointercancel"]) {
      addEventListener(end, lifted, { once: true });
    }
  }

  // Saved: the draft goes before the page does.
  async answered(event) {
    const leads = event.detail.xhr.getResponseHeader("X-Noted");
    if (event.target !== this.form || !leads) {
      return;
    }
    event.preventDefault();
    this.sent = true;
    await stored("readwrite", (store) => store.delete(this.slot));
    location.assign(leads);
  }

  unsent(event) {
    if (event.target === this.form) {
      const said = this.querySelector("[data-unsent]").content.cloneNode(true);
      this.querySelector("[data-offers]").replaceChildren(said);
      this.querySelector("[data-offers]").scrollIntoView({ block: "center" });
    }
  }
}

customElements.define("note-draft", NoteDraft);
