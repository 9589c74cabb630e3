// <section data-keys> with [data-item] inside: j and k go to the next and previous item; a letter on a button of the
// current item (data-key="c") presses it. Off where a reader types, and switched off for good by [data-keys-switch].
const STORE = "parallax-keys";

export function start(rooms) {
  const items = () => [...document.querySelectorAll("[data-item]")].filter((item) => item.offsetParent !== null);
  let on = localStorage.getItem(STORE) !== "off";

  for (const help of document.querySelectorAll("[data-keys-help]")) {
    help.hidden = false;
    const box = help.querySelector("[data-keys-switch]");
    box.checked = on;
    box.addEventListener("change", () => {
      on = box.checked;
      localStorage.setItem(STORE, on ? "on" : "off");
    });
  }

  const current = () => document.activeElement?.closest("[data-item]");

  function go(step) {
    const all = items();
    const at = all.indexOf(current());
    const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step))];
    if (!next) return;
    next.setAttribute("tabindex", "-1");
    next.focus();
    next.scrollIntoView({ block: "center" });
  }

  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (/^[a-z]$/.test(event.key)) {
      const button = current()?.querySelector(`[data-key="${event.key}"]`);
      if (!button) return;
      if (button.matches("input, textarea, select")) button.focus();
      else button.click();
    } else return;
    event.preventDefault();
  });
}
