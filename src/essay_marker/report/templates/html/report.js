"use strict";
// Lights up a comment and the words it is about together, under the mouse or the keyboard's focus.
// On paper nothing is folded away. Everything else on the page, the choice of colours included, works without this.
(() => {
  const folded = new Set();
  addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll("details:not([open])")) {
      folded.add(part);
      part.open = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const part of folded) part.open = false;
    folded.clear();
  });

  const essay = document.querySelector(".essay");
  if (!essay) return;

  const light = (event, on) => {
    const source = event.target.closest("[data-c]");
    if (!source) return;
    for (const number of source.dataset.c.split(" ")) {
      for (const part of essay.querySelectorAll(`[data-c~="${number}"]`)) part.classList.toggle("lit", on);
    }
  };

  for (const [begin, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    essay.addEventListener(begin, (event) => light(event, true));
    essay.addEventListener(end, (event) => light(event, false));
  }
})();
