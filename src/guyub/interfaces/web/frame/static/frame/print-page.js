// <print-page>: a button inside it prints the page.
class PrintPage extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      if (event.target.closest("button")) {
        window.print();
      }
    });
  }
}

customElements.define("print-page", PrintPage);
