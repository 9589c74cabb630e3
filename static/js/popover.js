// <details data-popover>: closes at Escape (the focus goes back to its summary) and when one goes on elsewhere.
let started = false;

const others = (target) => [...document.querySelectorAll("[data-popover][open]")].filter((fold) => !fold.contains(target));

export function start() {
  if (started) return;
  started = true;
  const leave = ({ target }) => {
    for (const fold of others(target)) fold.open = false;
  };
  document.addEventListener("pointerdown", leave);
  document.addEventListener("focusin", leave);
  document.addEventListener("keydown", ({ key, target }) => {
    const fold = key === "Escape" && target.closest("[data-popover][open]");
    if (!fold) return;
    fold.open = false;
    fold.querySelector("summary").focus();
  });
}
