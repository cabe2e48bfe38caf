// Whoever logs out leaves nothing of theirs in this browser: their drafts go first.

import { draftsOf, stored } from "./draft-store.js";

// A browser that does not answer must not keep anybody logged in; our choice.
const PATIENCE = 2000;

class LogOut extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.leave(event));
  }

  async leave(event) {
    event.preventDefault();
    const gone = stored("readwrite", (store) => store.delete(draftsOf(this.dataset.owner)));
    const tired = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    await Promise.race([gone.catch(() => {}), tired]);
    event.target.submit();
  }
}

customElements.define("log-out", LogOut);
