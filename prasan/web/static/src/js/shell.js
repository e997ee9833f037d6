// Small comforts on every page; nothing here is needed to use it.

const menus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of menus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// What went wrong is where the eye and the screen reader go next, on a new page and after a swap.
function focusOnFault(root) {
  root.querySelector("[data-focus]")?.focus();
}
focusOnFault(document);
document.addEventListener("htmx:afterSettle", (event) => focusOnFault(event.target));

// Pressing twice sends once.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Ticks every box of a part of the page that belongs to a form below or above, or none where all are ticked.
for (const button of document.querySelectorAll("[data-tick-all]")) {
  const boxes = button.closest("section, main").querySelectorAll("input[type=checkbox][form]");
  button.hidden = boxes.length < 2;
  button.addEventListener("click", () => {
    const all = [...boxes].every((box) => box.checked);
    for (const box of boxes) box.checked = !all;
  });
}
