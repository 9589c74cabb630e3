// <div data-review>: the queue. A decision comes back to the next item: that takes the focus, and what was done is read out
// ([data-said]). "u" undoes the last decision ([data-undo-last]) where the current item has nothing of its own to undo; the
// other keys are those of keys.js, and begin with the first item when none is current.
const off = () => localStorage.getItem("parallax-keys") === "off";

function focus(item) {
  item.tabIndex = -1;
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "start" });
}

function announce(place) {
  const words = place.textContent;
  place.textContent = "";
  setTimeout(() => (place.textContent = words), 150); // a live region is read out when it changes
}

export function start([room]) {
  const place = location.hash && document.getElementById(location.hash.slice(1));
  if (place && room.contains(place)) focus(place);
  const said = room.querySelector("[data-said]");
  if (said) announce(said);

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || off() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable], dialog")) return;
    const current = document.activeElement?.closest("[data-item]");
    if (event.key === "u" && !current?.querySelector('[data-key="u"]')) {
      room.querySelector("[data-undo-last]")?.click();
    } else if ("cd".includes(event.key) && !current) {
      const first = room.querySelector("[data-item]");
      if (first) focus(first);
    } else return;
    event.preventDefault();
  });
}
