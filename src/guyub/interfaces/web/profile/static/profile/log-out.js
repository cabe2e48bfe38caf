// Whoever logs out leaves nothing of theirs in this browser: drafts and pocket books go first. What a
// pocket book has not sent yet is told before.

import { draftsOf, stored } from "../frame/draft-store.js";

// A browser that does not answer must not keep anybody logged in; our choice.
const PATIENCE = 2000;

const atMost = (work, otherwise) =>
  Promise.race([work.catch(() => otherwise), new Promise((resolve) => setTimeout(resolve, PATIENCE, otherwise))]);

// A pocket book that is open in another window is taken from it first.
const emptied = ({ database }) => navigator.locks.request(database.name, { steal: true }, () => database.wipe());

class LogOut extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.leave(event));
  }

  async leave(event) {
    event.preventDefault();
    const books = await atMost(this.pocketBooks(), []);
    const unsent = books.reduce((sum, book) => sum + book.unsent, 0);
    const told = this.querySelector("[data-unsent]");
    if (unsent && told.hidden) {
      told.hidden = false;
      told.querySelector("[data-count]").textContent = unsent;
      told.querySelector("button").focus();
      return;
    }
    const drafts = stored("readwrite", (store) => store.delete(draftsOf(this.dataset.owner)));
    await atMost(Promise.all([drafts, ...books.map(emptied)]));
    event.target.submit();
  }

  // The module that knows them is fetched when somebody leaves, and not with each page.
  async pocketBooks() {
    const { pocketBooks } = await import("../phone/database.js");
    return pocketBooks();
  }
}

customElements.define("log-out", LogOut);
