// [data-item] elements are gone through by key: j and k go to the next and previous one, n and p to the next and previous
// conflict; a letter on a button of the current item (data-key="c") presses it and comes before those. "?" opens the list of
// keys, as do [data-keys-open] buttons. Off where a reader types, and switched off for good by [data-keys-switch].
const STORE = "parallax-keys";
const WAYS = { j: [1, ""], k: [-1, ""], n: [1, '[data-status="conflict"]'], p: [-1, '[data-status="conflict"]'] };

let on = localStorage.getItem(STORE) !== "off";
let started = false;

const help = () => document.querySelector("[data-keys-dialog]");
// A form of a row comes back to the row's address: until something takes the focus, that row is the current one.
const named = () => (document.activeElement === document.body ? document.querySelector("[data-item]:target") : null);
const current = () => document.activeElement?.closest("[data-item]") ?? named();

function take(item) {
  item.tabIndex = -1;
  item.focus({ preventScroll: true });
}

function come() {
  if (named()) take(named());
}

function go(step, which) {
  const all = [...document.querySelectorAll("[data-item]")].filter((item) => item.offsetParent !== null);
  const wanted = which ? all.filter((item) => item.matches(which)) : all;
  const at = all.indexOf(current());
  const after = (item) => all.indexOf(item) > at;
  const before = (item) => at < 0 || all.indexOf(item) < at;
  const target = step > 0 ? wanted.find(after) : wanted.findLast(before);
  if (!target) return;
  take(target);
  target.scrollIntoView({ block: target.offsetHeight > innerHeight * 0.7 ? "start" : "center", inline: "nearest" });
}

function press({ key, target, ctrlKey, metaKey, altKey, isComposing }) {
  if (!on || ctrlKey || metaKey || altKey || isComposing) return false;
  if (target.closest("input:not([type=checkbox]), select, textarea, [contenteditable], dialog")) return false;
  if (key === "?" && help()) {
    help().showModal();
    return true;
  }
  const button = /^[a-z]$/.test(key) && current()?.querySelector(`[data-key="${key}"]`);
  if (button) {
    if (button.matches("input, textarea, select")) button.focus();
    else button.click();
    return true;
  }
  if (!WAYS[key] || !document.querySelector("[data-item]")) return false;
  go(...WAYS[key]);
  return true;
}

export function start() {
  for (const hint of document.querySelectorAll("[data-keys-help], [data-keys-open]")) hint.hidden = false;
  for (const box of document.querySelectorAll("[data-keys-switch]")) box.checked = on;
  if (started) return;
  started = true;
  if (document.readyState === "complete") come();
  else addEventListener("load", come, { once: true }); // before, no element is the target yet
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("[data-keys-switch]")) return;
    on = target.checked;
    localStorage.setItem(STORE, on ? "on" : "off");
    for (const box of document.querySelectorAll("[data-keys-switch]")) box.checked = on;
  });
  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-keys-open]")) help()?.showModal();
    else if (target.matches("[data-keys-dialog]")) target.close(); // beside the dialog, on its backdrop
  });
  document.addEventListener("keydown", (event) => {
    if (press(event)) event.preventDefault();
  });
}
