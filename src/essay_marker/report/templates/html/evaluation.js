"use strict";
// One button that opens and closes every list of sentences, for reading them all or printing them.
// Each list opens and closes by itself without this script.
(() => {
  const section = document.querySelector(".confusions");
  const lists = section ? [...section.querySelectorAll("details")] : [];
  if (!lists.length) return;

  const button = document.createElement("button");
  button.type = "button";
  button.className = "toggle";
  const isOpen = () => lists.every((list) => list.open);
  const name = () => { button.textContent = isOpen() ? "Close every list" : "Open every list"; };
  button.addEventListener("click", () => {
    const open = !isOpen();
    for (const list of lists) list.open = open;
  });
  for (const list of lists) list.addEventListener("toggle", name);
  name();
  section.querySelector("p").after(button);
})();
