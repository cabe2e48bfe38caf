// <network-picture for="id of a JSON script" or from="address of JSON">: people and their ties on a canvas. Drag to move,
// wheel or pinch or the buttons beside it to come closer, click somebody to open their page. Whoever
// cannot see it has the list beside it and the page with the table. A select beside it says what
// people are coloured by, and which legend is shown.

const NEAR = 14;

// Which colours of the theme stand for what people are coloured by.
const VARIABLES = { stance: "--stance-", heard: "--heard-" };

class NetworkPicture extends HTMLElement {
  async connectedCallback() {
    this.data = await this.read();
    this.canvas = this.appendChild(document.createElement("canvas"));
    this.label = this.appendChild(document.createElement("output"));
    this.label.hidden = true;
    this.view = { zoom: 1, x: 0, y: 0 };
    this.colours = Object.keys(this.data.colours)[0];
    this.pointers = new Map();
    this.chosen = new Map(this.data.chosen.map((person, place) => [person, place + 1]));
    this.active = new Set(this.data.active);
    this.page = this.closest("section") ?? document.body;
    this.listen();
    this.resized = new ResizeObserver(() => this.draw());
    this.resized.observe(this);
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.dark.addEventListener("change", () => this.draw());
  }

  async read() {
    if (this.hasAttribute("for")) {
      return JSON.parse(document.getElementById(this.getAttribute("for")).textContent);
    }
    return (await fetch(this.getAttribute("from"))).json();
  }

  disconnectedCallback() {
    this.resized?.disconnect();
  }

  // What is followed round by round (plan-player.js) may ask before the picture was read.
  showRound(round) {
    this.data.colours.heard = this.data.rounds[round];
    this.draw();
  }

  listen() {
    this.canvas.addEventListener("pointerdown", (event) => {
      this.canvas.setPointerCapture(event.pointerId);
      this.pointers.set(event.pointerId, event);
      this.moved = false;
    });
    this.canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const end of ["pointerup", "pointercancel"]) {
      this.canvas.addEventListener(end, (event) => this.release(event));
    }
    this.canvas.addEventListener("pointerleave", () => this.name(-1));
    this.canvas.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        this.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.offsetX, event.offsetY);
      },
      { passive: false },
    );
    this.page.querySelector("select[data-colours]")?.addEventListener("change", (event) => {
      this.colours = event.target.value;
      for (const legend of this.page.querySelectorAll("[data-legend]")) {
        legend.hidden = legend.dataset.legend !== this.colours;
      }
      this.draw();
    });
    for (const button of this.parentElement.querySelectorAll("button[data-zoom]")) {
      button.addEventListener("click", () => {
        const factor = Number(button.dataset.zoom);
        this.zoom(factor, this.clientWidth / 2, this.clientHeight / 2);
      });
    }
  }

  move(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      this.name(this.at(event.offsetX, event.offsetY));
      return;
    }
    if (this.pointers.size === 2) {
      const [other] = [...this.pointers.values()].filter((each) => each.pointerId !== event.pointerId);
      const apart = (one) => Math.hypot(one.offsetX - other.offsetX, one.offsetY - other.offsetY);
      const middle = [(event.offsetX + other.offsetX) / 2, (event.offsetY + other.offsetY) / 2];
      this.zoom(apart(event) / Math.max(1, apart(before)), ...middle);
      this.moved = true;
    } else {
      const [dx, dy] = [event.offsetX - before.offsetX, event.offsetY - before.offsetY];
      this.moved ||= Math.hypot(dx, dy) > 3;
      this.view.x += dx;
      this.view.y += dy;
      this.draw();
    }
    this.pointers.set(event.pointerId, event);
  }

  release(event) {
    const alone = this.pointers.size === 1;
    this.pointers.delete(event.pointerId);
    if (event.type === "pointerup" && alone && !this.moved) {
      const person = this.at(event.offsetX, event.offsetY);
      if (person >= 0 && this.data.address) {
        const nobody = "00000000-0000-0000-0000-000000000000";
        location.assign(this.data.address.replace(nobody, this.data.people[person]));
      }
    }
  }

  zoom(factor, x, y) {
    const zoom = Math.min(20, Math.max(0.5, this.view.zoom * factor));
    const change = zoom / this.view.zoom;
    this.view = {
      zoom,
      x: x - (x - this.view.x) * change,
      y: y - (y - this.view.y) * change,
    };
    this.draw();
  }

  place(person) {
    const size = Math.min(this.clientWidth, this.clientHeight) - 32;
    const left = (this.clientWidth - size) / 2;
    const top = (this.clientHeight - size) / 2;
    return [
      this.view.x + this.view.zoom * (left + (this.data.x[person] / 1000) * size),
      this.view.y + this.view.zoom * (top + (this.data.y[person] / 1000) * size),
    ];
  }

  at(x, y) {
    let nearest = -1;
    let distance = NEAR;
    for (let person = 0; person < this.data.x.length; person += 1) {
      const [px, py] = this.place(person);
      const away = Math.hypot(px - x, py - y);
      if (away < distance) {
        [nearest, distance] = [person, away];
      }
    }
    return nearest;
  }

  name(person) {
    this.label.hidden = person < 0 || !this.data.names[person];
    if (!this.label.hidden) {
      const [x, y] = this.place(person);
      this.label.textContent = this.data.names[person];
      this.label.style.setProperty("left", `${Math.min(x + 10, this.clientWidth - 120)}px`);
      this.label.style.setProperty("top", `${Math.max(0, y - 30)}px`);
    }
  }

  draw() {
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = 0;
      this.paint();
    });
  }

  paint() {
    const ratio = devicePixelRatio || 1;
    this.canvas.width = this.clientWidth * ratio;
    this.canvas.height = this.clientHeight * ratio;
    const pen = this.canvas.getContext("2d");
    pen.scale(ratio, ratio);
    const style = getComputedStyle(this);
    const colour = (name) => style.getPropertyValue(name);
    const places = this.data.x.map((_, person) => this.place(person));
    pen.strokeStyle = colour("--tie");
    pen.lineWidth = 0.8;
    pen.beginPath();
    for (let tie = 0; tie < this.data.ties.length; tie += 2) {
      pen.moveTo(...places[this.data.ties[tie]]);
      pen.lineTo(...places[this.data.ties[tie + 1]]);
    }
    pen.stroke();
    const kinds = this.data.colours[this.colours];
    const variable = VARIABLES[this.colours] ?? "--kind-";
    for (const kind of new Set(kinds)) {
      pen.fillStyle = colour(kind ? `${variable}${kind}` : "--stance-0");
      for (let person = 0; person < places.length; person += 1) {
        if (kinds[person] === kind && !this.chosen.has(person)) {
          this.spot(pen, places[person], 3.5);
        }
      }
    }
    pen.strokeStyle = colour("--color-primary");
    pen.lineWidth = 2;
    for (const person of this.active) {
      pen.beginPath();
      pen.arc(...places[person], 6, 0, 2 * Math.PI);
      pen.stroke();
    }
    this.paintChosen(pen, places, colour, style);
    // How soon the picture is there can be read in the browser's own tools.
    if (!performance.getEntriesByName("network-picture").length) performance.mark("network-picture");
  }

  paintChosen(pen, places, colour, style) {
    pen.font = `600 13px ${style.fontFamily}`;
    for (const [person, place] of this.chosen) {
      const [x, y] = places[person];
      pen.fillStyle = colour("--color-accent");
      this.spot(pen, [x, y], 9);
      pen.fillStyle = colour("--color-primary");
      this.spot(pen, [x, y], 5.5);
      const name = this.data.names[person];
      const text = this.data.numbered === false ? name : `${place} ${name}`;
      pen.strokeStyle = colour("--color-base-100");
      pen.lineWidth = 4;
      // Beside the spot, on whichever side there is room.
      const wide = pen.measureText(text).width;
      const left = x + 13 + wide > this.clientWidth ? x - 13 - wide : x + 13;
      pen.strokeText(text, left, y + 4);
      pen.fillStyle = colour("--color-base-content");
      pen.fillText(text, left, y + 4);
    }
  }

  spot(pen, [x, y], radius) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fill();
  }
}

customElements.define("network-picture", NetworkPicture);
