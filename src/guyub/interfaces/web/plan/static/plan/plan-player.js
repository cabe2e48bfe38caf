// <plan-player rounds="n">: a slider and a button within it play every <network-picture> of the page
// from one round of conversations to the next. Without it the table beside says the same in words.

const A_ROUND = 900;

class PlanPlayer extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.slider = this.querySelector("[type=range]");
    this.button = this.querySelector("button");
    this.label = this.querySelector("output");
    this.pictures = [...document.querySelectorAll("network-picture")];
    this.slider.addEventListener("input", () => {
      this.stop();
      this.show();
    });
    this.button.addEventListener("click", () => (this.timer ? this.stop() : this.play()));
    this.show();
  }

  disconnectedCallback() {
    this.stop();
  }

  play() {
    if (this.slider.value === this.slider.max) {
      this.slider.value = 0;
      this.show();
    }
    this.button.setAttribute("aria-pressed", "true");
    this.timer = setInterval(() => {
      this.slider.stepUp();
      this.show();
      if (this.slider.value === this.slider.max) this.stop();
    }, A_ROUND);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
    this.button.setAttribute("aria-pressed", "false");
  }

  show() {
    const round = Number(this.slider.value);
    const said = document.querySelector(`[data-round="${round}"]`);
    this.label.textContent = said.dataset.said;
    this.slider.setAttribute("aria-valuetext", said.dataset.said);
    for (const row of document.querySelectorAll("[data-round]")) {
      row.toggleAttribute("data-now", row === said);
    }
    for (const picture of this.pictures) {
      picture.showRound(round);
    }
  }
}

customElements.whenDefined("network-picture").then(() => customElements.define("plan-player", PlanPlayer));
